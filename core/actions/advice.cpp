#include "core/actions/advice.hpp"

#include "core/exchange/invocation.hpp"

namespace core::actions {
namespace {

/// The permission was in the token, or the act would not have begun: what is refused is the target.
auto meaning_of(const act_request& what, const seams::failure& why) -> std::string {
  if (why.code == "Authorization_RequestDenied") {
    return what.name == "reset_password"
               ? "the app has the permission, but no directory role that reaches this user: User "
                 "Administrator at least, Privileged Authentication Administrator for "
                 "administrators"
               : "the user is a protected administrator: the app needs a directory role that "
                 "outranks the user's, such as Privileged Authentication Administrator";
  }
  if (why.code == "ErrorAccessDenied") {
    return "an application access policy keeps the app out of this mailbox";
  }
  if (why.why.find("MailboxNotEnabledForRESTAPI") != std::string::npos) {
    return "the user has no mailbox in Exchange Online: no licence, or one on-premises";
  }
  if (why.code == "AccessDenied") {
    return "Conditional Access needs Entra ID P1";
  }
  return "";
}

/// Which directory role Exchange wants is known here alone.
auto with_role(const act_request& what, seams::failure why) -> seams::failure {
  const auto* facts = find_action(what.name);
  if (why.code == "directory_role_missing" && facts != nullptr) {
    why.why = what.name + " needs " + std::string(facts->also) + ": " + why.why;
  }
  return why;
}

} // namespace

auto explained(const act_request& what, seams::failure why) -> seams::failure {
  if (why.why.find("/InvokeCommand") != std::string::npos) {
    return with_role(what, exchange::named_grant(std::move(why), what.name));
  }
  const auto meaning = meaning_of(what, why);
  if (!meaning.empty()) {
    why.why = meaning + "; " + why.why;
  }
  return why;
}

auto is_throttling(const seams::failure& why) -> bool {
  return why.code == "429" || why.code == "retry_after";
}

auto unplanned(const std::string& target, seams::failure why) -> step {
  auto out = step();
  out.id = "look at " + target;
  out.target = target;
  out.does = "looks at it";
  out.problem = std::move(why);
  return out;
}

auto lost_but_done() -> std::string {
  return "the answer was lost; the tenant shows that it is done";
}

auto drawn_password(seams::choices& chance) -> std::string {
  constexpr auto letters =
      std::string_view("abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#%*+-=?@_");
  constexpr auto length = 40;
  auto out = std::string("aZ4!"); // one of each kind, whatever is drawn
  while (out.size() < length) {
    out += letters[chance.below(letters.size(), "a character of a password")];
  }
  return out;
}

} // namespace core::actions
