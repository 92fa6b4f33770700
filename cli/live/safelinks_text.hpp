#pragma once
// What became of a Safe Links command, as tables for people and as JSON for machines.
#include "core/safe_links/administration.hpp"
#include "core/safe_links/posture.hpp"
#include "core/safe_links/reconciliation.hpp"

#include <iosfwd>

namespace cli {

struct safelinks_report {
  const core::safe_links::request& asked;
  const core::safe_links::outcome& result;
  bool what_if = false;
};

void print(const safelinks_report& what, std::ostream& out);
void print(const core::safe_links::posture& what, std::ostream& out);
void print(const core::safe_links::reconciliation& what, std::ostream& out);

/// {"command", "changed", "what_if", "cut", "rows", "requests", "remarks"}; policies also have the
/// fields that playbooks for other products still read.
auto to_json(const safelinks_report& what) -> nlohmann::ordered_json;

} // namespace cli
