#include "mock_graph/endpoint/endpoint_door.hpp"

#include "core/seams/letters.hpp"
#include "mock_graph/errors/service_errors.hpp"
#include "mock_graph/odata/options.hpp"
#include "mock_graph/odata/page.hpp"

namespace mock_graph::endpoint {
namespace {

using ordered = nlohmann::ordered_json;

constexpr auto list_most = std::uint64_t{10'000};

/// The filter with every name in camel case; texts in quotes and the letters of times stay.
auto in_camel_case(std::string filter) -> std::string {
  constexpr auto inside = std::string_view("0123456789-:._");
  auto quoted = false;
  auto in_word = false;
  for (auto& c : filter) {
    quoted = c == '\'' ? !quoted : quoted;
    const auto letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!quoted && !in_word) {
      c = seams::lower(c);
    }
    in_word = letter || inside.find(c) != std::string_view::npos;
  }
  return filter;
}

auto limits_of_lists() -> odata::rules {
  auto out = odata::rules();
  out.allowed = {odata::option::filter, odata::option::top, odata::option::skip};
  out.top_default = list_most;
  out.top_max = list_most;
  return out;
}

auto too_many(call& what, std::size_t most, const char* within, int wait_s) -> seams::response {
  auto out = refused(
      what,
      {429,
       "TooManyRequests",
       "API calls quota exceeded! maximum allowed " + std::to_string(most) + " per " + within});
  out.fields.set("Retry-After", std::to_string(wait_s));
  return out;
}

} // namespace

auto below_api(const odata::target& target) -> std::span<const odata::segment> {
  auto path = std::span<const odata::segment>(target.path);
  if (path.empty() || !odata::is_named(path[0], "api")) {
    return {};
  }
  path = path.subspan(1);
  return !path.empty() && odata::is_named(path[0], "v1.0") ? path.subspan(1) : path;
}

auto json_answer(int status, const ordered& body) -> seams::response {
  auto out = seams::response();
  out.status = status;
  out.fields.set("Content-Type", "application/json; odata.metadata=minimal");
  out.fields.set("OData-Version", "4.0");
  out.body = body.dump(-1, ' ', false, ordered::error_handler_t::replace);
  return out;
}

auto refused(call& what, const odata::api_error& why) -> seams::response {
  what.note = why.code + (why.message.empty() ? "" : ": " + why.message);
  return errors::defender(why.status, why.code, why.message, what.request_id);
}

auto resource_missing(const std::string& what_and_id) -> odata::api_error {
  return {404, "ResourceNotFound", what_and_id + " was not found"};
}

auto body_unreadable() -> odata::api_error {
  return {400, "InvalidRequestBody", "Request body is incorrect"};
}

auto wrong_method() -> odata::api_error {
  return {405, "BadRequest", "The requested resource does not support this method."};
}

auto context_of(const call& what, std::string_view of) -> std::string {
  return what.root() + "/api/$metadata#" + std::string(of);
}

auto list_of(call& what,
             std::string_view context,
             const std::vector<ordered>& all,
             const odata::entity_schema& schema) -> seams::response {
  auto target = what.target;
  for (auto& one : target.query) {
    one.value =
        seams::equal_ignoring_case(one.name, "$filter") ? in_camel_case(one.value) : one.value;
  }
  const auto read = odata::read_options(target, limits_of_lists(), schema);
  if (!read) {
    return refused(what, {400, "ODataError", read.error().message});
  }
  auto candidates = std::vector<const ordered*>();
  for (const auto& one : all) {
    candidates.push_back(&one);
  }
  const auto page =
      odata::cut_page(std::span<const ordered* const>(candidates),
                      odata::cut{read->where ? &*read->where : nullptr, {}, read->skip, read->top});
  auto body = ordered();
  body["@odata.context"] = context_of(what, context);
  body["value"] = ordered::array();
  for (const auto* one : page.items) {
    body["value"].push_back(*one);
  }
  if (page.more) {
    const auto next = std::to_string(read->skip + page.items.size());
    body["@odata.nextLink"] = odata::link_with(what.target, "$skip", next);
  }
  return json_answer(200, body);
}

auto call_limits::exceeded(call& what) -> std::optional<seams::response> {
  using namespace std::chrono_literals;
  const auto fresh =
      buckets{graph::throttle_bucket(a_minute_, 1min), graph::throttle_bucket(an_hour_, 1h)};
  auto& held = by_caller_.try_emplace(what.caller + "\n" + what.route, fresh).first->second;
  const auto in_minute = held.minute.admits(what.now);
  const auto in_hour = held.hour.admits(what.now);
  if (in_minute && in_hour) {
    return std::nullopt;
  }
  return in_hour ? too_many(what, a_minute_, "00:01:00", 60)
                 : too_many(what, an_hour_, "01:00:00", 3600);
}

auto role_missing(call& what, std::initializer_list<std::string_view> roles)
    -> std::optional<seams::response> {
  auto names = std::string();
  for (const auto role : roles) {
    if (what.has_role(role)) {
      return std::nullopt;
    }
    names += (names.empty() ? "" : ", ") + std::string(role);
  }
  return refused(what,
                 {403,
                  "Forbidden",
                  "The application does not have any of the required application permissions (" +
                      names + ") to access the resource."});
}

} // namespace mock_graph::endpoint
