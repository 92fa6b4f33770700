#include "core/actions/block_policy.hpp"

#include "core/actions/targets.hpp"

#include <algorithm>
#include <utility>

namespace core::actions {
namespace {

using nlohmann::json;
using seams::failure;
using seams::reaction;

/// All of Conditional Access shares one request a second, tenant-wide and without Retry-After.
constexpr auto identity_bucket = "identity";
constexpr auto identity_spacing = seams::duration{std::chrono::milliseconds{1100}};

/// Adds what is not in the list.
auto joined(std::vector<std::string> list, const std::vector<std::string>& more)
    -> std::vector<std::string> {
  for (const auto& one : more) {
    if (std::ranges::find(list, one) == list.end()) {
      list.push_back(one);
    }
  }
  return list;
}

/// Nothing in it says anything: null, empty, or made of such members. Annotations do not count.
auto is_blank(const json& what) -> bool {
  if (!what.is_object()) {
    return what.is_null() || what == json::array() || what == "";
  }
  return std::ranges::all_of(what.items(), [](const auto& one) {
    return one.key().find('@') != std::string::npos || is_blank(one.value());
  });
}

/// Whether the policy is what we make, wherever it blocks and whomever it spares.
auto is_our_policy(const json& policy) -> bool {
  auto conditions = object_in(policy, "conditions");
  auto users = object_in(conditions, "users");
  auto applications = object_in(conditions, "applications");
  auto places = object_in(conditions, "locations");
  auto controls = object_in(policy, "grantControls");
  const auto only = [](json& from, const char* member, const json& value) {
    return from.contains(member) && std::exchange(from[member], nullptr) == value;
  };
  const auto blocked = texts_in(places, "includeLocations");
  const auto everywhere =
      std::ranges::any_of(blocked, [](const auto& one) { return one.starts_with("All"); });
  const auto fits = only(users, "includeUsers", {"All"}) &&
                    only(applications, "includeApplications", {"All"}) &&
                    only(conditions, "clientAppTypes", {"all"}) &&
                    only(controls, "builtInControls", {"block"}) && !everywhere;
  for (const auto* spares :
       {"excludeUsers", "excludeGroups", "excludeRoles", "excludeGuestsOrExternalUsers"}) {
    users.erase(spares);
  }
  places.erase("includeLocations");
  controls.erase("operator");
  conditions.update({{"users", users}, {"applications", applications}, {"locations", places}});
  return fits && is_blank(conditions) && is_blank(controls);
}

auto excluded_by(const json& policy) -> std::vector<std::string> {
  return texts_in(object_in(object_in(policy, "conditions"), "users"), "excludeUsers");
}

auto without_annotations(json what) -> json {
  auto names = std::vector<std::string>();
  for (const auto& one : what.items()) {
    if (one.key().find("@odata.context") != std::string::npos) {
      names.push_back(one.key());
    }
  }
  for (const auto& one : names) {
    what.erase(one);
  }
  return what;
}

/// A part of the conditions with more in one of its lists. It is sent as a whole: what is left out
/// of a list would be gone.
auto with_more(const json& policy,
               const char* part,
               const char* list,
               const std::vector<std::string>& more) -> json {
  auto out = without_annotations(object_in(object_in(policy, "conditions"), part));
  out[list] = joined(texts_in(out, list), more);
  return out;
}

auto new_policy(const std::vector<std::string>& locations, const std::vector<std::string>& spared)
    -> json {
  return {{"displayName", block_policy_name},
          {"state", "enabled"},
          {"conditions",
           {{"clientAppTypes", {"all"}},
            {"applications", {{"includeApplications", {"All"}}}},
            {"users", {{"includeUsers", {"All"}}, {"excludeUsers", spared}}},
            {"locations", {{"includeLocations", locations}}}}},
          {"grantControls", {{"operator", "OR"}, {"builtInControls", {"block"}}}}};
}

auto no_break_glass() -> failure {
  return {reaction::stop_and_diagnose,
          "no_break_glass",
          "a policy that blocks all users may lock out the administrators: name an account to be "
          "spared, one that is enabled, with --exclude-user"};
}

auto foreign_policy() -> failure {
  return {reaction::stop_and_diagnose,
          "policy_not_ours",
          std::string("the policy \"") + block_policy_name +
              "\" has other conditions or controls than those it is made with: put it right, or "
              "give it another name"};
}

/// Lets the policy that is there block the lists and spare the accounts, and takes nothing from it.
auto policy_change(const tools& with,
                   const json& policy,
                   const std::vector<std::string>& lists,
                   const std::vector<std::string>& spared) -> step {
  const auto before = object_in(policy, "conditions");
  const auto state = text_in(policy, "state");
  const auto blocked = texts_in(object_in(before, "locations"), "includeLocations");
  const auto blocks_all = joined(blocked, lists) == blocked;
  const auto excluded = excluded_by(policy);
  const auto spares_all = joined(excluded, spared) == excluded;
  auto out = step();
  out.does = "lets the policy block the named location";
  out.already = state == "enabled" && blocks_all && spares_all;
  auto body = json{{"state", "enabled"}};
  if (!blocks_all) {
    body["conditions"]["locations"] = with_more(policy, "locations", "includeLocations", lists);
  }
  if (!spares_all) {
    body["conditions"]["users"] = with_more(policy, "users", "excludeUsers", spared);
  }
  if (state != "enabled") {
    out.notes.push_back("the policy was " + state + ", and is switched on for all that it names");
  }
  out.undo = json{{"state", state}, {"conditions", before}}.dump();
  const auto url = with.config.where.graph.root + "/v1.0/identity/conditionalAccess/policies/";
  out.call = identity_change("PATCH", url + segment(text_in(policy, "id")), body);
  return out;
}

auto policy_creation(const tools& with,
                     const std::vector<std::string>& lists,
                     const std::vector<std::string>& spared) -> step {
  auto out = step();
  out.does = "makes a policy that blocks everybody but the break-glass accounts from there";
  const auto url = with.config.where.graph.root + "/v1.0/identity/conditionalAccess/policies";
  out.call = identity_change("POST", url, new_policy(lists, spared));
  return out;
}

/// The id of an account that exists and is enabled, "" for any other.
auto id_of_enabled(const tools& with, const std::string& user)
    -> boost::asio::awaitable<seams::result<std::string>> {
  const auto address = user_url(with, user);
  auto url = address + "?$select=id,userPrincipalName,accountEnabled";
  const auto found = co_await read_object(with, workload::graph, std::move(url));
  if (!found && found.error().code == "404") {
    co_return std::string();
  }
  if (!found) {
    co_return found.error();
  }
  auto id = text_in(*found, "id");
  if (id.empty()) {
    co_return malformed_answer(address, "no user");
  }
  co_return is_true(*found, "accountEnabled") ? id : std::string();
}

/// Policies take object ids ("conditionalAccessUsers", excludeUsers): "break_glass_unfit" for an
/// account that is not there or cannot sign in.
auto named_accounts(const tools& with, std::vector<std::string> given_users)
    -> boost::asio::awaitable<seams::result<std::vector<std::string>>> {
  auto out = std::vector<std::string>();
  for (const auto& given : given_users) {
    const auto user = check_user(given);
    if (!user) {
      co_return user.error();
    }
    const auto id = co_await id_of_enabled(with, *user);
    if (!id) {
      co_return id.error();
    }
    if (id->empty()) {
      co_return failure(reaction::stop_and_diagnose,
                        "break_glass_unfit",
                        *user +
                            " is to be spared, and is no account of the tenant that is enabled");
    }
    out.push_back(*id);
  }
  co_return joined({}, out);
}

/// Whether one of those that the policy spares can sign in. It may name accounts that are gone.
auto spares_somebody(const tools& with, const json& policy)
    -> boost::asio::awaitable<seams::result<bool>> {
  for (const auto& one : excluded_by(policy)) {
    if (one != "GuestsOrExternalUsers") {
      const auto id = co_await id_of_enabled(with, one);
      if (!id) {
        co_return id.error();
      }
      if (!id->empty()) {
        co_return true;
      }
    }
  }
  co_return false;
}

} // namespace

auto identity_change(const char* method, std::string url, const json& body) -> api::call {
  auto out = change(workload::graph, method, std::move(url), body.dump());
  out.bucket = identity_bucket;
  out.spacing = identity_spacing;
  return out;
}

auto policy_step(const tools& with,
                 const std::vector<std::string>& lists,
                 const json* policy,
                 const spared_accounts& spared) -> step {
  const auto ids =
      lists.empty() ? std::vector<std::string>{"[id of the new named location]"} : lists;
  auto out = policy == nullptr ? policy_creation(with, ids, spared.named)
                               : policy_change(with, *policy, ids, spared.named);
  out.id = "policy";
  out.target = block_policy_name;
  out.provisional = lists.empty();
  if (policy != nullptr && !is_our_policy(*policy)) {
    out.problem = foreign_policy();
  } else if (!spared.any_signs_in) {
    out.problem = no_break_glass();
  }
  out.already = out.already && !out.problem;
  return out;
}

auto accounts_to_spare(const tools& with, std::vector<std::string> given, const json* policy)
    -> boost::asio::awaitable<seams::result<spared_accounts>> {
  auto named = co_await named_accounts(with, std::move(given));
  if (!named) {
    co_return named.error();
  }
  auto out = spared_accounts{std::move(*named)};
  out.any_signs_in = !out.named.empty();
  if (!out.any_signs_in && policy != nullptr) {
    const auto known = co_await spares_somebody(with, *policy);
    if (!known) {
      co_return known.error();
    }
    out.any_signs_in = *known;
  }
  co_return out;
}

} // namespace core::actions
