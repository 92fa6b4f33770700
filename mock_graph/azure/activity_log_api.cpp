#include "mock_graph/azure/activity_log_api.hpp"

#include "core/seams/letters.hpp"
#include "mock_graph/errors/service_errors.hpp"
#include "mock_graph/odata/skiptoken.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::azure {
namespace {

using nlohmann::json;

/// Not documented.
constexpr auto entries_a_page = std::size_t{200};
constexpr auto retention = std::chrono::days{90};
/// Azure/azure-docs request-limits-and-throttling.md, edition of 2020.
constexpr auto reads_an_hour = std::int64_t{12'000};
constexpr auto read_action = std::string_view("microsoft.insights/eventtypes/values/read");
constexpr auto api_version = std::string_view("2015-04-01");

/// Built-in roles whose actions include every read.
constexpr auto roles_that_read = std::to_array<std::string_view>(
    {"Reader", "Contributor", "Owner", "Monitoring Reader", "Monitoring Contributor"});

auto holds_azure_role(const call& what, std::string_view subscription) -> bool {
  return what.app != nullptr && std::ranges::any_of(what.app->azure_roles, [&](const auto& held) {
           const auto reads =
               std::ranges::find(roles_that_read, held.role) != roles_that_read.end();
           return reads && seams::equal_ignoring_case(held.subscription, subscription) &&
                  held.from <= what.now && what.now < held.until;
         });
}

auto refuse_with(call& what, int status, std::string_view code, const std::string& text)
    -> seams::response {
  what.note = std::string(code) + ": " + text;
  return errors::resource_manager(status, code, text);
}

auto not_authorized(call& what, std::string_view subscription) -> seams::response {
  const auto object = what.app == nullptr ? std::string() : what.app->service_principal_id;
  return refuse_with(
      what,
      403,
      "AuthorizationFailed",
      "The client '" + what.caller + "' with object id '" + object +
          "' does not have authorization to perform action '" + std::string(read_action) +
          "' over scope '/subscriptions/" + std::string(subscription) +
          "' or the scope is invalid. If access was recently granted, please refresh your "
          "credentials.");
}

auto printed_entry(const log_entry& entry, std::string_view select) -> std::string {
  if (select.empty()) {
    return entry.raw;
  }
  const auto whole = nlohmann::ordered_json::parse(entry.raw);
  auto out = nlohmann::ordered_json::object();
  for (const auto& [name, value] : whole.items()) {
    if (("," + std::string(select) + ",").find("," + name + ",") != std::string::npos) {
      out[name] = value;
    }
  }
  return out.dump();
}

/// Where a page begins: its filter, the first page's moment, and the entries already given.
struct place_in_log {
  std::string filter;
  seams::instant as_of;
  std::size_t first = 0;
};

auto place_asked_for(const call& what) -> std::optional<place_in_log> {
  const auto token = what.find("$skiptoken");
  if (!token) {
    return place_in_log{std::string(what.find("$filter").value_or("")), what.now, 0};
  }
  const auto mark = odata::decode_skip_token(*token, what.step(1));
  if (!mark) {
    return std::nullopt;
  }
  return place_in_log{mark->last_key, mark->as_of, static_cast<std::size_t>(mark->position)};
}

auto page_body(const call& what,
               const std::vector<const log_entry*>& rows,
               const place_in_log& place,
               std::size_t size) -> std::string {
  const auto last = std::min(rows.size(), place.first + size);
  auto body = std::string("{\"value\":[");
  for (auto i = place.first; i < last; ++i) {
    body += (i == place.first ? "" : ",") +
            printed_entry(*rows[i], what.find("$select").value_or(std::string_view()));
  }
  body += "]";
  if (last < rows.size()) {
    const auto mark = odata::page_mark{place.as_of, last, place.filter, std::string(what.step(1))};
    body += ",\"nextLink\":" +
            json(what.root() + what.target.raw_path + "?api-version=" + std::string(api_version) +
                 "&$skiptoken=" + odata::encode_skip_token(mark))
                .dump();
  }
  return body + "}";
}

} // namespace

auto activity_log_api::routes() const -> std::span<const std::string_view> {
  static constexpr auto names = std::to_array<std::string_view>({"arm.activity"});
  return names;
}

auto activity_log_api::route_of(const odata::target& target) const -> std::string_view {
  static constexpr auto steps = std::to_array<std::string_view>({"subscriptions",
                                                                 "",
                                                                 "providers",
                                                                 "microsoft.insights",
                                                                 "eventtypes",
                                                                 "management",
                                                                 "values"});
  if (target.path.size() != steps.size()) {
    return {};
  }
  for (auto i = std::size_t{0}; i < steps.size(); ++i) {
    if (!steps[i].empty() && !seams::equal_ignoring_case(target.path[i].name, steps[i])) {
      return {};
    }
  }
  return routes().front();
}

auto activity_log_api::answer(call& what) -> seams::response {
  if (what.query.method != "GET") {
    return refuse_with(what, 405, "MethodNotAllowed", "The request is a read.");
  }
  if (what.find("api-version").value_or("") != api_version) {
    return refuse_with(what,
                       400,
                       "MissingApiVersionParameter",
                       "The api-version query parameter (?api-version=) is required for all "
                       "requests.");
  }
  const auto subscription = what.step(1);
  if (!holds_azure_role(what, subscription)) {
    return not_authorized(what, subscription);
  }
  auto out = list(what);
  out.fields.set("x-ms-ratelimit-remaining-subscription-reads", std::to_string(reads_left(what)));
  out.fields.set("x-ms-request-id", what.request_id);
  return out;
}

auto activity_log_api::reads_left(const call& what) -> std::int64_t {
  auto& mine = reads_[what.caller + "/" + std::string(what.step(1))];
  if (what.now - mine.hour >= std::chrono::hours{1}) {
    mine = {what.now, 0};
  }
  return std::max(reads_an_hour - ++mine.count, std::int64_t{0});
}

auto activity_log_api::list(call& what) -> seams::response {
  const auto place = place_asked_for(what);
  if (!place) {
    return refuse_with(what, 400, "BadRequest", "The skip token is invalid.");
  }
  auto wanted = read_activity_filter(place->filter);
  if (!wanted) {
    const auto& why = wanted.error();
    return refuse_with(what, why.status, why.code, why.message);
  }
  wanted->from = std::max<seams::instant>(wanted->from, place->as_of - retention);
  const auto rows = log_.find(what.step(1), *wanted, place->as_of);
  const auto small = static_cast<std::size_t>(log_.state().pages.azure_activity);
  auto out = seams::response();
  out.status = 200;
  out.fields.set("Content-Type", "application/json; charset=utf-8");
  out.body = page_body(what, rows, *place, small == 0 ? entries_a_page : small);
  return out;
}

} // namespace mock_graph::azure
