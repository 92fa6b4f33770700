#pragma once
// Cases as they stood: triage of what a connector had stored, done once for each span asked for.
#include "core/triage/triage_case.hpp"
#include "scenarios/model/scenario.hpp"
#include "scenarios/run/stored_records.hpp"

#include <map>
#include <set>
#include <span>

namespace scenarios::run {

/// Refers to the records and the health history, which outlive it. `roles` are those that tokens
/// carried at the end, if known: they tell which actions may be taken.
class case_history {
public:
  case_history(const stored_records& records,
               const std::vector<core::health_entry>& health,
               std::optional<std::set<std::string>> roles)
      : records_(records), health_(health), roles_(std::move(roles)) {}

  /// Triage of the records that were stored, and of the health that was noted, in those bounds
  /// (both included). Stays as it is while the history lives.
  auto within(const std::optional<seams::instant>& from, const std::optional<seams::instant>& by)
      -> const std::vector<core::triage::triage_case>&;

private:
  using bounds = std::pair<std::optional<seams::instant>, std::optional<seams::instant>>;

  const stored_records& records_;
  const std::vector<core::health_entry>& health_;
  std::optional<std::set<std::string>> roles_;
  std::map<bounds, std::vector<core::triage::triage_case>> done_;
};

/// A case as `offtenant triage --json` prints it, and each person's exposure and device by name.
auto case_document(const core::triage::triage_case& one) -> nlohmann::json;

/// Whether all conditions hold of the case.
auto fits_case(const core::triage::triage_case& one, std::span<const model::condition> where)
    -> bool;

} // namespace scenarios::run
