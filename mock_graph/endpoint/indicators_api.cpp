#include "mock_graph/endpoint/indicators_api.hpp"

#include "mock_graph/graph/answers.hpp"

#include <array>

namespace mock_graph::endpoint {
namespace {

using nlohmann::ordered_json;
using odata::kind;

constexpr auto import_most = std::size_t{500};
constexpr auto import_bytes_max = std::size_t{1024} * 1024;

auto caller_name(const call& what) -> std::string {
  return what.app == nullptr ? what.caller : what.app->display_name;
}

auto indicator_schema() -> const odata::entity_schema& {
  static const auto schema = [] {
    auto out = odata::entity_schema();
    out.type_name = "microsoft.windowsDefenderATP.api.Indicator";
    out.properties = {{"application"},
                      {"createdByDisplayName"},
                      {"expirationTime", kind::date_time},
                      {"generateAlert", kind::boolean},
                      {"title"},
                      {"rbacGroupNames", kind::collection},
                      {"rbacGroupIds", kind::collection},
                      {"indicatorValue"},
                      {"indicatorType"},
                      {"creationTimeDateTimeUtc", kind::date_time},
                      {"createdBy"},
                      {"action"},
                      {"severity"}};
    return out;
  }();
  return schema;
}

auto json_of(const call& what) -> nlohmann::json {
  return what.query.body.size() > import_bytes_max
             ? nlohmann::json()
             : nlohmann::json::parse(what.query.body, nullptr, false);
}

} // namespace

auto indicators_api::routes() const -> std::span<const std::string_view> {
  static constexpr auto names =
      std::to_array<std::string_view>({"defender.indicators", "defender.import_indicators"});
  return names;
}

auto indicators_api::route_of(const odata::target& target) const -> std::string_view {
  const auto path = below_api(target);
  if (path.empty() || path.size() > 2 || !odata::is_named(path[0], "indicators")) {
    return {};
  }
  return routes()[path.size() == 2 && odata::is_named(path[1], "import") ? 1 : 0];
}

auto indicators_api::answer(call& what) -> seams::response {
  if (auto no = role_missing(what, {"Ti.ReadWrite.All", "Ti.ReadWrite"})) {
    return std::move(*no);
  }
  const auto imports = what.route == routes()[1];
  if (auto no = (imports ? imports_ : calls_).exceeded(what)) {
    return std::move(*no);
  }
  const auto own_only = !what.has_role("Ti.ReadWrite.All");
  const auto& method = what.query.method;
  const auto one = below_api(what.target).size() == 2;
  return imports && method == "POST"             ? import_many(what, own_only)
         : !imports && one && method == "DELETE" ? remove(what, own_only)
         : !imports && !one && method == "POST"  ? submit(what, own_only)
         : !imports && !one && method == "GET"   ? list(what, own_only)
                                                 : refused(what, wrong_method());
}

auto indicators_api::submit(call& what, bool own_only) -> seams::response {
  const auto done = book_.submit(what, json_of(what), own_only);
  if (!done) {
    return refused(what, done.error());
  }
  auto body = ordered_json();
  body["@odata.context"] = context_of(what, "Indicators/$entity");
  body.update(indicator_document(**done, caller_name(what)));
  return json_answer(200, body);
}

auto indicators_api::import_many(call& what, bool own_only) -> seams::response {
  const auto body = json_of(what);
  if (!body.is_object() || !body.contains("Indicators") || !body["Indicators"].is_array()) {
    return refused(what, body_unreadable());
  }
  if (body["Indicators"].size() > import_most) {
    return refused(what, {400, "MaximumBatchSizeExceeded", "At most 500 indicators a call"});
  }
  auto out = ordered_json();
  out["@odata.context"] =
      context_of(what, "Collection(microsoft.windowsDefenderATP.api.ImportIndicatorResult)");
  out["value"] = ordered_json::array();
  for (const auto& one : body["Indicators"]) {
    const auto done = book_.submit(what, one, own_only);
    auto result = ordered_json();
    result["id"] = done ? ordered_json((*done)->id) : ordered_json();
    result["indicator"] = graph::text_member(one, "indicatorValue");
    result["isFailed"] = !done;
    result["failureReason"] = done ? ordered_json() : ordered_json(done.error().message);
    out["value"].push_back(std::move(result));
  }
  return json_answer(200, out);
}

auto indicators_api::remove(call& what, bool own_only) -> seams::response {
  const auto id = below_api(what.target)[1].name;
  if (!book_.remove(what, id, own_only)) {
    return refused(what, resource_missing("Indicator " + id));
  }
  auto out = seams::response();
  out.status = 204;
  return out;
}

auto indicators_api::list(call& what, bool own_only) -> seams::response {
  auto all = std::vector<ordered_json>();
  for (const auto* one : book_.seen_by(what, own_only)) {
    all.push_back(indicator_document(*one, caller_name(what)));
  }
  return list_of(what, "Indicators", all, indicator_schema());
}

} // namespace mock_graph::endpoint
