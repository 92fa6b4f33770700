#include "cli/live/safelinks_text.hpp"

#include "cli/table_text.hpp"
#include "core/live/health_line.hpp"
#include "core/safe_links/comparison.hpp"
#include "core/safe_links/xsoar.hpp"

#include <array>
#include <ostream>
#include <span>

namespace cli {
namespace {

using core::safe_links::object;
using core::safe_links::subject;

struct column {
  const char* title;
  const char* field;
};

constexpr auto policy_columns = std::to_array<column>({{"NAME", "Name"},
                                                       {"MAIL", "EnableSafeLinksForEmail"},
                                                       {"INTERNAL", "EnableForInternalSenders"},
                                                       {"TEAMS", "EnableSafeLinksForTeams"},
                                                       {"OFFICE", "EnableSafeLinksForOffice"},
                                                       {"TRACKED", "TrackClicks"},
                                                       {"CLICK-THROUGH", "AllowClickThrough"},
                                                       {"CHANGED", "WhenChangedUTC"}});
constexpr auto rule_columns = std::to_array<column>({{"PRIORITY", "Priority"},
                                                     {"NAME", "Name"},
                                                     {"STATE", "State"},
                                                     {"POLICY", "SafeLinksPolicy"},
                                                     {"USERS", "SentTo"},
                                                     {"GROUPS", "SentToMemberOf"},
                                                     {"DOMAINS", "RecipientDomainIs"}});
constexpr auto switch_columns =
    std::to_array<column>({{"NAME", "Name"},
                           {"FILES IN SPO, ODB, TEAMS", "EnableATPForSPOTeamsODB"},
                           {"SAFE DOCUMENTS", "EnableSafeDocs"},
                           {"MAY LEAVE PROTECTED VIEW", "AllowSafeDocsOpen"}});
constexpr auto detail_columns = std::to_array<column>({{"CLICKED", "ClickTime"},
                                                       {"USER", "RecipientAddress"},
                                                       {"ACTION", "Action"},
                                                       {"APP", "AppName"},
                                                       {"URL", "Url"}});
constexpr auto aggregate_columns = std::to_array<column>({{"ACTION", "Action"},
                                                          {"APP", "App"},
                                                          {"MESSAGES", "MessageCount"},
                                                          {"USERS", "RecipientCount"}});

auto columns_of(subject about) -> std::span<const column> {
  switch (about) {
  case subject::policy:
    return policy_columns;
  case subject::rule:
    return rule_columns;
  case subject::tenant_switch:
    return switch_columns;
  case subject::detail_report:
    return detail_columns;
  case subject::aggregate_report:
    return aggregate_columns;
  }
  return {};
}

auto cell(const object& row, const char* field) -> std::string {
  const auto found = row.find(field);
  if (found == row.end()) {
    return "-";
  }
  return found->is_boolean() ? (found->get<bool>() ? "yes" : "no")
                             : core::live::on_one_line(core::safe_links::shown(*found));
}

void print_rows(subject about, const std::vector<object>& rows, std::ostream& out) {
  const auto columns = columns_of(about);
  auto lines = std::vector<table_row>(1);
  for (const auto& one : columns) {
    lines.front().emplace_back(one.title);
  }
  for (const auto& row : rows) {
    auto& line = lines.emplace_back();
    for (const auto& one : columns) {
      line.push_back(cell(row, one.field));
    }
  }
  for (const auto& line : aligned(lines)) {
    out << line << '\n';
  }
}

auto yes_no(bool value) -> std::string {
  return value ? "yes" : "no";
}

} // namespace

void print(const safelinks_report& what, std::ostream& out) {
  const auto& [asked, result, what_if] = what;
  if (asked.what->changes()) {
    out << (!result.changed ? "Nothing to change."
            : what_if       ? "Nothing was sent. It would send:"
                            : "Changed.")
        << '\n';
  }
  if (what_if) {
    for (const auto& one : result.changes) {
      out << "  " << one.method << ' ' << core::live::on_one_line(one.url) << "\n  "
          << core::live::on_one_line(one.body) << '\n';
    }
  }
  if (!result.rows.empty()) {
    print_rows(asked.what->about, result.rows, out);
  } else if (!asked.what->changes()) {
    out << "None.\n";
  }
  for (const auto& one : result.remarks) {
    out << core::live::on_one_line(one) << '\n';
  }
  if (result.cut) {
    out << "This is not all: Exchange refuses to go on.\n";
  }
}

void print(const core::safe_links::posture& what, std::ostream& out) {
  auto lines = std::vector<table_row>{
      {"POLICY", "RULE", "USERS", "MAIL", "INTERNAL", "TRACKED", "CLICK-THROUGH"}};
  for (const auto& one : what.covers) {
    lines.push_back({one.policy.empty() ? "(none)" : one.policy,
                     one.rule.empty() ? "(built in)" : one.rule,
                     std::to_string(one.people.size()),
                     yes_no(one.mail),
                     yes_no(one.internal),
                     yes_no(one.tracked),
                     yes_no(one.click_through)});
  }
  for (const auto& line : aligned(lines)) {
    out << core::live::on_one_line(line) << '\n';
  }
  const auto list = [&](const char* title, bool core::safe_links::coverage::*member, bool value) {
    for (const auto& one : what.covers) {
      if (one.*member == value && !one.people.empty()) {
        const auto people = core::safe_links::joined(one.people);
        out << core::live::on_one_line(title + (" (" + one.policy + "): ") + people) << '\n';
      }
    }
  };
  list("Not covered in mail", &core::safe_links::coverage::mail, false);
  list("Not covered in mail from inside", &core::safe_links::coverage::internal, false);
  list("Not tracked", &core::safe_links::coverage::tracked, false);
  list("May click through", &core::safe_links::coverage::click_through, true);
  for (const auto& one : what.deviations) {
    const auto text = one.setting + " is off in '" + one.policy + "': " + one.why;
    out << (one.mandatory ? "Mandatory: " : "Preferred: ") << core::live::on_one_line(text) << '\n';
  }
  for (const auto& one : what.remarks) {
    out << core::live::on_one_line(one) << '\n';
  }
  out << (what.as_asked() ? "All is as the guide asks.\n" : "");
}

void print(const core::safe_links::reconciliation& what, std::ostream& out) {
  if (!what.missing.empty()) {
    out << "Not stored:\n";
    print_rows(subject::detail_report, what.missing, out);
  }
  out << what.reported - what.missing.size() << " of " << what.reported
      << " clicks in the report are stored.\n";
}

auto to_json(const safelinks_report& what) -> nlohmann::ordered_json {
  auto out = nlohmann::ordered_json();
  out["command"] = "safelinks " + std::string(what.asked.what->words);
  out["changed"] = what.result.changed && !what.what_if;
  out["what_if"] = what.what_if;
  out["cut"] = what.result.cut;
  out["rows"] = nlohmann::ordered_json::array();
  for (const auto& row : what.result.rows) {
    out["rows"].push_back(
        what.asked.what->about == subject::policy ? core::safe_links::with_old_fields(row) : row);
  }
  out["requests"] = nlohmann::ordered_json::array();
  for (const auto& one : what.result.changes) {
    out["requests"].push_back({{"method", one.method},
                               {"url", one.url},
                               {"body", nlohmann::ordered_json::parse(one.body, nullptr, false)}});
  }
  out["remarks"] = what.result.remarks;
  return out;
}

} // namespace cli
