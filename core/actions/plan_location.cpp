#include "core/actions/block_policy.hpp"
#include "core/actions/planners.hpp"
#include "core/actions/targets.hpp"

#include <algorithm>
#include <iterator>
#include <sstream>

namespace core::actions {
namespace {

using nlohmann::json;
using seams::failure;
using seams::reaction;
using json_list = std::vector<json>;

constexpr auto location_name = "Blocked by offtenant";
/// learn.microsoft.com/entra/identity/conditional-access/concept-assignment-network
constexpr auto ranges_max = std::size_t{2000};

/// Of checked addresses and ranges.
auto split_addresses(const std::string& addresses) -> std::vector<std::string> {
  auto in = std::istringstream(addresses);
  return {std::istream_iterator<std::string>(in), std::istream_iterator<std::string>()};
}

auto is_ipv6(std::string_view address) -> bool {
  return address.find(':') != std::string_view::npos;
}

auto range_of(const std::string& address) -> std::string {
  return address.find('/') != std::string::npos ? address
                                                : address + (is_ipv6(address) ? "/128" : "/32");
}

auto ranges_in(const json& location) -> json {
  const auto found = location.find("ipRanges");
  return found != location.end() && found->is_array() ? *found : json::array();
}

/// However the range is spelt there.
auto holds_range(const json& ranges, const std::string& address) -> bool {
  return std::ranges::any_of(ranges, [&](const json& one) {
    const auto known = check_target("block_ip", text_in(one, "cidrAddress"));
    return known && *known == address;
  });
}

auto typed_range(const std::string& address) -> json {
  const auto range = range_of(address);
  return {{"@odata.type",
           is_ipv6(range) ? "#microsoft.graph.iPv6CidrRange" : "#microsoft.graph.iPv4CidrRange"},
          {"cidrAddress", range}};
}

/// Those of our name; places are never told by countries.
auto our_objects(const json_list& all, std::string_view name) -> json_list {
  auto out = json_list();
  std::ranges::copy_if(all, std::back_inserter(out), [&](const json& one) {
    return text_in(one, "displayName") == name &&
           text_in(one, "@odata.type") != "#microsoft.graph.countryNamedLocation";
  });
  return out;
}

auto ids_of(const json_list& lists) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& one : lists) {
    out.push_back(text_in(one, "id"));
  }
  return out;
}

auto list_body(const json& ranges) -> json {
  return {{"@odata.type", "#microsoft.graph.ipNamedLocation"}, {"ipRanges", ranges}};
}

/// What is on none of the lists goes onto the first.
auto location_step(const tools& with, const json_list& lists, const std::string& target) -> step {
  const auto url = with.config.where.graph.root + "/v1.0/identity/conditionalAccess/namedLocations";
  const auto before = lists.empty() ? json::array() : ranges_in(lists.front());
  auto ranges = before;
  for (const auto& one : split_addresses(target)) {
    const auto has_it = [&](const json& list) { return holds_range(ranges_in(list), one); };
    if (std::ranges::none_of(lists, has_it)) {
      ranges.push_back(typed_range(one));
    }
  }
  auto out = step();
  out.id = "list " + target;
  out.target = target;
  out.does = std::string("puts it into the named location \"") + location_name + "\"";
  out.already = !lists.empty() && ranges == before;
  out.read_back = true;
  auto body = list_body(ranges);
  if (lists.empty()) {
    body["displayName"] = location_name;
    body["isTrusted"] = false;
    out.call = identity_change("POST", url, body);
  } else {
    out.call = identity_change("PATCH", url + "/" + segment(text_in(lists.front(), "id")), body);
    out.undo = json{{"ipRanges", before}}.dump();
  }
  if (lists.size() > 1) {
    out.notes.push_back(std::to_string(lists.size()) + " named locations are called \"" +
                        location_name + "\": the first is written to, the policy blocks all");
  }
  if (ranges.size() > ranges_max) {
    out.problem = failure(
        reaction::stop_and_diagnose, "location_full", "a named location holds 2000 ranges at most");
  }
  return out;
}

auto read_named(const tools& with, const char* kind)
    -> boost::asio::awaitable<seams::result<json_list>> {
  auto url = with.config.where.graph.root + "/v1.0/identity/conditionalAccess/" + kind;
  co_return co_await read_entities(with, workload::graph, std::move(url));
}

} // namespace

/// Neither object may be made twice, and a PATCH replaces the ranges of all writers: both are read
/// first, and the location again afterwards (graph-directory-mail-actions sheet, 5.8). The policy
/// ends enabled: on every way there it spares an account that can sign in.
auto plan_location(const tools& with, const act_request& what, std::string addresses)
    -> boost::asio::awaitable<planned> {
  const auto locations = co_await read_named(with, "namedLocations");
  if (!locations) {
    co_return locations.error();
  }
  const auto policies = co_await read_named(with, "policies");
  if (!policies) {
    co_return policies.error();
  }
  const auto lists = our_objects(*locations, location_name);
  const auto ours = our_objects(*policies, block_policy_name);
  const auto* policy = ours.empty() ? nullptr : &ours.front();
  const auto named = values_of(what.parameters, "exclude_users");
  const auto spared = co_await accounts_to_spare(with, named, policy);
  if (!spared) {
    co_return spared.error();
  }
  auto out = std::vector<step>();
  out.push_back(location_step(with, lists, addresses));
  out.push_back(policy_step(with, ids_of(lists), policy, *spared));
  if (out[1].problem && !out[0].already) {
    out[0].problem = out[1].problem; // a list that nothing reads would be half an act
  }
  co_return out;
}

} // namespace core::actions
