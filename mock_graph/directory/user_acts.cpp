#include "mock_graph/directory/user_acts.hpp"

#include "mock_graph/directory/protected_users.hpp"
#include "mock_graph/graph/answers.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::directory {
namespace {

using plain_json = nlohmann::json;
using act = tenant::user_change::act;

constexpr auto writes_most = std::size_t{3000};
constexpr auto writes_within = std::chrono::seconds{150};
constexpr auto retry_after_s = 10;
constexpr auto password_least = std::size_t{8};
constexpr auto password_most = std::size_t{256};

auto bad_user_request(std::string why) -> odata::api_error {
  return {400, "Request_BadRequest", std::move(why)};
}

/// Text: microsoftgraph/microsoft-graph-docs issue 7301.
auto mastered_on_premises() -> odata::api_error {
  return bad_user_request("Unable to update the specified properties for on-premises mastered "
                          "Directory Sync objects or objects currently undergoing migration.");
}

auto may_write_users(const call& what) -> bool {
  return what.has_role("User.ReadWrite.All") || what.has_role("Directory.ReadWrite.All");
}

auto is_complex(std::string_view password) -> bool {
  const auto has = [&](auto kind) { return std::ranges::any_of(password, kind) ? 1 : 0; };
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto other = [&](char c) { return !lower(c) && !upper(c) && !digit(c); };
  return password.size() >= password_least && password.size() <= password_most &&
         has(lower) + has(upper) + has(digit) + has(other) >= 3;
}

auto target_of(const tenant::user& who, const char* property, plain_json before, plain_json after)
    -> tenant::directory_target {
  auto out = tenant::directory_target();
  out.user = who.name;
  out.old_values[property] = std::move(before);
  out.new_values[property] = std::move(after);
  out.new_values["Included Updated Properties"] = property;
  return out;
}

auto change_of(const tenant::user& who, act what) -> tenant::user_change {
  return {{who.name}, what, {}};
}

auto time_list(seams::instant at) -> plain_json {
  return plain_json::array({seams::to_rfc3339(std::chrono::floor<std::chrono::seconds>(at))});
}

} // namespace

/// What a PATCH asks for.
struct user_acts::wanted {
  std::optional<bool> enabled;
  std::optional<std::string> password;

  /// Why the body cannot be carried out; nothing if it is read.
  auto read(const plain_json& body) -> std::optional<odata::api_error>;
  auto read_profile(const plain_json& profile) -> std::optional<odata::api_error>;
  [[nodiscard]] auto roles_suffice(const call& by) const -> bool;
  /// Why the app may not do it to that user.
  [[nodiscard]] auto objection(const call& by, const tenant::user& who) const
      -> std::optional<odata::api_error>;
};

auto user_acts::wanted::read(const plain_json& body) -> std::optional<odata::api_error> {
  for (const auto& [name, value] : body.items()) {
    if (name.starts_with('@')) {
      continue;
    }
    if (name == "accountEnabled" && value.is_boolean()) {
      enabled = value.get<bool>();
    } else if (name == "passwordProfile" && value.is_object()) {
      if (auto wrong = read_profile(value)) {
        return wrong;
      }
    } else {
      return bad_user_request("Property '" + name + "' cannot be updated with the value given.");
    }
  }
  return std::nullopt;
}

auto user_acts::wanted::read_profile(const plain_json& profile) -> std::optional<odata::api_error> {
  for (const auto& [name, value] : profile.items()) {
    const auto is_switch = name.starts_with("forceChangePasswordNextSignIn") && value.is_boolean();
    if (name == "password" && value.is_string()) {
      password = value.get<std::string>();
    } else if (!is_switch && !name.starts_with('@')) {
      return bad_user_request("Property '" + name + "' cannot be updated with the value given.");
    }
  }
  if (password && !is_complex(*password)) {
    return bad_user_request("The specified password does not comply with password complexity "
                            "requirements. Please provide a different password.");
  }
  return std::nullopt;
}

auto user_acts::wanted::roles_suffice(const call& by) const -> bool {
  const auto all = may_write_users(by);
  const auto switches =
      all || (by.has_role("User.EnableDisableAccount.All") && by.has_role("User.Read.All"));
  const auto resets = all || by.has_role("User-PasswordProfile.ReadWrite.All");
  return (enabled || password) ? (!enabled || switches) && (!password || resets)
                               : switches || resets;
}

auto user_acts::wanted::objection(const call& by, const tenant::user& who) const
    -> std::optional<odata::api_error> {
  const auto reached = reach_of(by);
  const auto needed = password ? std::max(reach::harmless_roles, needed_for(who)) : needed_for(who);
  if (reached < needed) {
    return odata::privileges_missing();
  }
  return password && who.synced ? std::optional(mastered_on_premises()) : std::nullopt;
}

auto user_acts::routes() const -> std::span<const std::string_view> {
  static constexpr auto names = std::to_array<std::string_view>({"graph.revoke_sessions"});
  return names;
}

auto user_acts::route_of(const odata::target& target) const -> std::string_view {
  const auto path = graph::below_version(target);
  const auto ours = path.size() == 3 && !path[0].called && odata::is_named(path[0], "users") &&
                    odata::is_named(path[2], "revokeSignInSessions");
  return ours ? routes().front() : std::string_view();
}

auto user_acts::admits(const call& what) -> bool {
  return writes_.try_emplace(what.caller, graph::throttle_bucket(writes_most, writes_within))
      .first->second.admits(what.now);
}

auto user_acts::find(const call& what) const -> const tenant::user* {
  const auto id = book_.find(what.step(2), what.now);
  const auto& all = acts_.state().users;
  const auto found = std::ranges::find(all, id, &tenant::user::object_id);
  return id.empty() || found == all.end() ? nullptr : &*found;
}

auto user_acts::answer(call& what) -> seams::response {
  if (!admits(what)) {
    return graph::throttled(what, retry_after_s);
  }
  if (!may_write_users(what) && !what.has_role("User.RevokeSessions.All")) {
    return graph::refuse(what, odata::privileges_missing());
  }
  if (what.query.method != "POST") {
    return graph::refuse(what, odata::method_not_allowed());
  }
  if (const auto* who = find(what); who != nullptr && !who->guest) {
    revoke(what, *who);
  }
  if (acts_.state().choice_of_readings.revoke_answers_204) {
    return graph::no_content(what);
  }
  return graph::ok(what,
                   "{\"@odata.context\":\"" + graph::service_root(what) +
                       "/$metadata#Edm.Boolean\",\"value\":true}");
}

auto user_acts::update(call& what) -> seams::response {
  if (!admits(what)) {
    return graph::throttled(what, retry_after_s);
  }
  const auto body = graph::json_body(what);
  if (!body) {
    return graph::refuse(what, graph::unreadable_body());
  }
  auto asked = wanted();
  if (const auto wrong = asked.read(*body)) {
    return graph::refuse(what, *wrong);
  }
  if (!asked.roles_suffice(what)) {
    return graph::refuse(what, odata::privileges_missing());
  }
  const auto* who = find(what);
  if (who == nullptr) {
    return graph::refuse(what, odata::resource_not_found(std::string(what.step(2))));
  }
  if (const auto why = asked.objection(what, *who)) {
    return graph::refuse(what, *why);
  }
  if (asked.enabled && *asked.enabled != who->enabled) {
    switch_account(what, *who, *asked.enabled);
  }
  if (asked.password) {
    set_password(what, *who);
  }
  return graph::no_content(what);
}

/// Both records: Entra wrote "Enable account" and "Update user" for one act (a pair of splunk's
/// public records of 2023-07-24).
void user_acts::switch_account(const call& what, const tenant::user& who, bool enabled) {
  auto record = acts::directory_act();
  record.activity = enabled ? "Enable account" : "Disable account";
  record.target = target_of(
      who, "AccountEnabled", plain_json::array({who.enabled}), plain_json::array({enabled}));
  acts_.effect(what, enabled ? "enable user" : "disable user", who.upn);
  acts_.happen(what, change_of(who, enabled ? act::enabled : act::disabled));
  acts_.audit_directory(what, record);
  acts_.audit_account(what, record);
  record.activity = "Update user";
  record.target.new_values["TargetId.UserType"] = who.guest ? "Guest" : "Member";
  acts_.audit_directory(what, record);
  acts_.audit_account(what, record);
}

/// The password itself is kept nowhere, so each one that is set counts.
void user_acts::set_password(const call& what, const tenant::user& who) {
  acts_.effect(what, "reset password", who.upn);
  acts_.happen(what, change_of(who, act::password_reset));
  auto record = acts::directory_act();
  record.activity = "Reset user password";
  record.target.user = who.name;
  acts_.audit_directory(what, record);
  acts_.audit_account(what, record);
}

void user_acts::revoke(const call& what, const tenant::user& who) {
  using std::chrono::seconds;
  if (std::chrono::floor<seconds>(what.now) > std::chrono::floor<seconds>(who.sessions_from)) {
    acts_.effect(what, "revoke sessions", who.upn);
  }
  auto record = acts::directory_act();
  record.activity = "Update StsRefreshTokenValidFrom Timestamp";
  record.target = target_of(who,
                            "StsRefreshTokensValidFrom",
                            time_list(std::max(who.sessions_from, acts_.state().start)),
                            time_list(what.now));
  acts_.happen(what, change_of(who, act::sessions_revoked));
  acts_.audit_directory(what, record);
  acts_.audit_account(what, record);
}

} // namespace mock_graph::directory
