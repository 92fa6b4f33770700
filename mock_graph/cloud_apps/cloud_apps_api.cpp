#include "mock_graph/cloud_apps/cloud_apps_api.hpp"

#include "core/seams/letters.hpp"
#include "mock_graph/cloud_apps/filters.hpp"
#include "mock_graph/errors/service_errors.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::cloud_apps {
namespace {

using nlohmann::json;

constexpr auto page_most = std::int64_t{100};
constexpr auto scan_least = std::int64_t{500};
constexpr auto scan_most = std::int64_t{5000};
constexpr auto retry_after_s = 60;

/// Fields of the reference that records of ours have (api-alerts, api-activities).
constexpr auto alert_fields = std::to_array<filter_field>({
    {"id", "/_id"},
    {"date", "/timestamp"},
    {"severity", "/severityValue"},
    {"resolutionStatus", "/resolutionStatusValue"},
    {"alertType", "/idValue"},
    {"entity.entity", "/entities", "account"},
    {"entity.ip", "/entities", "ip"},
    {"entity.service", "/entities", "service"},
    {"entity.policy", "/entities", "policyRule"},
});
constexpr auto activity_fields = std::to_array<filter_field>({
    {"activity.id", "/_id"},
    {"date", "/timestamp"},
    {"created", "/created"},
    {"service", "/appId"},
    {"user.username", "/user/userName"},
    {"activity.eventActionType", "/eventTypeName"},
    {"ip.address", "/device/clientIP"},
    {"location.country", "/location/countryCode"},
    {"text", "/description"},
});

auto may_investigate(const call& what) -> bool {
  return std::ranges::any_of(what.roles, [&](const std::string& role) {
    return (seams::equal_ignoring_case(role, "Investigation.Read") ||
            seams::equal_ignoring_case(role, "Investigation.Manage")) &&
           what.has_role(role);
  });
}

auto bad_request(call& what, std::string why) -> seams::response {
  what.note = why;
  return errors::cloud_apps(400, why);
}

auto number_at(const item& one, const char* member) -> std::int64_t {
  return one.document.at(json::json_pointer(member)).get<std::int64_t>();
}

} // namespace

struct cloud_apps_api::listing {
  const std::deque<item>& items;
  std::span<const filter_field> fields;
  bool scans = false;

  /// What a sort field means; null for one that the list does not have.
  [[nodiscard]] auto sort_member(const std::string& field) const -> const char* {
    return field.empty() || field == "date" ? "/timestamp"
           : field == "created" && scans    ? "/created"
           : field == "severity" && !scans  ? "/severityValue"
                                            : nullptr;
  }
};

auto cloud_apps_api::routes() const -> std::span<const std::string_view> {
  static constexpr auto names =
      std::to_array<std::string_view>({"cloud_apps.alerts", "cloud_apps.activities"});
  return names;
}

auto cloud_apps_api::route_of(const odata::target& target) const -> std::string_view {
  auto path = std::span<const odata::segment>(target.path);
  if (path.size() > 1 && odata::is_named(path.front(), "cas")) { // on the generic host
    path = path.subspan(1);
  }
  if (path.size() < 3 || path.size() > 4 || !odata::is_named(path[0], "api") ||
      !odata::is_named(path[1], "v1")) {
    return {};
  }
  return odata::is_named(path[2], "alerts")       ? routes()[0]
         : odata::is_named(path[2], "activities") ? routes()[1]
                                                  : std::string_view();
}

auto cloud_apps_api::refused(call& what) -> std::optional<seams::response> {
  const auto& host = book_.state().cloud_apps_host;
  if (what.target.host != host && what.target.host.find("portal.") != 0) {
    what.note = "the host of another tenant";
    return errors::cloud_apps(404, "");
  }
  if (!may_investigate(what)) {
    what.note = "role missing: Investigation.Read";
    return errors::cloud_apps(403, "You do not have permission to perform this action.");
  }
  if (!calls_.admits(what.now)) {
    what.note = "throttled";
    auto out = errors::cloud_apps(429, "");
    out.fields.set("Retry-After", std::to_string(retry_after_s));
    return out;
  }
  if (what.query.method != "GET" && what.query.method != "POST") {
    return errors::cloud_apps(405, "");
  }
  return std::nullopt;
}

auto cloud_apps_api::answer(call& what) -> seams::response {
  if (auto no = refused(what)) {
    return std::move(*no);
  }
  const auto of = what.route == routes()[0] ? listing{book_.alerts(), alert_fields, false}
                                            : listing{book_.activities(), activity_fields, true};
  const auto& last = what.target.path.back();
  const auto is_list = odata::is_named(last, "alerts") || odata::is_named(last, "activities");
  return is_list ? list(what, of) : one(what, of);
}

auto cloud_apps_api::one(const call& what, const listing& of) const -> seams::response {
  for (const auto& each : of.items) {
    const auto id = each.document.value("_id", std::string());
    if (what.target.path.back().name == id && each.visible_at <= what.now) {
      auto out = errors::cloud_apps(200, "");
      out.fields.set("Content-Type", "application/json");
      out.body = each.raw;
      return out;
    }
  }
  return errors::cloud_apps(404, "");
}

namespace {

/// The items that a request means, in its order.
auto chosen(const std::deque<item>& items,
            std::span<const filter_field> fields,
            const list_request& wanted,
            const char* by,
            seams::instant now) -> std::vector<const item*> {
  auto out = std::vector<const item*>();
  for (const auto& one : items) {
    if (one.visible_at <= now && all_hold(wanted.filters, fields, one.document)) {
      out.push_back(&one);
    }
  }
  std::ranges::stable_sort(out, [&](const item* a, const item* b) {
    return wanted.ascending ? number_at(*a, by) < number_at(*b, by)
                            : number_at(*a, by) > number_at(*b, by);
  });
  return out;
}

/// One round of a scan ends before the instant that the next round begins with.
auto end_of_round(const std::vector<const item*>& rows, std::size_t limit) -> std::size_t {
  auto end = limit;
  while (end > 0 &&
         number_at(*rows[end - 1], "/timestamp") == number_at(*rows[limit], "/timestamp")) {
    --end;
  }
  return end == 0 ? limit : end;
}

/// `filters` for what comes after `last`, in the direction of the scan.
auto filters_after(json filters, const item& last, bool ascending) -> json {
  filters["date"][ascending ? "gt" : "lt"] = number_at(last, "/timestamp");
  return filters;
}

auto page_body(const std::vector<const item*>& rows, std::size_t first, std::size_t last, bool more)
    -> std::string {
  auto out = std::string("{\"data\":[");
  for (auto i = first; i < last; ++i) {
    out += (i == first ? "" : ",") + rows[i]->raw;
  }
  return out + "],\"hasNext\":" + (more ? "true" : "false") +
         ",\"total\":" + std::to_string(rows.size());
}

} // namespace

auto cloud_apps_api::list(call& what, const listing& of) const -> seams::response {
  const auto wanted = read_list_request(what);
  if (!wanted) {
    return bad_request(what, "the request cannot be read");
  }
  const auto scans = wanted->is_scan && of.scans;
  const auto limit = wanted->limit.value_or(scans ? scan_least : page_most);
  const auto* by = scans ? "/timestamp" : of.sort_member(wanted->sort_field);
  if (by == nullptr || limit > (scans ? scan_most : page_most) || (scans && limit < scan_least)) {
    return bad_request(what, by == nullptr ? "unknown sortField" : "limit is out of range");
  }
  if (auto why = complaint(wanted->filters, of.fields)) {
    return bad_request(what, std::move(*why));
  }
  const auto rows = chosen(of.items, of.fields, *wanted, by, what.now);
  const auto first =
      scans ? std::size_t{0} : std::min(static_cast<std::size_t>(wanted->skip), rows.size());
  auto last = std::min(first + static_cast<std::size_t>(limit), rows.size());
  const auto more = last < rows.size();
  last = scans && more ? end_of_round(rows, last) : last;
  auto out = errors::cloud_apps(200, "");
  out.fields.set("Content-Type", "application/json");
  out.body = page_body(rows, first, last, more);
  if (!of.scans) {
    out.body += ",\"max\":" + std::to_string(limit) + ",\"moreThanTotal\":false";
  }
  if (scans && more) {
    const auto next = filters_after(wanted->filters, *rows[last - 1], wanted->ascending);
    out.body += ",\"nextQueryFilters\":" + next.dump();
  }
  out.body += "}";
  return out;
}

} // namespace mock_graph::cloud_apps
