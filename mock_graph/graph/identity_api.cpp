#include "mock_graph/graph/identity_api.hpp"

#include "mock_graph/graph/answers.hpp"
#include "mock_graph/graph/identity_schemas.hpp"

#include <array>

namespace mock_graph::graph {
namespace {

using odata::option;
using tenant::entra_licence;

constexpr auto reports_most = std::size_t{5};
constexpr auto reports_within = std::chrono::seconds{10};

/// One of the four lists, in the order of `identity_api::routes`.
struct identity_list {
  std::string_view folder;
  std::string_view name;
  std::string_view path;
  std::string_view role; ///< the least privileged one
  std::string_view time_member;
};

constexpr auto identity_lists = std::to_array<identity_list>({
    {"auditLogs", "signIns", "auditLogs/signIns", "AuditLog.Read.All", "createdDateTime"},
    {"auditLogs",
     "directoryAudits",
     "auditLogs/directoryAudits",
     "AuditLog.Read.All",
     "activityDateTime"},
    {"identityProtection",
     "riskDetections",
     "identityProtection/riskDetections",
     "IdentityRiskEvent.Read.All",
     "detectedDateTime"},
    {"identityProtection",
     "riskyUsers",
     "identityProtection/riskyUsers",
     "IdentityRiskyUser.Read.All",
     "riskLastUpdatedDateTime"},
});

auto has_any(const call& what, std::initializer_list<std::string_view> roles) -> bool {
  return std::ranges::any_of(roles, [&](std::string_view role) { return what.has_role(role); });
}

/// Text: microsoftgraph/msgraph-beta-sdk-dotnet issue 723; the code word is inferred.
auto scopes_missing() -> odata::api_error {
  return {403,
          "Forbidden",
          "You cannot perform the requested operation, required scopes are missing in the token."};
}

auto no_premium() -> odata::api_error {
  return {403,
          "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
          "Neither tenant is B2C or tenant doesn't have premium license"};
}

/// The code was reported, the text is not known (graph-directory sheet, 2.1).
auto risk_not_licensed() -> odata::api_error {
  return {403, "Forbidden", ""};
}

auto limits_of(const identity_list& which) -> odata::rules {
  const auto risk = which.folder == "identityProtection";
  auto out = odata::rules();
  out.allowed = {option::filter,
                 option::top,
                 option::skip_token,
                 option::count,
                 option::order_by,
                 option::select};
  out.top_default = risk ? 20 : 1000;
  out.top_max = risk ? 500 : 1000;
  out.when_over = risk ? odata::over_top::page_text : odata::over_top::clamp;
  out.default_order = {{std::string(which.time_member), odata::kind::date_time, true}};
  return out;
}

} // namespace

auto identity_api::routes() const -> std::span<const std::string_view> {
  static constexpr auto names = std::to_array<std::string_view>(
      {"graph.sign_ins", "graph.directory_audits", "graph.risk_detections", "graph.risky_users"});
  return names;
}

auto identity_api::route_of(const odata::target& target) const -> std::string_view {
  const auto path = below_version(target);
  for (auto i = std::size_t{0}; path.size() >= 2 && i < identity_lists.size(); ++i) {
    if (!path[1].called && odata::is_named(path[0], identity_lists[i].folder) &&
        odata::is_named(path[1], identity_lists[i].name)) {
      return routes()[i];
    }
  }
  return {};
}

auto identity_api::admits(const call& what) -> bool {
  if (what.route == routes()[2] || what.route == routes()[3]) {
    return protection_.admits(what.now);
  }
  const auto bucket =
      reports_.try_emplace(what.caller, throttle_bucket(reports_most, reports_within)).first;
  return bucket->second.admits(what.now);
}

auto identity_api::barred(const call& what) const -> std::optional<odata::api_error> {
  const auto& state = book_.owner().state();
  if (what.route == routes()[0]) {
    if (!what.has_role("AuditLog.Read.All")) {
      return odata::graph_permission_missing("AuditLog.Read.All");
    }
    if (state.choice_of_readings.sign_ins_need_directory_role &&
        !has_any(what, {"Directory.Read.All", "Directory.ReadWrite.All"})) {
      return odata::api_error(403,
                              "Authentication_ApplicationHasNoDirectoryReadAccess",
                              "Failed to do premium license check from ADGraph");
    }
    return state.entra == entra_licence::free ? std::optional(no_premium()) : std::nullopt;
  }
  if (what.route == routes()[1]) {
    return has_any(what, {"AuditLog.Read.All", "Directory.Read.All"})
               ? std::nullopt
               : std::optional(odata::graph_permission_missing("AuditLog.Read.All"));
  }
  const auto users = what.route == routes()[3];
  const auto allowed =
      users ? has_any(what, {"IdentityRiskyUser.Read.All", "IdentityRiskyUser.ReadWrite.All"})
            : has_any(what, {"IdentityRiskEvent.Read.All", "IdentityRiskEvent.ReadWrite.All"});
  if (!allowed) {
    return scopes_missing();
  }
  const auto licensed =
      users ? state.entra == entra_licence::p2 : state.entra != entra_licence::free;
  return licensed ? std::nullopt : std::optional(risk_not_licensed());
}

auto identity_api::list_of(const call& what) const -> collection {
  const auto logs = std::array{
      &book_.sign_ins(), &book_.directory_audits(), &book_.risk_detections(), &book_.risky_users()};
  const auto schemas = std::array{
      &sign_in_schema(), &directory_audit_schema(), &risk_detection_schema(), &risky_user_schema()};
  const auto& pages = book_.owner().state().pages;
  const auto sizes = std::array{pages.sign_ins, pages.directory_audits, pages.risk, pages.risk};
  const auto which =
      static_cast<std::size_t>(std::ranges::find(routes(), what.route) - routes().begin());
  const auto& facts = identity_lists[which];
  return {facts.path, *logs[which], *schemas[which], limits_of(facts), sizes[which]};
}

auto identity_api::answer(call& what) -> seams::response {
  if (!admits(what)) {
    return throttled(what, 0);
  }
  if (what.query.method != "GET" || what.target.path.size() > 4) {
    return refuse(what, odata::method_not_allowed());
  }
  if (const auto why = barred(what)) {
    return refuse(what, *why);
  }
  const auto list = list_of(what);
  return what.target.path.size() == 3
             ? reader_.list(what, list)
             : collection_reader::item(what, list, std::string(what.step(3)));
}

} // namespace mock_graph::graph
