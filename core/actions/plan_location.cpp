#include "core/actions/planners.hpp"

#include <algorithm>
#include <sstream>

namespace core::actions {
namespace {

using nlohmann::json;
using seams::failure;
using seams::reaction;
using json_list = std::vector<json>;

constexpr auto location_name = "Blocked by offtenant";
constexpr auto policy_name = "offtenant: block listed IP addresses";
/// learn.microsoft.com/entra/identity/conditional-access/concept-assignment-network
constexpr auto ranges_max = std::size_t{2000};
/// All of Conditional Access shares one request a second, tenant-wide and without Retry-After.
constexpr auto identity_bucket = "identity";
constexpr auto identity_spacing = seams::duration{std::chrono::milliseconds{1100}};

auto is_ipv6(std::string_view address) -> bool {
  return address.find(':') != std::string_view::npos;
}

auto range_of(const std::string& address) -> std::string {
  return address.find('/') != std::string::npos ? address
                                                : address + (is_ipv6(address) ? "/128" : "/32");
}

/// A range must be longer than /8; a slip would lock out a continent.
auto is_too_wide(const std::string& range) -> bool {
  auto bits = 0;
  auto in = std::istringstream(range.substr(range.find('/') + 1));
  return !(in >> bits) || bits <= 8;
}

auto wanted_ranges(const std::string& addresses) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  auto in = std::istringstream(addresses);
  for (auto one = std::string(); in >> one;) {
    out.push_back(range_of(one));
  }
  return out;
}

auto ranges_in(const json& location) -> json {
  const auto found = location.find("ipRanges");
  return found != location.end() && found->is_array() ? *found : json::array();
}

auto holds_range(const json& ranges, const std::string& range) -> bool {
  return std::ranges::any_of(ranges,
                             [&](const json& one) { return text_in(one, "cidrAddress") == range; });
}

auto typed_range(const std::string& range) -> json {
  return {{"@odata.type",
           is_ipv6(range) ? "#microsoft.graph.iPv6CidrRange" : "#microsoft.graph.iPv4CidrRange"},
          {"cidrAddress", range}};
}

auto named(const json_list& all, std::string_view name) -> const json* {
  const auto found = std::ranges::find_if(
      all, [&](const json& one) { return text_in(one, "displayName") == name; });
  return found == all.end() ? nullptr : &*found;
}

auto identity_change(const char* method, std::string url, const json& body) -> api::call {
  auto out = change(workload::graph, method, std::move(url), body.dump());
  out.bucket = identity_bucket;
  out.spacing = identity_spacing;
  return out;
}

auto location_step(const tools& with,
                   const json* location,
                   const std::vector<std::string>& wanted,
                   const std::string& target) -> step {
  const auto url = with.config.where.graph.root + "/v1.0/identity/conditionalAccess/namedLocations";
  auto ranges = location == nullptr ? json::array() : ranges_in(*location);
  const auto before = ranges;
  for (const auto& one : wanted) {
    if (!holds_range(ranges, one)) {
      ranges.push_back(typed_range(one));
    }
  }
  auto out = step();
  out.id = "list " + target;
  out.target = target;
  out.does = std::string("puts it into the named location \"") + location_name + "\"";
  out.already = location != nullptr && ranges == before;
  out.read_back = true;
  auto body = json{{"@odata.type", "#microsoft.graph.ipNamedLocation"}, {"ipRanges", ranges}};
  if (location == nullptr) {
    body["displayName"] = location_name;
    body["isTrusted"] = false;
    out.call = identity_change("POST", url, body);
  } else {
    out.call = identity_change("PATCH", url + "/" + segment(text_in(*location, "id")), body);
    out.undo = json{{"ipRanges", before}}.dump();
  }
  if (ranges.size() > ranges_max) {
    out.problem = failure(
        reaction::stop_and_diagnose, "location_full", "a named location holds 2000 ranges at most");
  }
  return out;
}

auto includes(const json& policy, const std::string& location) -> bool {
  const auto at = json::json_pointer("/conditions/locations/includeLocations");
  const auto list = policy.value(at, json::array());
  return std::ranges::find(list, json(location)) != list.end();
}

auto new_policy(const std::string& location, const std::vector<std::string>& spared) -> json {
  return {{"displayName", policy_name},
          {"state", "enabled"},
          {"conditions",
           {{"clientAppTypes", {"all"}},
            {"applications", {{"includeApplications", {"All"}}}},
            {"users", {{"includeUsers", {"All"}}, {"excludeUsers", spared}}},
            {"locations", {{"includeLocations", {location}}}}}},
          {"grantControls", {{"operator", "OR"}, {"builtInControls", {"block"}}}}};
}

auto policy_step(const tools& with,
                 const json* location,
                 const json* policy,
                 const std::vector<std::string>& spared) -> step {
  const auto url = with.config.where.graph.root + "/v1.0/identity/conditionalAccess/policies";
  auto out = step();
  out.id = "policy";
  out.target = policy_name;
  out.provisional = location == nullptr;
  const auto id = location == nullptr ? "[id of the new named location]" : text_in(*location, "id");
  if (policy == nullptr) {
    out.does = "makes a policy that blocks everybody but the break-glass accounts from there";
    out.call = identity_change("POST", url, new_policy(id, spared));
    if (spared.empty()) {
      out.problem = failure(reaction::stop_and_diagnose,
                            "no_break_glass",
                            "a policy that blocks all users may lock out the administrators: name "
                            "an account to be spared with --exclude-user");
    }
    return out;
  }
  const auto acts = text_in(*policy, "state") == "enabled";
  out.already = location != nullptr && acts && includes(*policy, id);
  out.does = "lets the policy block the named location";
  auto body = json{{"state", "enabled"}};
  if (!includes(*policy, id)) {
    const auto at = json::json_pointer("/conditions/locations");
    auto places = policy->value(at, json::object());
    places["includeLocations"] = {id};
    body["conditions"] = {{"locations", places}};
  }
  out.undo = json{{"state", text_in(*policy, "state")}}.dump();
  out.call = identity_change("PATCH", url + "/" + segment(text_in(*policy, "id")), body);
  return out;
}

/// Policies name users by their object ids; an address there would spare nobody.
auto is_object_id(std::string_view text) -> bool {
  return text.size() == 36 && std::ranges::count(text, '-') == 4;
}

auto read_named(const tools& with, const char* kind)
    -> boost::asio::awaitable<seams::result<json_list>> {
  auto url = with.config.where.graph.root + "/v1.0/identity/conditionalAccess/" + kind;
  co_return co_await read_list(with, workload::graph, std::move(url));
}

} // namespace

/// Neither object may be made twice, and a PATCH replaces the ranges of all writers: both are read
/// first, and the location again afterwards (graph-directory-mail-actions sheet, 5.8).
auto plan_location(const tools& with, const act_request& what, std::string addresses)
    -> boost::asio::awaitable<planned> {
  const auto wanted = wanted_ranges(addresses);
  const auto wide = std::ranges::find_if(wanted, is_too_wide);
  if (wide != wanted.end()) {
    co_return failure(reaction::stop_and_diagnose,
                      "range_too_wide",
                      *wide + " is no range that can be blocked: longer than /8 it must be");
  }
  const auto spared = values_of(what.parameters, "exclude_users");
  const auto named_otherwise = std::ranges::find_if_not(spared, is_object_id);
  if (named_otherwise != spared.end()) {
    co_return failure(reaction::stop_and_diagnose,
                      "no_object_id",
                      "an account to be spared is named by its object id: " + *named_otherwise +
                          " is none");
  }
  const auto locations = co_await read_named(with, "namedLocations");
  if (!locations) {
    co_return locations.error();
  }
  const auto policies = co_await read_named(with, "policies");
  if (!policies) {
    co_return policies.error();
  }
  const auto* location = named(*locations, location_name);
  auto out = std::vector<step>();
  out.push_back(location_step(with, location, wanted, addresses));
  out.push_back(policy_step(with, location, named(*policies, policy_name), spared));
  if (out[1].problem && !out[0].already) {
    out[0].problem = out[1].problem; // a list that nothing reads would be half an act
  }
  co_return out;
}

} // namespace core::actions
