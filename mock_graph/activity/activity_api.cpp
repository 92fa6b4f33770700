#include "mock_graph/activity/activity_api.hpp"

#include "core/seams/letters.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace mock_graph::activity {
namespace {

using json = nlohmann::ordered_json;
using namespace std::chrono_literals;

/// Microsoft's own test of several thousand operations did not reach a second page; the size is
/// undocumented and therefore settable.
constexpr auto usual_page = std::size_t{200};
/// "start at most 7 days back"; the service was seen to refuse only past about an hour more.
constexpr auto reach = std::chrono::days{7} + 1h;
constexpr auto window_max = std::chrono::hours{24};

auto ok(std::string body) -> seams::response {
  auto out = seams::response();
  out.status = 200;
  out.fields.set("Content-Type", "application/json; charset=utf-8");
  out.body = std::move(body);
  return out;
}

auto number(std::string_view text, std::size_t from, std::size_t length) -> std::optional<int> {
  auto out = 0;
  if (from + length > text.size()) {
    return std::nullopt;
  }
  const auto* first = text.data() + from;
  const auto parsed = std::from_chars(first, first + length, out);
  return parsed.ec == std::errc() && parsed.ptr == first + length ? std::optional(out)
                                                                  : std::nullopt;
}

/// YYYY-MM-DD, YYYY-MM-DDTHH:MM or YYYY-MM-DDTHH:MM:SS, UTC; a trailing 'Z' and milliseconds are
/// accepted as several clients send them (management-activity-api sheet, 3.1).
auto parse_time(std::string_view text) -> std::optional<seams::instant> {
  if (text.ends_with('Z') || text.ends_with('z')) {
    text.remove_suffix(1);
  }
  if (const auto dot = text.find('.'); dot != std::string_view::npos) {
    text = text.substr(0, dot);
  }
  if (text.size() != 10 && text.size() != 16 && text.size() != 19) {
    return std::nullopt;
  }
  const auto part = [&](std::size_t at, std::size_t length) {
    return at < text.size() ? number(text, at, length) : std::optional(0);
  };
  const auto year = part(0, 4);
  const auto month = part(5, 2);
  const auto day = part(8, 2);
  const auto hour = part(11, 2);
  const auto minute = part(14, 2);
  const auto second = part(17, 2);
  if (!year || !month || !day || !hour || !minute || !second || text[4] != '-' || text[7] != '-' ||
      (text.size() > 10 && text[10] != 'T')) {
    return std::nullopt;
  }
  const auto date = std::chrono::year{*year} / *month / *day;
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 59) {
    return std::nullopt;
  }
  return seams::instant{std::chrono::sys_days{date}} + std::chrono::hours{*hour} +
         std::chrono::minutes{*minute} + std::chrono::seconds{*second};
}

auto window_time(seams::instant at) -> std::string {
  auto text = seams::to_rfc3339(std::chrono::floor<std::chrono::seconds>(at));
  text.pop_back();
  return text;
}

auto milliseconds_time(seams::instant at) -> std::string {
  const auto whole = std::chrono::floor<std::chrono::seconds>(at);
  const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(at - whole).count();
  return window_time(at) + "." + std::to_string(1000 + rest).substr(1) + "Z";
}

/// Added to a page's position: an empty page comes before it.
constexpr auto empty_page = std::size_t{500'000};

/// "2015101900R022885001761": a date, 'R', digits; ours hold the moment of the first page and the
/// position, so that pages stay right while content arrives.
struct page_mark {
  seams::instant as_of;
  std::size_t position = 0;
};

auto print(const page_mark& mark) -> std::string {
  auto date = window_time(mark.as_of);
  std::erase_if(date, [](char c) { return c == '-' || c == ':' || c == 'T'; });
  auto text = std::array<char, 64>{};
  std::snprintf(text.data(),
                text.size(),
                "%sR%018lld%06zu",
                date.substr(0, 10).c_str(),
                static_cast<long long>(mark.as_of.time_since_epoch().count()),
                mark.position);
  return text.data();
}

auto parse_mark(std::string_view text) -> std::optional<page_mark> {
  const auto digits = text.find('R');
  if (digits != 10 || text.size() != 35) {
    return std::nullopt;
  }
  auto ticks = std::int64_t{0};
  auto mark = page_mark();
  const auto* first = text.data() + 11;
  const auto a = std::from_chars(first, first + 18, ticks);
  const auto b = std::from_chars(first + 18, first + 24, mark.position);
  if (a.ec != std::errc() || a.ptr != first + 18 || b.ec != std::errc() || b.ptr != first + 24) {
    return std::nullopt;
  }
  mark.as_of = seams::instant{seams::duration{ticks}};
  return mark;
}

/// As another tool left it (management-activity-api sheet, 3).
auto webhook_of(const tenant::standing& state) -> json {
  const auto& status = state.choice_of_readings.subscription_webhook;
  if (status == "none") {
    return nullptr;
  }
  auto out = json();
  out["status"] = status;
  out["address"] = "https://hooks.fabrikam.example/activity";
  out["authId"] = "fabrikam";
  out["expiration"] = nullptr;
  return out;
}

struct window {
  seams::instant from;
  seams::instant to;
};

/// Both or neither, at most 24 hours, at most 7 days back.
auto window_of(const call& what) -> std::optional<window> {
  const auto from = what.find("startTime");
  const auto to = what.find("endTime");
  if (!from && !to) {
    return window{what.now - window_max, what.now};
  }
  if (!from || !to) {
    return std::nullopt;
  }
  const auto first = parse_time(*from);
  const auto last = parse_time(*to);
  if (!first || !last || *first >= *last || *last - *first > window_max ||
      *first < what.now - reach) {
    return std::nullopt;
  }
  return window{*first, *last};
}

} // namespace

auto activity_api::routes() const -> std::span<const std::string_view> {
  static constexpr auto names = std::to_array<std::string_view>(
      {"activity.start", "activity.stop", "activity.list", "activity.content", "activity.blob"});
  return names;
}

auto activity_api::route_of(const odata::target& target) const -> std::string_view {
  const auto& path = target.path;
  if (path.size() != 7 || !odata::is_named(path[0], "api") ||
      !odata::is_named(path[3], "activity") || !odata::is_named(path[4], "feed")) {
    return {};
  }
  if (odata::is_named(path[5], "audit")) {
    return "activity.blob";
  }
  const auto found = std::ranges::find_if(routes(), [&](std::string_view name) {
    return odata::is_named(path[6], name.substr(name.find('.') + 1));
  });
  return odata::is_named(path[5], "subscriptions") && found != routes().end() ? *found
                                                                              : std::string_view();
}

auto activity_api::refuse(call& what,
                          int status,
                          std::string_view code,
                          const std::string& message) const -> seams::response {
  auto body = json();
  body["error"]["code"] = code;
  body["error"]["message"] = message;
  auto out = ok(body.dump());
  out.status = status;
  what.note = std::string(code) + ": " + message;
  return out;
}

auto activity_api::answer(call& what) -> seams::response {
  const auto name = std::string_view(what.route).substr(what.route.find('.') + 1);
  const auto tenant = std::string(what.step(2));
  if (!seams::equal_ignoring_case(tenant, state_.tenant_id)) {
    return refuse(what,
                  400,
                  "AF20010",
                  "The tenant ID passed in the URL (" + tenant +
                      ") does not match the tenant ID passed in the access token (" +
                      state_.tenant_id + ").");
  }
  const auto type = std::string(what.find("contentType").value_or(""));
  const auto permitted =
      (type != "DLP.All" && what.has_role("ActivityFeed.Read")) ||
      ((type == "DLP.All" || type.empty()) && what.has_role("ActivityFeed.ReadDlp"));
  if (!permitted) {
    return refuse(what,
                  401,
                  "AF10001",
                  "The permission set () sent in the request does not include the expected "
                  "permission.");
  }
  const auto asks_type = name == "start" || name == "stop" || name == "content";
  if (asks_type && type.empty()) {
    return refuse(what, 400, "AF20001", "Missing parameter: contentType.");
  }
  if (asks_type && std::ranges::find(content_types(), type) == content_types().end()) {
    return refuse(what, 400, "AF20020", "The specified content type is not valid.");
  }
  if (name == "start") {
    return start(what);
  }
  if (name == "stop") {
    return stop(what);
  }
  if (name == "list") {
    return list(what);
  }
  return name == "content" ? content(what) : fetch_blob(what);
}

auto activity_api::start(call& what) -> seams::response {
  const auto type = std::string(*what.find("contentType"));
  if (started_.contains(type) && !log_.is_disabled(type)) {
    return refuse(what, 400, "AF20024", "The subscription is already enabled. No property change.");
  }
  if (auto refused = check_auditing(what)) {
    return *refused;
  }
  started_[type] = what.now;
  first_started_.emplace(type, what.now);
  log_.enabled(type, what.now);
  auto body = json();
  body["contentType"] = type;
  body["status"] = "enabled";
  body["webhook"] = nullptr;
  return ok(body.dump());
}

auto activity_api::stop(call& what) -> seams::response {
  const auto type = std::string(*what.find("contentType"));
  if (const auto refused = check_subscribed(what, type)) {
    return *refused;
  }
  other_tool_stops(type, what.now);
  return ok("");
}

auto activity_api::check_auditing(call& what) const -> std::optional<seams::response> {
  if (state_.audit_enabled && what.now >= state_.audit_effective) {
    return std::nullopt;
  }
  return refuse(what,
                400,
                "StartSubscription [CorrId=" + what.request_id + "]",
                "Microsoft.Office.Compliance.Audit.DataServiceException: Tenant " +
                    state_.tenant_id + " does not exist.");
}

auto activity_api::in_force(const std::string& type, seams::instant now) const -> bool {
  const auto found = started_.find(type);
  return found != started_.end() && now >= found->second + state_.delays.subscription;
}

auto activity_api::list(const call& what) const -> seams::response {
  auto body = json::array();
  const auto& ways = state_.choice_of_readings;
  for (const auto& type : content_types()) {
    if (in_force(type, what.now) && !ways.subscriptions_unlisted) {
      auto one = json();
      one["contentType"] = type;
      if (!ways.subscription_status_missing) {
        one["status"] = log_.is_disabled(type) ? "disabled" : "enabled";
      }
      one["webhook"] = webhook_of(state_);
      body.push_back(one);
    }
  }
  return ok(body.dump());
}

auto activity_api::check_subscribed(call& what, const std::string& type) const
    -> std::optional<seams::response> {
  if (!in_force(type, what.now)) {
    return refuse(what,
                  400,
                  "AF20022",
                  "No subscription found for the specified content type: " + type + ".");
  }
  if (log_.is_disabled(type)) {
    return refuse(
        what, 400, "AF20023", "The subscription was disabled by a tenant admin: " + type + ".");
  }
  return std::nullopt;
}

auto activity_api::content(call& what) -> seams::response {
  const auto type = std::string(*what.find("contentType"));
  if (auto refused = check_subscribed(what, type)) {
    return *refused;
  }
  const auto span = window_of(what);
  if (!span) {
    return refuse(what,
                  400,
                  "AF20055",
                  "Start time and end time must both be specified (or both omitted) and must be "
                  "less than or equal to 24 hours apart, with the start time no more than 7 days "
                  "in the past.");
  }
  auto mark = page_mark{what.now, 0};
  if (const auto next = what.find("nextPage")) {
    const auto parsed = parse_mark(*next);
    if (!parsed) {
      return refuse(what, 400, "AF20031", "Invalid nextPage Input: " + std::string(*next) + ".");
    }
    mark = *parsed;
  }
  const auto first = first_started_.find(type);
  const auto too_early =
      first != first_started_.end() && what.now < first->second + state_.delays.first_content;
  const auto all =
      too_early ? std::vector<const blob*>() : log_.list(type, span->from, span->to, mark.as_of);
  const auto empties = state_.choice_of_readings.content_empty_pages;
  const auto empty = empties && mark.position >= empty_page;
  mark.position -= empty ? empty_page : 0;
  const auto page =
      state_.pages.content > 0 ? static_cast<std::size_t>(state_.pages.content) : usual_page;
  auto body = json::array();
  const auto end = empty ? mark.position : std::min(all.size(), mark.position + page);
  for (auto i = mark.position; i < end; ++i) {
    auto one = json();
    one["contentType"] = type;
    one["contentId"] = all[i]->id;
    one["contentUri"] =
        what.root() + "/api/v1.0/" + state_.tenant_id + "/activity/feed/audit/" + all[i]->id;
    one["contentCreated"] = milliseconds_time(all[i]->created);
    one["contentExpiration"] = milliseconds_time(all[i]->expires);
    body.push_back(one);
  }
  auto out = ok(body.dump());
  if (end < all.size()) {
    out.fields.set(
        empties ? "nextpageuri" : "NextPageUri",
        what.root() + "/api/v1/" + state_.tenant_id +
            "/activity/feed/subscriptions/content?contentType=" + type +
            "&startTime=" + window_time(span->from) + "&endTime=" + window_time(span->to) +
            "&nextPage=" + print({mark.as_of, end + (empties && !empty ? empty_page : 0)}));
  }
  return out;
}

auto activity_api::fetch_blob(call& what) -> seams::response {
  const auto id = std::string(what.step(6));
  const auto* found = log_.find(id);
  if (found == nullptr || found->listed_at > what.now) {
    return refuse(what, 404, "AF20050", "The specified content (" + id + ") does not exist.");
  }
  const auto feed = feed_of(found->content_type);
  if (feed == "dlp" && !what.has_role("ActivityFeed.ReadDlp")) {
    return refuse(what,
                  401,
                  "AF10001",
                  "The permission set () sent in the request does not include the expected "
                  "permission.");
  }
  if (what.now >= found->expires) {
    return refuse(what,
                  400,
                  "AF20051",
                  "Content requested with the key " + id +
                      " has already expired. Content older than 7 days cannot be retrieved.");
  }
  if (auto refused = check_subscribed(what, found->content_type)) {
    return *refused;
  }
  if (found->refusal == "AF50000") {
    return refuse(what, 500, found->refusal, "Internal error. Retry the request.");
  }
  if (!found->refusal.empty()) {
    const auto status = found->refusal == "AF20050" ? 404 : 400;
    return refuse(what, status, found->refusal, "The specified content (" + id + ") is gone.");
  }
  return ok(found->body());
}

void activity_api::admin_disables(const std::string& content_type, seams::instant at) {
  log_.disabled(content_type, at);
}

void activity_api::other_tool_stops(const std::string& content_type, seams::instant at) {
  started_.erase(content_type);
  log_.disabled(content_type, at);
}

void activity_api::admin_enables(const std::string& content_type, seams::instant at) {
  started_.emplace(content_type, at);
  first_started_.emplace(content_type, at);
  log_.enabled(content_type, at);
}

} // namespace mock_graph::activity
