#include "core/triage/rules.hpp"

#include "core/seams/letters.hpp"
#include "core/triage/words.hpp"

#include <fmt/format.h>

#include <array>

namespace core::triage {
namespace {

using answer = std::optional<found>;

/// Collects names, each once, and what they rest on.
class findings_list {
public:
  void add(std::string name, const record_ids& from) {
    names_.push_back(std::move(name));
    append(from_, from);
  }
  auto done() -> answer {
    constexpr auto shown = std::size_t{5};
    settle(names_);
    settle(from_);
    if (names_.empty()) {
      return std::nullopt;
    }
    const auto more = names_.size() > shown ? names_.size() - shown : 0;
    names_.resize(names_.size() - more);
    auto text = fmt::format("{}", fmt::join(names_, ", "));
    return found{more == 0 ? text : fmt::format("{} and {} more", text, more), std::move(from_)};
  }

private:
  std::vector<std::string> names_;
  record_ids from_;
};

auto shown(const std::string& thing) -> std::string {
  return thing.starts_with("url:")     ? thing.substr(4)
         : thing.starts_with("mail:")  ? "the mail " + thing.substr(5)
         : thing.starts_with("teams:") ? "the Teams message " + thing.substr(6)
         : thing.starts_with("file:")  ? "the file " + thing.substr(5)
                                       : thing;
}

/// Older playbooks call a security test a true positive, and name it in the determination only.
auto is_security_test(const auto& one) -> bool {
  return one.classification == "truepositive" && one.determination == "securitytesting";
}

auto is_confirmed(const auto& one) -> bool {
  return one.classification == "truepositive" && !is_security_test(one);
}

/// An alert or an incident that somebody called a mistake.
auto is_taken_back(const auto& one) -> bool {
  return one.classification == "falsepositive" || one.determination == "notmalicious";
}

auto is_expected(const auto& one) -> bool {
  return one.classification == "informationalexpectedactivity" || is_security_test(one);
}

auto is_minor(const auto& one) -> bool {
  return one.severity == "informational" || one.severity == "low";
}

/// What its classification rests on.
auto grounds(const alert& one) -> record_ids {
  return one.classified_by.key.empty() ? record_ids{one.from}
                                       : record_ids{one.from, one.classified_by};
}

/// What an analyst can classify.
struct claim {
  std::string name;
  std::string_view classification;
  std::string_view determination;
  bool found_benign = false; ///< by the automated investigation
  seams::instant classified_at;
  record_ids from;
};

/// The alerts of a case or, where none can be read, its incidents.
auto claims_of(const dossier& file) -> std::vector<claim> {
  auto out = std::vector<claim>();
  for (const auto* one : file.what.alerts) {
    const auto found_benign = one->investigation == "benign" && one->status == "resolved";
    out.push_back({"'" + one->title + "'",
                   one->classification,
                   one->determination,
                   found_benign,
                   one->classified_at,
                   grounds(*one)});
  }
  if (!out.empty()) {
    return out;
  }
  for (const auto* one : file.what.incidents) {
    if (!is_merged_away(*one)) {
      out.push_back({"incident '" + one->title + "'",
                     one->classification,
                     one->determination,
                     false,
                     one->classified_at,
                     {one->from}});
    }
  }
  return out;
}

// What Microsoft says.

template <judgement Said> auto judged_as(const dossier& file) -> answer {
  auto out = findings_list();
  for (const auto& thing : file.what.judged) {
    const auto& stands = file.judged.find(thing)->second;
    if (stands.worst == Said && !stands.cleared) {
      out.add(shown(thing), stands.from);
    }
  }
  return out.done();
}

template <bool AboutClicks> auto alerted(const dossier& file) -> answer {
  auto out = findings_list();
  for (const auto* one : file.what.alerts) {
    const auto reported = holds(seams::lower_case(one->title), "reported by user");
    const auto counts = !is_minor(*one) && !reported && !is_taken_back(*one);
    if (is_click_alert(one->title) == AboutClicks && counts) {
      out.add("'" + one->title + "'", {one->from});
    }
  }
  if (!AboutClicks && file.what.alerts.empty()) {
    for (const auto* one : file.what.incidents) {
      if (!is_merged_away(*one) && !is_minor(*one) && !is_taken_back(*one)) {
        out.add("incident '" + one->title + "'", {one->from});
      }
    }
  }
  return out.done();
}

auto confirmed(const dossier& file) -> answer {
  auto out = findings_list();
  for (const auto* one : file.what.alerts) {
    if (is_confirmed(*one)) {
      out.add("'" + one->title + "'", {one->from});
    }
  }
  for (const auto* one : file.what.incidents) {
    if (is_confirmed(*one)) {
      out.add("incident '" + one->title + "'", {one->from});
    }
  }
  return out.done();
}

auto reported(const dossier& file) -> answer {
  auto out = findings_list();
  for (const auto* mail : file.what.letters) {
    for (const auto* one : mail->facts) {
      if (one->user_reported) {
        out.add(one->recipient.empty() ? "a user" : one->recipient, {one->from});
      }
    }
  }
  for (const auto* one : file.what.alerts) {
    if (holds(seams::lower_case(one->title), "reported by user")) {
      out.add(one->users.empty() ? "a user" : one->users.front(), {one->from});
    }
  }
  return out.done();
}

// What people did with it.

auto still_delivered(const dossier& file) -> answer {
  auto out = findings_list();
  for (const auto* mail : file.what.letters) {
    for (const auto* one : mail->facts) {
      if (!one->recipient.empty() && mail->way != direction::outbound &&
          last_place(*mail, one->recipient) == delivery::delivered) {
        out.add(one->recipient, {one->from});
      }
    }
  }
  return out.done();
}

auto removed(const dossier& file) -> answer {
  auto out = findings_list();
  for (const auto* mail : file.what.letters) {
    for (const auto* one : mail->facts) {
      if (one->where == delivery::removed &&
          last_place(*mail, one->recipient) == delivery::removed) {
        out.add(one->recipient.empty() ? shown(mail->id) : one->recipient, {one->from});
      }
    }
  }
  return out.done();
}

template <exposure How> auto exposed(const dossier& file) -> answer {
  auto out = findings_list();
  for (const auto& user : file.users) {
    if (user.how == How) {
      out.add(user.user, user.from);
    }
  }
  return out.done();
}

template <clicks::action Met> auto stopped(const dossier& file) -> answer {
  auto out = findings_list();
  for (const auto* one : file.clicks) {
    if (one->met == Met) {
      out.add(one->user, one->from);
    }
  }
  return out.done();
}

auto several_users(const dossier& file) -> answer {
  auto count = 0;
  auto from = record_ids();
  for (const auto& user : file.users) {
    if (user.how >= exposure::clicked_before_verdict) {
      ++count;
      append(from, user.from);
    }
  }
  settle(from);
  return count > 1 ? answer({std::to_string(count), std::move(from)}) : std::nullopt;
}

auto mail_and_teams(const dossier& file) -> answer {
  auto mail = false;
  auto teams = false;
  auto out = findings_list();
  for (const auto* one : file.what.letters) {
    mail = mail || one->id.starts_with("mail:");
    teams = teams || one->id.starts_with("teams:");
    out.add(shown(one->id), {one->facts.front()->from});
  }
  for (const auto* one : file.clicks) {
    mail = mail || one->in == medium::email;
    teams = teams || one->in == medium::teams;
    out.add(one->user + "'s click", one->from);
  }
  return mail && teams ? out.done() : std::nullopt;
}

// After the click. The rule has the name of the sign.

template <const char* Name> auto signed_by(const dossier& file) -> answer {
  auto out = findings_list();
  for (const auto* one : file.signs) {
    if (one->rule == Name) {
      out.add(one->says, one->from);
    }
  }
  return out.done();
}

constexpr char risky_sign_in[] = "risky_sign_in";
constexpr char account_risk[] = "account_risk";
constexpr char new_country[] = "new_country";
constexpr char new_network[] = "new_network";
constexpr char mfa_failures[] = "mfa_failures";
constexpr char password_guessed[] = "password_guessed";
constexpr char app_consent[] = "app_consent";
constexpr char forwarding_rule[] = "forwarding_rule";
constexpr char hiding_rule[] = "hiding_rule";
constexpr char mailbox_forwarding[] = "mailbox_forwarding";
constexpr char mass_mail_read[] = "mass_mail_read";
constexpr char mail_sent_onward[] = "mail_sent_onward";

// Who and how.

auto privileged_user(const dossier& file) -> answer {
  auto out = findings_list();
  for (const auto& user : file.users) {
    for (const auto& one : user.context) {
      if (one.starts_with("privileged: ")) {
        out.add(user.user + " (" + one.substr(12) + ")", user.from);
      }
    }
  }
  return out.done();
}

auto unmanaged_device(const dossier& file) -> answer {
  auto out = findings_list();
  for (const auto& user : file.users) {
    if (user.device == device_state::unmanaged && user.how >= exposure::pending_scan) {
      out.add(user.user, user.from);
    }
  }
  return out.done();
}

auto out_of_office(const dossier& file) -> answer {
  auto out = findings_list();
  for (const auto& user : file.users) {
    const auto away = std::ranges::find(user.context, "out of office") != user.context.end();
    if (away && user.how >= exposure::pending_scan) {
      out.add(user.user, user.from);
    }
  }
  return out.done();
}

auto internal_sender(const dossier& file) -> answer {
  auto out = findings_list();
  for (const auto* mail : file.what.letters) {
    if (mail->way == direction::internal && !mail->sender.empty()) {
      out.add(mail->sender, {mail->facts.front()->from});
    }
  }
  return out.done();
}

auto let_through(const dossier& file) -> answer {
  auto out = findings_list();
  for (const auto* mail : file.what.letters) {
    for (const auto* one : mail->facts) {
      if (!one->override_by.empty() && !is_simulation(*mail, file.how)) {
        out.add(one->override_by, {one->from});
      }
    }
  }
  return out.done();
}

// What ends a case as benign.

/// A case with a click from elsewhere is not explained by the simulation in it.
auto simulation(const dossier& file) -> answer {
  auto out = findings_list();
  for (const auto* mail : file.what.letters) {
    if (!is_simulation(*mail, file.how)) {
      return std::nullopt;
    }
    for (const auto* one : mail->facts) {
      out.add(mail->sender.empty() ? shown(mail->id) : mail->sender, {one->from});
    }
  }
  for (const auto* one : file.what.clicks) {
    const auto inside = std::ranges::any_of(
        file.what.letters, [&](const letter* mail) { return mail->id == one->message; });
    if (!inside) {
      return std::nullopt;
    }
  }
  return out.done();
}

/// Whether somebody accused a thing of the case after `when`, and did not take it back.
auto accused_since(const dossier& file, seams::instant when) -> bool {
  return std::ranges::any_of(file.what.judged, [&](const std::string& thing) {
    const auto& stands = file.judged.find(thing)->second;
    return !stands.cleared && stands.last_accused && *stands.last_accused > when;
  });
}

auto all_cleared(const dossier& file) -> bool {
  return std::ranges::all_of(file.what.judged, [&](const std::string& thing) {
    return file.judged.find(thing)->second.cleared;
  });
}

/// All claims of the case were taken back, and nothing bad was said since; or there are none and
/// whoever judged its links and messages took that back.
auto false_positive(const dossier& file) -> answer {
  const auto claims = claims_of(file);
  auto out = findings_list();
  auto latest = seams::instant();
  for (const auto& one : claims) {
    const auto found_benign = one.found_benign && all_cleared(file);
    if (!is_taken_back(one) && !found_benign) {
      return std::nullopt;
    }
    latest = std::max(latest, one.classified_at);
    out.add(one.name, one.from);
  }
  const auto still_accused = claims.empty() ? !all_cleared(file) : accused_since(file, latest);
  if (still_accused) {
    return std::nullopt;
  }
  for (const auto& thing : file.what.judged) {
    const auto& stands = file.judged.find(thing)->second;
    if (stands.cleared) {
      out.add(shown(thing), stands.from);
    }
  }
  return out.done();
}

auto expected_activity(const dossier& file) -> answer {
  auto out = findings_list();
  auto latest = seams::instant();
  for (const auto& one : claims_of(file)) {
    if (!is_expected(one)) {
      return std::nullopt;
    }
    latest = std::max(latest, one.classified_at);
    out.add(one.determination.empty() ? one.name
                                      : fmt::format("{}, {}", one.name, one.determination),
            one.from);
  }
  return accused_since(file, latest) ? std::nullopt : out.done();
}

/// Every click is on a test address, or by a known tester; and nothing else that is judged reached
/// anybody but testers.
auto test_link(const dossier& file) -> answer {
  const auto is_tester = [&](const std::string& user) {
    return std::ranges::find(file.how.testers, user) != file.how.testers.end();
  };
  const auto is_test_host = [&](const std::string& url) {
    return std::ranges::any_of(file.how.test_hosts, [&](const std::string& host) {
      const auto rest = url.substr(std::min(url.size(), url.find("://") + 3));
      return rest == host || rest.starts_with(host + "/") || rest.starts_with(host + "?");
    });
  };
  const auto is_test = [&](const std::string& thing) {
    const auto mail = std::ranges::find(file.what.letters, thing, &letter::id);
    return mail == file.what.letters.end()
               ? is_test_host(thing)
               : !(*mail)->urls.empty() && std::ranges::all_of((*mail)->urls, is_test_host);
  };
  const auto all_test = std::ranges::all_of(file.what.judged, is_test);
  const auto all_testers = std::ranges::all_of(
      file.users, [&](const affected_user& user) { return is_tester(user.user); });
  auto out = findings_list();
  for (const auto* one : file.clicks) {
    if (!is_tester(one->user) && !is_test_host(one->url)) {
      return std::nullopt;
    }
    out.add(one->user + " opened " + shown(one->url), one->from);
  }
  return all_test || all_testers ? out.done() : std::nullopt;
}

/// Only scanners opened it, and nobody holds it to be malicious.
auto scanner_click(const dossier& file) -> answer {
  const auto accused =
      judged_as<judgement::malicious>(file) || alerted<true>(file) || alerted<false>(file);
  if (accused || file.clicks.size() > file.like_scanners.size()) {
    return std::nullopt;
  }
  auto out = findings_list();
  for (const auto* clicks : {&file.by_scanners, &file.like_scanners}) {
    for (const auto* one : *clicks) {
      out.add(one->address, one->from);
    }
  }
  return out.done();
}

constexpr auto rules = std::to_array<rule>({
    {"malicious_verdict", false, judged_as<judgement::malicious>},
    {"suspicious_verdict", false, judged_as<judgement::suspicious>},
    {"click_alert", false, alerted<true>},
    {"other_alert", false, alerted<false>},
    {"confirmed", false, confirmed},
    {"user_report", false, reported},
    {"delivered", false, still_delivered},
    {"link_blocked", false, stopped<clicks::action::blocked>},
    {"tenant_block", false, stopped<clicks::action::blocked_by_tenant>},
    {"clicked_before_verdict", false, exposed<exposure::clicked_before_verdict>},
    {"clicked_through", false, exposed<exposure::clicked_through>},
    {"pending_scan", false, exposed<exposure::pending_scan>},
    {"click_failed", false, exposed<exposure::click_failed>},
    {"several_users", false, several_users},
    {"mail_and_teams", false, mail_and_teams},
    {risky_sign_in, false, signed_by<risky_sign_in>},
    {account_risk, false, signed_by<account_risk>},
    {new_country, false, signed_by<new_country>},
    {new_network, false, signed_by<new_network>},
    {mfa_failures, false, signed_by<mfa_failures>},
    {password_guessed, false, signed_by<password_guessed>},
    {app_consent, false, signed_by<app_consent>},
    {forwarding_rule, false, signed_by<forwarding_rule>},
    {hiding_rule, false, signed_by<hiding_rule>},
    {mailbox_forwarding, false, signed_by<mailbox_forwarding>},
    {mass_mail_read, false, signed_by<mass_mail_read>},
    {mail_sent_onward, false, signed_by<mail_sent_onward>},
    {"privileged_user", false, privileged_user},
    {"unmanaged_device", false, unmanaged_device},
    {"internal_sender", false, internal_sender},
    {"out_of_office", false, out_of_office},
    {"let_through", false, let_through},
    {"removed", false, removed},
    {"simulation", true, simulation},
    {"false_positive", true, false_positive},
    {"expected_activity", true, expected_activity},
    {"test_link", true, test_link},
    {"scanner_click", true, scanner_click},
});

/// The sentence with what was found in place of "{}".
auto explained(const std::string& sentence, const std::string& what) -> std::string {
  const auto at = sentence.find("{}");
  return at == std::string::npos ? sentence
                                 : sentence.substr(0, at) + what + sentence.substr(at + 2);
}

} // namespace

auto all_rules() -> std::span<const rule> {
  return rules;
}

auto fired(const dossier& file) -> std::vector<finding> {
  auto out = std::vector<finding>();
  for (const auto& one : rules) {
    const auto* row = file.how.rule(one.name);
    if (row == nullptr || !row->on) {
      continue;
    }
    if (auto hit = one.look(file)) {
      out.push_back({row->name,
                     row->weight,
                     row->urgency,
                     explained(row->says, hit->what),
                     std::move(hit->from)});
    }
  }
  return out;
}

auto is_clearing(std::string_view rule_name) -> bool {
  const auto* one = std::ranges::find(rules, rule_name, &rule::name);
  return one != rules.end() && one->clears;
}

} // namespace core::triage
