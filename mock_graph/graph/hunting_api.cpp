#include "mock_graph/graph/hunting_api.hpp"

#include "core/seams/letters.hpp"
#include "mock_graph/graph/answers.hpp"
#include "mock_graph/hunting/query.hpp"
#include "mock_graph/hunting/reply.hpp"
#include "mock_graph/hunting/timespan.hpp"

#include <nlohmann/json.hpp>

#include <array>

namespace mock_graph::graph {
namespace {

using nlohmann::json;

constexpr auto body_bytes_max = std::size_t{1} << 20U;

auto bad_request(const std::string& message) -> odata::api_error {
  return {400, "BadRequest", message};
}

auto member(const json& body, std::string_view name) -> std::optional<std::string> {
  for (const auto& [key, value] : body.items()) {
    if (seams::equal_ignoring_case(key, name) && value.is_string()) {
      return value.get<std::string>();
    }
  }
  return std::nullopt;
}

auto message_of(const hunting::query_error& error) -> std::string {
  return error.message + " (line " + std::to_string(error.line) + ", column " +
         std::to_string(error.column) + ")";
}

} // namespace

auto hunting_api::routes() const -> std::span<const std::string_view> {
  static constexpr auto names = std::to_array<std::string_view>({"graph.hunting"});
  return names;
}

auto hunting_api::route_of(const odata::target& target) const -> std::string_view {
  const auto path = below_version(target);
  const auto asks = path.size() == 2 && odata::is_named(path[0], "security") &&
                    odata::is_named(path[1], "runHuntingQuery");
  return asks ? routes()[0] : std::string_view();
}

auto hunting_api::answer(call& what) -> seams::response {
  if (what.query.method != "POST") {
    return refuse(what, odata::method_not_allowed());
  }
  if (!what.has_role("ThreatHunting.Read.All")) {
    const auto wanted = std::vector<std::string>{"ThreatHunting.Read.All"};
    return refuse(what, odata::roles_missing(wanted, what.roles));
  }
  const auto body = what.query.body.size() > body_bytes_max
                        ? json()
                        : json::parse(what.query.body, nullptr, false);
  const auto query = body.is_object() ? member(body, "query") : std::nullopt;
  if (!query) {
    return refuse(what, bad_request("Unable to read JSON request payload: 'Query' is required."));
  }
  const auto span = hunting::parse_timespan(member(body, "timespan").value_or(""), what.now);
  if (!span) {
    return refuse(what, bad_request(span.error().message));
  }
  tables_.look_at(what.now);
  auto bounds = hunting::limits();
  if (rows_most_ > 0) {
    bounds.rows_max = static_cast<std::size_t>(rows_most_);
  }
  const auto result = hunting::run(*query, tables_, what.now, *span, bounds);
  if (!result) {
    return refuse(what, bad_request(message_of(result.error())));
  }
  const auto note_row = [this](std::string_view row) { ledger_.served(row); };
  return ok(what, hunting::to_reply_json(*result, json_booleans_, service_root(what), note_row));
}

} // namespace mock_graph::graph
