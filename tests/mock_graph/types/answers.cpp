#include "tests/mock_graph/types/answers.hpp"

#include "mock_graph/odata/target.hpp"

#include <algorithm>
#include <array>

namespace graph_types {
namespace {

using mock_graph::odata::is_named;
using mock_graph::odata::segment;
using nlohmann::json;

enum class shape { list, single };

/// One kind of answer. "*" stands for an id; an empty type is not in the description.
struct answer_row {
  std::vector<std::string_view> path; ///< below the version
  shape form;
  std::string_view type; ///< without "microsoft.graph."
};

const auto answer_rows = std::vector<answer_row>{
    {{"security", "alerts_v2"}, shape::list, "security.alert"},
    {{"security", "alerts_v2", "*"}, shape::single, "security.alert"},
    {{"security", "alerts_v2", "*", "comments"}, shape::list, "security.alertComment"},
    {{"security", "incidents"}, shape::list, "security.incident"},
    {{"security", "incidents", "*"}, shape::single, "security.incident"},
    {{"security", "incidents", "*", "comments"}, shape::list, "security.alertComment"},
    {{"security", "runHuntingQuery"}, shape::single, "security.huntingQueryResults"},
    {{"security", "collaboration", "analyzedEmails"}, shape::list, "security.analyzedEmail"},
    {{"security", "collaboration", "analyzedEmails", "*"}, shape::single, "security.analyzedEmail"},
    {{"auditLogs", "signIns"}, shape::list, "signIn"},
    {{"auditLogs", "signIns", "*"}, shape::single, "signIn"},
    {{"auditLogs", "directoryAudits"}, shape::list, "directoryAudit"},
    {{"auditLogs", "directoryAudits", "*"}, shape::single, "directoryAudit"},
    {{"identityProtection", "riskDetections"}, shape::list, "riskDetection"},
    {{"identityProtection", "riskDetections", "*"}, shape::single, "riskDetection"},
    {{"identityProtection", "riskyUsers"}, shape::list, "riskyUser"},
    {{"identityProtection", "riskyUsers", "*"}, shape::single, "riskyUser"},
    {{"identityProtection", "riskyUsers", "*", "history"}, shape::list, "riskyUserHistoryItem"},
    {{"users"}, shape::list, "user"},
    {{"users", "delta"}, shape::list, "user"},
    {{"users", "microsoft.graph.delta"}, shape::list, "user"},
    {{"users", "*"}, shape::single, "user"},
    {{"users", "*", "mailboxSettings"}, shape::single, "mailboxSettings"},
    {{"users", "*", "messages"}, shape::list, "message"},
    {{"users", "*", "messages", "*"}, shape::single, "message"},
    {{"users", "*", "mailFolders"}, shape::list, "mailFolder"},
    {{"users", "*", "mailFolders", "*", "messageRules"}, shape::list, "messageRule"},
    {{"identity", "conditionalAccess", "policies"}, shape::list, "conditionalAccessPolicy"},
    {{"identity", "conditionalAccess", "namedLocations"}, shape::list, "namedLocation"},
    {{"admin", "exchange", "tracing", "messageTraces"}, shape::list, "exchangeMessageTrace"},
    {{"admin", "exchange", "tracing", "messageTraces", "*", "getDetailsByRecipient"},
     shape::list,
     "exchangeMessageTraceDetail"},
    {{"groups"}, shape::list, ""},
    {{"groups", "*"}, shape::list, ""},
    {{"groups", "*", "members"}, shape::list, ""},
    {{"groups", "*", "transitiveMembers"}, shape::list, ""},
    {{"devices"}, shape::list, ""},
    {{"devices", "*"}, shape::list, ""},
    {{"users", "*", "registeredDevices"}, shape::list, ""},
    {{"organization"}, shape::list, ""},
    {{"subscribedSkus"}, shape::list, ""},
    {{"applications"}, shape::list, ""},
    {{"applications", "*"}, shape::single, ""},
    {{"servicePrincipals"}, shape::list, ""},
    {{"servicePrincipals", "*"}, shape::single, ""},
    {{"servicePrincipals", "*", "appRoleAssignments"}, shape::list, ""},
};

auto is_path_of(const answer_row& row, std::span<const segment> path) -> bool {
  return std::ranges::equal(row.path, path, [](std::string_view wanted, const segment& step) {
    return wanted == "*" || is_named(step, wanted);
  });
}

/// A row without "*" at the place goes before one with it: "delta" is no id.
auto row_of(std::span<const segment> path) -> const answer_row* {
  const auto found = std::ranges::find_if(
      answer_rows, [&](const answer_row& row) { return is_path_of(row, path); });
  return found == answer_rows.end() ? nullptr : &*found;
}

auto is_graph(std::string_view host) -> bool {
  static constexpr auto names =
      std::to_array<std::string_view>({"graph.microsoft.com",
                                       "graph.microsoft.us",
                                       "dod-graph.microsoft.us",
                                       "microsoftgraph.chinacloudapi.cn"});
  return std::ranges::find(names, host) != names.end();
}

auto how_asked(const seams::request& query, const mock_graph::odata::target& target) -> asked {
  auto out = asked();
  out.beta = is_named(target.path.front(), "beta");
  out.some_members =
      query.url.find("select=") != std::string::npos || is_named(target.path[1], "users");
  out.unknown_enum_members = query.fields.find("Prefer").value_or("").find(
                                 "include-unknown-enum-members") != std::string_view::npos;
  return out;
}

} // namespace

void check_answer(const type_book& book,
                  const seams::request& query,
                  const seams::response& answer,
                  tally& count,
                  const complain& found) {
  const auto target = mock_graph::odata::read_target(query.url);
  if (answer.status < 200 || answer.status > 299 || !target || !is_graph(target->host) ||
      target->path.size() < 2) {
    return;
  }
  const auto path = std::span<const segment>(target->path).subspan(1);
  const auto* row = row_of(path);
  const auto where = query.method + " " + query.url.substr(0, query.url.find('?'));
  if (row == nullptr) {
    found(where, "is in no row of the table of answers");
    return;
  }
  const auto body = json::parse(answer.body, nullptr, false);
  const auto context = body.is_object() ? body.value("@odata.context", std::string()) : "";
  if (context.find("/$metadata#") == std::string::npos) {
    found(where, "has no @odata.context");
    return;
  }
  if (row->type.empty()) {
    return;
  }
  const auto how = how_asked(query, *target);
  const auto type = "microsoft.graph." + std::string(row->type);
  if (row->form == shape::single) {
    book.check(body, type, how, count, found);
  } else {
    book.check(body.value("value", json()), "Collection(" + type + ")", how, count, found);
  }
}

} // namespace graph_types
