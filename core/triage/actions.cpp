#include "core/triage/actions.hpp"

#include "core/actions/action_table.hpp"
#include "core/triage/words.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

namespace core::triage {
namespace {

using strings = std::vector<std::string>;

/// Users whose credentials may be known to somebody else.
auto endangered(const dossier& file) -> strings {
  auto out = strings();
  for (const auto& user : file.users) {
    if (user.how >= exposure::clicked_before_verdict) {
      out.push_back(user.user);
    }
  }
  settle(out);
  return out;
}

/// Colleagues who sent a malicious message of the case, unless they pass on what the case has from
/// somebody else to them, as people do to ask the help desk.
auto inside_senders(const dossier& file) -> strings {
  const auto is_bad = [&](const std::string& thing) {
    const auto found = file.judged.find(thing);
    return found != file.judged.end() && found->second.worst == judgement::malicious &&
           !found->second.cleared;
  };
  const auto received = [&](const std::string& user) {
    return std::ranges::any_of(file.what.letters, [&](const letter* mail) {
      return mail->sender != user && std::ranges::any_of(mail->facts, [&](const message* one) {
               return one->recipient == user;
             });
    });
  };
  auto out = strings();
  for (const auto* mail : file.what.letters) {
    const auto bad = is_bad(mail->id) || std::ranges::any_of(mail->urls, is_bad);
    if (bad && mail->way == direction::internal && holds(mail->sender, "@") &&
        !received(mail->sender)) {
      out.push_back(mail->sender);
    }
  }
  return out;
}

/// Accounts that show signs of foreign use, not merely of a click.
auto taken_over(const dossier& file) -> strings {
  auto out = inside_senders(file);
  for (const auto* one : file.signs) {
    if (one->rule != "new_network" && one->rule != "new_country" && one->rule != "mfa_failures") {
      out.push_back(one->user);
    }
  }
  settle(out);
  return out;
}

/// Accounts whose password somebody else knows: whoever meets the second factor has passed the
/// first.
auto known_passwords(const dossier& file) -> strings {
  auto out = strings();
  for (const auto* one : file.signs) {
    if (one->rule == "mfa_failures" || one->rule == "password_guessed") {
      out.push_back(one->user);
    }
  }
  settle(out);
  return out;
}

/// An action of the table, for these targets.
auto recommended(std::string_view name, actions::parameter_list parameters, std::string why)
    -> action {
  const auto& facts = *actions::find_action(name);
  return {std::string(name),
          std::move(parameters),
          std::move(why),
          actions::permissions_of(facts),
          grant::unknown,
          !facts.undone_by.empty()};
}

void delete_messages(const dossier& file, std::vector<action>& out) {
  for (const auto* mail : file.what.letters) {
    auto recipients = strings();
    auto reports = strings();
    auto ids = strings();
    for (const auto* one : mail->facts) {
      ids.push_back(one->internet_id);
      const auto place = last_place(*mail, one->recipient);
      if (one->recipient.empty() || mail->way == direction::outbound ||
          (place != delivery::delivered && place != delivery::junked)) {
        continue;
      }
      recipients.push_back(one->recipient);
      reports.push_back(one->report_id);
    }
    for (auto* list : {&recipients, &reports, &ids}) {
      settle(*list);
      std::erase(*list, std::string());
    }
    if (recipients.empty() || !mail->id.starts_with("mail:")) {
      continue; // no service lets an app take a Teams message away (graph-security sheet, 6)
    }
    const auto count = recipients.size();
    out.push_back(recommended(
        "hard_delete_message",
        {{"network_message_id", {mail->id.substr(5)}},
         {"mailboxes", std::move(recipients)},
         {"internet_message_ids", std::move(ids)},
         {"analyzed_email_ids", std::move(reports)}},
        fmt::format("the message still lies in {} mailbox{}", count, count == 1 ? "" : "es")));
  }
}

void block_things(const dossier& file, std::vector<action>& out) {
  auto urls = strings();
  auto files = strings();
  for (const auto& thing : file.what.judged) {
    if (thing.starts_with("url:")) {
      urls.push_back(thing.substr(4));
    } else if (thing.starts_with("file:")) {
      files.push_back(thing.substr(5));
    }
  }
  auto senders = strings();
  for (const auto* mail : file.what.letters) {
    if (!mail->sender.empty() && mail->way != direction::internal &&
        mail->way != direction::outbound) {
      senders.push_back(mail->sender);
    }
  }
  settle(senders);
  const auto block = [&](std::string_view name, strings entries, std::string why) {
    if (!entries.empty()) {
      out.push_back(recommended(name, {{"entries", std::move(entries)}}, std::move(why)));
    }
  };
  block("block_url", std::move(urls), "judged links stay reachable until they are blocked");
  block("block_file", std::move(files), "judged attachment");
  block("block_sender", std::move(senders), "the sender may write again");
}

/// A new password is recommended on suspicion only where the old one is known to somebody.
void secure_accounts(const dossier& file, outcome verdict, std::vector<action>& out) {
  auto sessions = endangered(file);
  auto passwords = known_passwords(file);
  const auto taken = taken_over(file);
  if (verdict == outcome::malicious) {
    append(passwords, taken);
    settle(passwords);
  }
  append(sessions, taken);
  settle(sessions);
  const auto add = [&](std::string_view name, const strings& users, std::string why) {
    if (!users.empty()) {
      out.push_back(recommended(name, {{"users", users}}, std::move(why)));
    }
  };
  add("revoke_sessions", sessions, "ends sessions that a phishing page may have taken");
  add("reset_password", passwords, "somebody else seems to know the password");
  add("disable_user",
      taken,
      "stops new sign-ins while the account is looked at; disable before revoking");
}

/// One action for each user, whatever it was that forwards; rules that hide mail go with them.
void undo_forwarding(const dossier& file, std::vector<action>& out) {
  struct found_rules {
    strings found;
    strings why;
    bool hides = false;
  };
  auto users = std::map<std::string, found_rules>();
  for (const auto* one : file.signs) {
    const auto hides = one->rule == "hiding_rule";
    if (hides || one->rule == "forwarding_rule" || one->rule == "mailbox_forwarding") {
      auto& said = users[one->user];
      said.found.push_back(one->target);
      said.why.push_back(one->says);
      said.hides = said.hides || hides;
    }
  }
  for (auto& [user, said] : users) {
    settle(said.found);
    settle(said.why);
    out.push_back(recommended("disable_forwarding_rules",
                              {{"users", {user}},
                               {"found", std::move(said.found)},
                               {"hiding", said.hides ? strings{"yes"} : strings()}},
                              fmt::format("{}", fmt::join(said.why, "; "))));
  }
}

void contain(const dossier& file, std::vector<action>& out) {
  auto addresses = strings();
  for (const auto* one : file.signs) {
    if (one->rule == "risky_sign_in" || one->rule == "password_guessed" ||
        one->rule == "account_risk") {
      addresses.push_back(one->address);
    }
  }
  std::erase(addresses, std::string());
  settle(addresses);
  if (!addresses.empty()) {
    out.push_back(
        recommended("block_ip", {{"addresses", addresses}}, "sign-ins at risk came from there"));
  }
  auto devices = strings();
  for (const auto* one : file.what.alerts) {
    append(devices, one->devices);
  }
  settle(devices);
  if (!devices.empty()) {
    out.push_back(recommended(
        "isolate_device", {{"machine_ids", devices}}, "an alert of the case names the device"));
  }
}

} // namespace

auto actions_for(const dossier& file,
                 outcome verdict,
                 const std::optional<std::set<std::string>>& roles) -> std::vector<action> {
  auto out = std::vector<action>();
  if (verdict != outcome::malicious && verdict != outcome::suspicious) {
    return out;
  }
  delete_messages(file, out);
  block_things(file, out);
  secure_accounts(file, verdict, out);
  undo_forwarding(file, out);
  contain(file, out);
  std::erase_if(out, [&](const action& one) {
    return verdict == outcome::suspicious && !one.reversible && one.name != "revoke_sessions" &&
           one.name != "reset_password";
  });
  for (auto& one : out) {
    if (roles) {
      const auto all = actions::is_granted(*actions::find_action(one.name), *roles);
      one.granted = all ? grant::granted : grant::missing;
    }
  }
  return out;
}

} // namespace core::triage
