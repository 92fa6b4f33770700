// Safe Links clicks: hunting table UrlClickEvents and Management RecordType 41 (sheet, 4.5).
#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/schema.hpp"
#include "core/ocsf/sources/shared.hpp"
#include "core/ocsf/sources/sources.hpp"

#include <algorithm>

namespace core::ocsf {
namespace {

constexpr auto click_fields = std::to_array<field>({
    {"Timestamp", "time", as_time},
    {"Url", "http_request.url", as_url},
    {"AccountUpn", "actor.user.name"},
    {"AccountUpn", "actor.user.email_addr", as_mail},
    {"Workload", "actor.app_name"},
    {"IPAddress", "src_endpoint.ip", as_ip},
    {"ActionType", "metadata.event_code"},
    {"NetworkMessageId", "metadata.correlation_uid"},
    {"ReportId", "metadata.original_event_uid"},
});

/// What a click met and whether the user went on, as OCSF says it; severity without and with a
/// threat.
struct outcome_of_click {
  std::string_view met;
  bool went_on;
  int action;
  int disposition;
  int status;
  int plain;
  int threat;
};
constexpr auto click_outcomes = std::to_array<outcome_of_click>({
    {"ClickAllowed", false, 1, 1, 1, severity::informational, severity::high},
    {"ClickAllowed", true, 1, 1, 1, severity::informational, severity::high},
    {"ClickBlocked", false, 2, 2, 2, severity::low, severity::low},
    {"ClickBlocked", true, 1, 1, 1, severity::high, severity::high},
    {"ClickBlockedByTenantPolicy", false, 2, 2, 2, severity::low, severity::low},
    {"ClickBlockedByTenantPolicy", true, 1, 1, 1, severity::high, severity::high},
    {"UrlErrorPage", false, 0, 27, 2, severity::informational, severity::medium},
    {"UrlErrorPage", true, 0, 27, 2, severity::informational, severity::medium},
    {"UrlScanInProgress", false, 4, 14, 0, severity::informational, severity::low},
    {"UrlScanInProgress", true, 1, 1, 1, severity::medium, severity::high},
});

void put_outcome(draft& of, const outcome_of_click& what, bool is_threat) {
  const auto how_bad = is_threat ? what.threat : what.plain;
  of.choose("action_id", what.action);
  of.choose("disposition_id", what.disposition);
  of.choose("status_id", what.status);
  of.choose("severity_id", how_bad);
  if (how_bad == severity::high && what.action == action::allowed) {
    of.put("is_alert", true);
  }
}

auto went_on(const draft& of) -> bool {
  const auto* said = of.record().find("IsClickedThrough");
  return said != nullptr && to_truth(*said).value_or(false);
}

/// A row without a link, or a user's name, is still a click: the classes need no more than that.
auto why_no_click(const draft& of) -> std::optional<std::string> {
  return of.has("http_request.url") ? std::nullopt
                                    : std::optional<std::string>("a click without an address");
}

auto shape_click(draft& of) -> std::optional<std::string> {
  const auto met = of.text("ActionType");
  const auto on = went_on(of);
  of.is(classes::http_activity, other, met.empty() ? "Click" : met);
  type_user(of, "actor.user", 1);
  if (on) {
    of.put("status_detail", met + ", clicked through");
  }
  const auto found = std::ranges::find_if(click_outcomes, [&](const outcome_of_click& one) {
    return same_word(one.met, met) && one.went_on == on;
  });
  if (found != click_outcomes.end()) {
    put_outcome(of, *found, names_a_threat(of.text("ThreatTypes")));
    return why_no_click(of);
  }
  of.choose("action_id", 0);
  of.choose("disposition_id", other, met.empty() ? "Click" : met);
  of.choose("status_id", 0);
  of.choose("severity_id", 0);
  of.note("action type " + met);
  return why_no_click(of);
}

constexpr auto click_identity = std::to_array<std::string_view>(
    {"ReportId", "Timestamp", "ActionType", "IsClickedThrough", "Url", "AccountUpn"});
/// A click through is told by its table and shown as it was; mail is what the click came from.
constexpr auto click_kept =
    std::to_array<std::string_view>({"IsClickedThrough", "NetworkMessageId"});

constexpr auto audit_click_fields = std::to_array<field>({
    {"TimeOfClick", "time", as_time},
    {"CreationTime", "time", as_time},
    {"Url", "http_request.url", as_url},
    {"UserId", "actor.user.name"},
    {"UserId", "actor.user.email_addr", as_mail},
    {"AppName", "actor.app_name"},
    {"UserIp", "src_endpoint.ip", as_ip},
    {"UserIp", "src_endpoint.port", as_port},
    {"SourceId", "metadata.correlation_uid"},
    {"RecordType", "metadata.event_code"},
    {"Workload", "metadata.source"},
});

/// office-365-management-activity-api-schema, URLClickAction.
struct audit_action {
  int code;
  std::string_view name;
  int action;
  int disposition;
  int status;
  bool is_alert;
};
constexpr auto audit_actions =
    std::to_array<audit_action>({{2, "Blockpage", 2, 2, 2, false},
                                 {3, "PendingDetonationPage", 4, 14, 0, false},
                                 {4, "BlockPageOverride", 1, 1, 1, true},
                                 {5, "PendingDetonationPageOverride", 1, 1, 1, true}});

/// The older schema says the same with two truth values.
auto code_of(const draft& of) -> std::optional<std::int64_t> {
  if (const auto* code = of.record().find("UrlClickAction")) {
    return to_whole(*code);
  }
  const auto says = [&](std::string_view path) {
    const auto* found = of.record().find(path);
    return found != nullptr && to_truth(*found).value_or(false);
  };
  constexpr auto block_page = 2;
  constexpr auto override_of_it = 4;
  if (says("ClickedThrough")) {
    return override_of_it;
  }
  return says("Blocked") ? std::optional<std::int64_t>(block_page) : std::nullopt;
}

auto shape_audit_click(draft& of) -> std::optional<std::string> {
  const auto operation = of.text("Operation");
  of.is(classes::http_activity, other, operation.empty() ? "TIUrlClickData" : operation);
  of.take("Operation");
  type_user(of, "actor.user", 1);
  const auto code = code_of(of);
  const auto found = std::ranges::find_if(
      audit_actions, [&](const audit_action& one) { return code == one.code; });
  if (code) {
    of.put("status_code", std::to_string(*code));
    of.take("UrlClickAction");
  }
  if (found == audit_actions.end()) {
    const auto word = code ? std::to_string(*code) : std::string("no UrlClickAction");
    of.choose("action_id", 0);
    of.choose("disposition_id", other, word);
    of.note("URL click action " + word);
    return why_no_click(of);
  }
  of.choose("action_id", found->action);
  of.choose("disposition_id", found->disposition);
  of.choose("status_id", found->status);
  of.put("status_detail", found->name);
  of.choose("severity_id", found->is_alert ? severity::high : severity::low);
  if (found->is_alert) {
    of.put("is_alert", true);
  }
  return why_no_click(of);
}

constexpr auto audit_click_identity = std::to_array<std::string_view>({"Id"});

} // namespace

constinit const source sources::url_clicks = {.name = "UrlClickEvents",
                                              .provider = graph,
                                              .product = defender_for_office,
                                              .feature = "Safe Links",
                                              .prefix = "click",
                                              .identity = click_identity,
                                              .time = "Timestamp",
                                              .fields = click_fields,
                                              .kept = click_kept,
                                              .shape = shape_click};

constinit const source sources::audit_url_clicks = {.provider = management_api,
                                                    .product = defender_for_office,
                                                    .feature = "Safe Links",
                                                    .prefix = "audit",
                                                    .identity = audit_click_identity,
                                                    .time = "CreationTime",
                                                    .fields = audit_click_fields,
                                                    .shape = shape_audit_click};

} // namespace core::ocsf
