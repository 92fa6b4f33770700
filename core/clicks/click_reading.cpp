#include "core/clicks/click_reading.hpp"

#include "core/clicks/safe_link.hpp"
#include "core/feeds/items.hpp"
#include "core/feeds/times.hpp"
#include "core/json/slice.hpp"
#include "core/seams/letters.hpp"

#include <algorithm>
#include <array>

namespace core::clicks {
namespace {

using feeds::text_of;

constexpr auto action_types = std::to_array<std::pair<std::string_view, action>>(
    {{"ClickAllowed", action::allowed},
     {"ClickBlocked", action::blocked},
     {"ClickBlockedByTenantPolicy", action::blocked_by_tenant},
     {"UrlScanInProgress", action::scan_pending},
     {"UrlErrorPage", action::error_page}});

auto truth_of(std::string_view object, std::string_view name) -> bool {
  const auto slice = json::member(object, name).value_or("");
  const auto word = seams::lower_case(json::as_string(slice).value_or(""));
  return json::as_bool(slice).value_or(false) || json::as_int64(slice).value_or(0) != 0 ||
         word == "true" || word == "1";
}

auto action_of_row(const std::string& type) -> action {
  const auto found =
      std::ranges::find(action_types, type, &std::pair<std::string_view, action>::first);
  return found == action_types.end() ? action::unknown : found->second;
}

auto read_row(std::string_view raw, reading out) -> reading {
  out.from = source::hunting;
  out.user = text_of(raw, "AccountUpn");
  out.url = unwrapped(text_of(raw, "Url"));
  out.met = action_of_row(text_of(raw, "ActionType"));
  out.went_on = truth_of(raw, "IsClickedThrough");
  out.group = text_of(raw, "ReportId");
  out.workload = seams::lower_case(text_of(raw, "Workload"));
  out.network_message_id = seams::lower_case(text_of(raw, "NetworkMessageId"));
  out.teams_message_id = out.workload == "teams" ? text_of(raw, "SourceId") : std::string();
  return out;
}

/// "Mail"; Teams names itself "Teams" or "Teams-Desktop" (management-activity-api sheet, 8.1).
auto workload_of_app(const std::string& app) -> std::string {
  return app == "Mail" ? "email" : app.starts_with("Teams") ? "teams" : app.empty() ? "" : "office";
}

void read_audit_action(std::string_view raw, reading& out) {
  const auto code = json::as_int64(json::member(raw, "UrlClickAction").value_or(""));
  if (code) {
    out.met = *code == 2 || *code == 4   ? action::blocked
              : *code == 3 || *code == 5 ? action::scan_pending
                                         : action::unknown;
    out.went_on = *code == 4 || *code == 5;
    return;
  }
  out.met = truth_of(raw, "Blocked") ? action::blocked : action::unknown;
  out.went_on = truth_of(raw, "ClickedThrough");
}

/// Whether the address says that a tenant other than the record's own rewrote it.
auto is_of_another_tenant(std::string_view address, std::string tenant) -> bool {
  const auto link = read_safe_link(address);
  std::erase(tenant, '-');
  return link && !link->tenant_id.empty() && !tenant.empty() &&
         link->tenant_id != seams::lower_case(std::move(tenant));
}

auto read_audit(std::string_view raw, reading out) -> reading {
  out.from = source::audit;
  out.user = text_of(raw, "UserId");
  out.url = unwrapped(text_of(raw, "Url"));
  out.of_another_tenant = is_of_another_tenant(text_of(raw, "Url"), text_of(raw, "OrganizationId"));
  out.workload = workload_of_app(text_of(raw, "AppName"));
  const auto origin = text_of(raw, "SourceId");
  (out.workload == "teams" ? out.teams_message_id : out.network_message_id) =
      out.workload == "teams" ? origin : seams::lower_case(origin);
  read_audit_action(raw, out);
  return out;
}

} // namespace

auto read_click(const record& of) -> std::optional<reading> {
  const auto& raw = of.raw;
  const auto is_audit = json::as_int64(json::member(raw, "RecordType").value_or("")) ==
                        std::optional<std::int64_t>(41);
  if (!is_audit && text_of(raw, "ActionType").empty()) {
    return std::nullopt;
  }
  auto time = feeds::parse_time(text_of(raw, is_audit ? "TimeOfClick" : "Timestamp"));
  time = time || !is_audit ? time : feeds::parse_time(text_of(raw, "CreationTime"));
  if (!time) {
    return std::nullopt;
  }
  auto out = reading();
  out.at = *time;
  out.key = of.key;
  return is_audit ? read_audit(raw, std::move(out)) : read_row(raw, std::move(out));
}

auto name_of(action what) -> std::string_view {
  switch (what) {
  case action::allowed:
    return "allowed";
  case action::blocked:
    return "blocked";
  case action::blocked_by_tenant:
    return "blocked_by_tenant";
  case action::scan_pending:
    return "scan_pending";
  case action::error_page:
    return "error_page";
  case action::unknown:
    break;
  }
  return "unknown";
}

} // namespace core::clicks
