#include "mock_graph/conditional_access/access_documents.hpp"

#include "mock_graph/graph/answers.hpp"
#include "mock_graph/tenant/ip_range.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::conditional_access {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr auto location_type = "#microsoft.graph.ipNamedLocation";
constexpr auto shortest_prefix = 8;

constexpr auto policy_states =
    std::to_array<std::string_view>({"enabled", "disabled", "enabledForReportingButNotEnforced"});
constexpr auto policy_members = std::to_array<std::string_view>(
    {"displayName", "state", "conditions", "grantControls", "sessionControls"});

auto bad_access_body(std::string why) -> odata::api_error {
  return {400, "BadRequest", std::move(why)};
}

auto is_v6(const std::string& range) -> bool {
  return range.find(':') != std::string::npos;
}

void times_of(ordered_json& out, seams::instant created, seams::instant modified, bool changed) {
  out["createdDateTime"] = seams::to_rfc3339(created);
  out["modifiedDateTime"] = changed ? ordered_json(seams::to_rfc3339(modified)) : ordered_json();
}

/// The ranges in a body, or why it has none.
auto read_ranges(const json& given) -> odata::outcome<std::vector<std::string>> {
  auto out = std::vector<std::string>();
  if (!given.is_array() || given.size() > ranges_most) {
    return bad_access_body("ipRanges takes a list of at most 2,000 ranges.");
  }
  for (const auto& one : given) {
    const auto range = graph::text_member(one, "cidrAddress");
    const auto* type =
        is_v6(range) ? "#microsoft.graph.iPv6CidrRange" : "#microsoft.graph.iPv4CidrRange";
    const auto prefix = tenant::prefix_of(range);
    if (!prefix || *prefix <= shortest_prefix || graph::text_member(one, "@odata.type") != type) {
      return bad_access_body("'" + range + "' is no range of its type longer than /8.");
    }
    out.push_back(range);
  }
  return out;
}

auto texts_at(const json& policy, std::initializer_list<const char*> lists)
    -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto* list : lists) {
    const auto at = json::json_pointer(list);
    for (const auto& one : policy.contains(at) ? policy.at(at) : json::array()) {
      if (one.is_string()) {
        out.push_back(one.get<std::string>());
      }
    }
  }
  return out;
}

auto locations_in(const json& policy) -> std::vector<std::string> {
  return texts_at(
      policy, {"/conditions/locations/includeLocations", "/conditions/locations/excludeLocations"});
}

auto people_in(const json& policy) -> std::vector<std::string> {
  return texts_at(policy, {"/conditions/users/includeUsers", "/conditions/users/excludeUsers"});
}

/// Somebody whom `policy` names, `before` did not, and nobody knows.
auto stranger_in(const json& policy, const json& before, const std::set<std::string>& users)
    -> std::optional<std::string> {
  const auto named_before = people_in(before);
  for (auto& one : people_in(policy)) {
    const auto is_word = one == "All" || one == "None" || one == "GuestsOrExternalUsers";
    if (!is_word && !users.contains(one) &&
        std::ranges::find(named_before, one) == named_before.end()) {
      return one;
    }
  }
  return std::nullopt;
}

auto has_text(const json& body, const char* name) -> bool {
  return !graph::text_member(body, name).empty();
}

auto is_complete(const json& policy) -> bool {
  const auto demands = [&](const char* name) {
    return policy.contains(name) && policy.at(name).is_object();
  };
  return has_text(policy, "displayName") && has_text(policy, "state") &&
         policy.contains(json::json_pointer("/conditions/applications")) &&
         policy.contains(json::json_pointer("/conditions/users")) &&
         (demands("grantControls") || demands("sessionControls"));
}

} // namespace

auto location_document(const tenant::named_location& what) -> ordered_json {
  auto out = ordered_json();
  out["@odata.type"] = location_type;
  out["id"] = what.id;
  out["displayName"] = what.name;
  times_of(out, what.created, what.modified, true);
  out["isTrusted"] = what.trusted;
  out["ipRanges"] = ordered_json::array();
  for (const auto& range : what.ranges) {
    auto one = ordered_json();
    one["@odata.type"] =
        is_v6(range) ? "#microsoft.graph.iPv6CidrRange" : "#microsoft.graph.iPv4CidrRange";
    one["cidrAddress"] = range;
    out["ipRanges"].push_back(std::move(one));
  }
  return out;
}

auto policy_document(const tenant::access_policy& what) -> ordered_json {
  auto out = ordered_json();
  out["id"] = what.id;
  out["displayName"] = what.document.value("displayName", "");
  times_of(out, what.created, what.modified, what.modified != what.created);
  for (const auto* name : {"state", "conditions", "grantControls", "sessionControls"}) {
    out[name] = what.document.contains(name) ? ordered_json(what.document[name]) : ordered_json();
  }
  return out;
}

auto apply(const json& body, tenant::named_location& to) -> std::optional<odata::api_error> {
  if (graph::text_member(body, "@odata.type") != location_type) {
    return bad_access_body("Only locations of IP ranges are known, by their @odata.type.");
  }
  if (body.contains("displayName")) {
    if (!has_text(body, "displayName")) {
      return bad_access_body("displayName is no name.");
    }
    to.name = body["displayName"].get<std::string>();
  }
  if (body.contains("isTrusted")) {
    if (!body["isTrusted"].is_boolean()) {
      return bad_access_body("isTrusted is true or false.");
    }
    to.trusted = body["isTrusted"].get<bool>();
  }
  if (body.contains("ipRanges")) {
    auto ranges = read_ranges(body["ipRanges"]);
    if (!ranges) {
      return ranges.error();
    }
    to.ranges = std::move(*ranges);
  }
  return to.name.empty() || to.ranges.empty()
             ? std::optional(bad_access_body("A location has a displayName and ipRanges."))
             : std::nullopt;
}

auto apply(const json& body, const known_objects& known, tenant::access_policy& to)
    -> std::optional<odata::api_error> {
  auto wanted = to.document.is_object() ? to.document : json::object();
  for (const auto& [name, value] : body.items()) {
    if (std::ranges::find(policy_members, name) != policy_members.end()) {
      wanted.merge_patch(json{{name, value}}); // a part of the conditions leaves the others
    } else if (!name.starts_with('@')) {
      return bad_access_body("'" + name + "' is no property of a policy that can be set.");
    }
  }
  const auto state = graph::text_member(wanted, "state");
  if (!is_complete(wanted) || std::ranges::find(policy_states, state) == policy_states.end()) {
    return bad_access_body("A policy has a displayName, a state, conditions and controls.");
  }
  for (const auto& id : locations_in(wanted)) {
    const auto is_there = id == "All" || id == "AllTrusted" ||
                          std::ranges::find(known.locations, id, &tenant::named_location::id) !=
                              known.locations.end();
    if (!is_there) {
      return bad_access_body("There is no named location '" + id + "'.");
    }
  }
  if (const auto who = stranger_in(wanted, to.document, known.users)) {
    return bad_access_body("There is no user '" + *who + "'.");
  }
  to.document = std::move(wanted);
  return std::nullopt;
}

auto uses(const tenant::access_policy& policy, const std::string& location_id) -> bool {
  const auto named = locations_in(policy.document);
  return std::ranges::find(named, location_id) != named.end();
}

auto location_schema() -> const odata::entity_schema& {
  static const auto schema = [] {
    using odata::kind;
    auto out = odata::entity_schema();
    out.type_name = "microsoft.graph.namedLocation";
    out.properties = {{"id"},
                      {"displayName"},
                      {"createdDateTime", kind::date_time},
                      {"modifiedDateTime", kind::date_time},
                      {"isTrusted", kind::boolean},
                      {"ipRanges", kind::collection}};
    return out;
  }();
  return schema;
}

auto policy_schema() -> const odata::entity_schema& {
  static const auto schema = [] {
    using odata::kind;
    auto out = odata::entity_schema();
    out.type_name = "microsoft.graph.conditionalAccessPolicy";
    out.properties = {{"id"},
                      {"displayName"},
                      {"createdDateTime", kind::date_time},
                      {"modifiedDateTime", kind::date_time},
                      {"state"},
                      {"conditions", kind::complex},
                      {"grantControls", kind::complex},
                      {"sessionControls", kind::complex}};
    return out;
  }();
  return schema;
}

} // namespace mock_graph::conditional_access
