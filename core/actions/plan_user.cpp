#include "core/actions/planners.hpp"

namespace core::actions {
namespace {

using nlohmann::json;

constexpr auto user_members = "id,userPrincipalName,accountEnabled,onPremisesSyncEnabled,"
                              "signInSessionsValidFromDateTime,lastPasswordChangeDateTime";

/// Changes to an account that is mastered elsewhere are refused, or written over by the next
/// synchronisation (graph-directory-mail-actions sheet, 5.5).
void note_synchronised(const json& user, step& out) {
  if (is_true(user, "onPremisesSyncEnabled")) {
    out.notes.emplace_back("the account comes from an on-premises directory: change it there too, "
                           "or the next synchronisation may take this back");
  }
}

auto enabling(const tools& with, const json& user, const std::string& who, bool wanted) -> step {
  auto out = step();
  out.id = (wanted ? "enable " : "disable ") + who;
  out.target = who;
  out.does = wanted ? "enables the account" : "disables the account";
  const auto now = user.find("accountEnabled");
  out.already = now != user.end() && now->is_boolean() && now->get<bool>() == wanted;
  out.reverse = wanted ? std::pair("disable_user", "disable " + who)
                       : std::pair("enable_user", "enable " + who);
  const auto body = [](bool on) { return json{{"accountEnabled", on}}.dump(); };
  out.call = change(workload::graph, "PATCH", user_url(with, who), body(wanted));
  out.undo = body(!wanted);
  note_synchronised(user, out);
  return out;
}

auto revoking(const tools& with, const json& user, const std::string& who) -> step {
  auto out = step();
  out.id = "revoke " + who;
  out.target = who;
  out.does = "ends the sessions; access tokens that are out live on for up to an hour";
  out.basis = text_in(user, "signInSessionsValidFromDateTime");
  out.call = change(workload::graph, "POST", user_url(with, who) + "/revokeSignInSessions");
  out.repeats = true;
  return out;
}

auto resetting(const tools& with, const json& user, const std::string& who) -> step {
  auto out = step();
  out.id = "reset " + who;
  out.target = who;
  out.does = "sets a new password, to be changed at the next sign-in";
  out.basis = text_in(user, "lastPasswordChangeDateTime");
  const auto profile = json{
      {"passwordProfile", {{"password", secret_mark}, {"forceChangePasswordNextSignIn", true}}}};
  out.call = change(workload::graph, "PATCH", user_url(with, who), profile.dump());
  out.repeats = true;
  note_synchronised(user, out);
  return out;
}

} // namespace

auto plan_user(const tools& with, const act_request& what, std::string user)
    -> boost::asio::awaitable<planned> {
  auto url = user_url(with, user) + "?$select=" + user_members;
  const auto found = co_await read_object(with, workload::graph, std::move(url));
  if (!found) {
    co_return found.error();
  }
  if (text_in(*found, "id").empty()) {
    co_return malformed_answer(user_url(with, user), "no user");
  }
  auto out = std::vector<step>();
  if (what.name == "disable_user" || what.name == "enable_user") {
    out.push_back(enabling(with, *found, user, what.name == "enable_user"));
  }
  if (what.name == "reset_password") {
    out.push_back(resetting(with, *found, user));
  }
  if (what.name == "disable_user" || what.name == "revoke_sessions") {
    out.push_back(revoking(with, *found, user));
  }
  co_return out;
}

} // namespace core::actions
