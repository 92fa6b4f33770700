#pragma once
// The rules: what each looks for in a case. What it weighs and how it explains itself is data.
#include "core/triage/dossier.hpp"

#include <span>

namespace core::triage {

/// What a rule found, to put into its sentence, and the records it rests on.
struct found {
  std::string what;
  record_ids from;
};

struct rule {
  std::string_view name; ///< of its row in the settings
  bool clears = false;   ///< ends a case as benign instead of making it worse
  auto(*look)(const dossier& file) -> std::optional<found>;
};

/// All rules, in the order in which people read them.
auto all_rules() -> std::span<const rule>;

/// The rules that fire and are switched on.
auto fired(const dossier& file) -> std::vector<finding>;

/// Whether a rule of that name ends cases as benign.
auto is_clearing(std::string_view rule_name) -> bool;

} // namespace core::triage
