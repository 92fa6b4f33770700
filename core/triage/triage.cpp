#include "core/triage/triage.hpp"

#include "core/triage/actions.hpp"
#include "core/triage/rules.hpp"
#include "core/triage/words.hpp"

#include <fmt/format.h>

#include <array>
#include <set>
#include <tuple>

namespace core::triage {
namespace {

/// Nothing is certain.
constexpr auto confidence_max = 99;

/// What each feed would tell of a case, where its absence leaves something open.
struct question {
  std::string_view feed;
  std::string_view tells;
};
constexpr auto questions = std::to_array<question>({
    {"alerts", "whether Defender raised alerts"},
    {"audit_exchange", "whether inbox rules were made or mail was read"},
    {"audit_entra", "whether an app got consent"},
    {"devices", "whether the device is managed"},
    {"email_events", "who received the mail, and where it lies"},
    {"mailbox_settings", "whether people were out of office"},
    {"risk_detections", "whether Entra ID holds the accounts at risk"},
    {"safe_links", "who clicked"},
    {"sign_ins", "sign-ins after the click, and the device"},
    {"teams_messages", "who else got the Teams message"},
});

auto is_sign(const std::string& rule) -> bool {
  constexpr auto first = std::string_view("risky_sign_in");
  constexpr auto last = std::string_view("mail_sent_onward");
  const auto rules = all_rules();
  const auto at = std::ranges::find(rules, rule, &triage::rule::name);
  return at >= std::ranges::find(rules, first, &triage::rule::name) &&
         at <= std::ranges::find(rules, last, &triage::rule::name) && at != rules.end();
}

/// How sure of an attack, and how much harm.
struct score {
  int attack = 0;
  int urgency = 0;

  void add(const finding& one) {
    attack += one.weight;
    urgency += one.urgency;
  }
  auto operator<=>(const score&) const = default;
};

/// Signs of different people do not add up: a campaign meets people who travel and people who tidy
/// their mailboxes. The person who shows most counts.
auto most_by_one_person(const std::vector<finding>& findings, const std::vector<const sign*>& signs)
    -> score {
  auto rules_of = std::map<std::string, std::set<std::string>>();
  for (const auto* one : signs) {
    rules_of[one->user].insert(one->rule);
  }
  auto out = score();
  for (const auto& [who, rules] : rules_of) {
    auto sum = score();
    for (const auto& one : findings) {
      if (rules.contains(one.rule)) {
        sum.add(one);
      }
    }
    out = std::max(out, sum);
  }
  return out;
}

void judge(triage_case& one, const dossier& file) {
  const auto& how = file.how;
  auto sum = most_by_one_person(one.findings, file.signs);
  auto cleared = 0;
  auto grave = false;
  for (const auto& entry : one.findings) {
    if (is_clearing(entry.rule)) {
      cleared = std::max(cleared, entry.weight);
    } else if (is_sign(entry.rule)) {
      grave = grave || entry.weight >= how.grave_from;
    } else {
      sum.add(entry);
      grave = grave || entry.rule == "confirmed";
    }
  }
  const auto attack = std::min(sum.attack, confidence_max);
  if (cleared > 0 && !grave) {
    one.verdict = outcome::benign;
    one.confidence = cleared;
    one.priority = 4;
    return;
  }
  one.verdict = attack >= how.malicious_from    ? outcome::malicious
                : attack >= how.suspicious_from ? outcome::suspicious
                                                : outcome::inconclusive;
  one.confidence = attack;
  one.priority = sum.urgency >= how.p1_from   ? 1
                 : sum.urgency >= how.p2_from ? 2
                 : sum.urgency >= how.p3_from ? 3
                                              : 4;
  const auto most_urgent = one.verdict == outcome::malicious    ? 1
                           : one.verdict == outcome::suspicious ? 2
                                                                : 3;
  one.priority = std::max(one.priority, most_urgent);
}

void note_missing(triage_case& one, const evidence& known) {
  for (const auto& hole : known.gaps) {
    const auto* asks = std::ranges::find(questions, hole.feed, &question::feed);
    if (asks != questions.end()) {
      one.missing.push_back(fmt::format("{}: would tell {}", hole.why, asks->tells));
    }
  }
  for (const auto& policy : known.policies) {
    if (!policy.tracks_clicks) {
      one.missing.push_back(fmt::format(
          "Safe Links policy '{}' does not track clicks: theirs are in no record", policy.name));
    }
  }
  settle(one.missing);
}

void note_investigations(triage_case& one, const dossier& file) {
  auto states = std::vector<std::string>();
  for (const auto* entry : file.what.alerts) {
    const auto& state = entry->investigation;
    if (!state.empty() && state != "unsupportedalerttype" && state != "unknown") {
      states.push_back(state);
    }
  }
  for (const auto& entry : file.known.investigations) {
    const auto about = std::ranges::any_of(
        entry.things, [&](const std::string& thing) { return has(file.what.keys, thing); });
    if (about) {
      states.push_back(entry.status);
      one.timeline.push_back({entry.at, "automated investigation: " + entry.status, {entry.from}});
    }
  }
  settle(states);
  if (!states.empty()) {
    one.notes.push_back(
        fmt::format("automated investigation for the mail: {}", fmt::join(states, ", ")));
  }
  const auto in_teams = std::ranges::any_of(
      file.what.keys, [](const std::string& key) { return key.starts_with("teams:"); });
  if (in_teams) {
    one.notes.emplace_back("no automated investigation covers Teams messages: remove them by hand");
  }
}

auto how_met(const click& one) -> std::string {
  const auto end = one.went_on ? ", went on" : "";
  return fmt::format("{} clicked {} ({}{})",
                     one.user,
                     one.url.substr(std::min<std::size_t>(one.url.size(), 4)),
                     clicks::name_of(one.met),
                     end);
}

void tell_messages(triage_case& one, const dossier& file) {
  for (const auto* mail : file.what.letters) {
    auto first = std::optional<event>();
    auto removed = std::optional<event>();
    for (const auto* fact : mail->facts) {
      if (!fact->at) {
        continue;
      }
      auto& place = fact->where == delivery::removed ? removed : first;
      const auto text = fact->where == delivery::removed
                            ? "taken out again: " + mail->subject
                            : fmt::format("{} from {}: {}",
                                          mail->id.starts_with("teams:") ? "Teams message" : "mail",
                                          mail->sender.empty() ? "an unknown sender" : mail->sender,
                                          mail->subject);
      if (!place || *fact->at < place->at) {
        place = event{*fact->at, text, {fact->from}};
      }
    }
    for (auto& entry : {first, removed}) {
      if (entry) {
        one.timeline.push_back(*entry);
      }
    }
  }
}

/// A verdict that comes late judges the clicks before it again.
void tell_verdicts(triage_case& one, const dossier& file) {
  for (const auto& thing : file.what.judged) {
    const auto& stands = file.judged.find(thing)->second;
    if (!stands.malicious_since) {
      continue;
    }
    const auto at = *stands.malicious_since;
    const auto before = std::ranges::count_if(file.clicks, [&](const click* entry) {
      return entry->url == thing && entry->at < at && at - entry->at <= file.how.look_back;
    });
    auto text = "judged malicious: " + thing.substr(thing.find(':') + 1);
    if (before > 0) {
      text += fmt::format("; {} click{} of the {} before judged again",
                          before,
                          before == 1 ? "" : "s",
                          seams::to_text(file.how.look_back));
    }
    one.timeline.push_back({at, std::move(text), stands.from});
  }
}

/// That an alert or incident was raised, and what an analyst called it.
void tell_claim(triage_case& one, std::string_view kind, const auto& entry) {
  one.timeline.push_back({entry.created.value_or(entry.updated),
                          fmt::format("{}: {}", kind, entry.title),
                          {entry.from}});
  if (!entry.classification.empty() && entry.classification != "unknown") {
    one.timeline.push_back(
        {entry.classified_at,
         fmt::format("{} classified {}: {}", kind, entry.classification, entry.title),
         {entry.from}});
  }
}

void tell(triage_case& one, const dossier& file) {
  tell_messages(one, file);
  tell_verdicts(one, file);
  for (const auto* entry : file.what.clicks) {
    one.timeline.push_back({entry->at, how_met(*entry), entry->from});
  }
  for (const auto* entry : file.what.alerts) {
    tell_claim(one, "alert", *entry);
  }
  for (const auto* entry : file.what.incidents) {
    if (!is_merged_away(*entry)) {
      tell_claim(one, "incident", *entry);
    }
  }
  for (const auto* entry : file.signs) {
    one.timeline.push_back({entry->at, entry->rule + ": " + entry->says, entry->from});
  }
  settle(one.timeline);
}

auto title_of(const triage_case& one, const dossier& file) -> std::string {
  for (const auto* mail : file.what.letters) {
    if (!mail->subject.empty()) {
      return mail->subject;
    }
  }
  if (!file.what.alerts.empty()) {
    return file.what.alerts.front()->title;
  }
  if (!file.what.incidents.empty()) {
    return file.what.incidents.front()->title;
  }
  if (!one.urls.empty()) {
    return one.urls.front();
  }
  if (!file.what.letters.empty()) {
    return "message from " + file.what.letters.front()->sender;
  }
  return file.signs.empty() ? one.id : file.signs.front()->rule + ": " + file.signs.front()->says;
}

auto make_case(dossier file, const triage_options& options) -> triage_case {
  auto one = triage_case();
  one.id = file.what.keys.front();
  one.aliases.assign(file.what.keys.begin() + 1, file.what.keys.end());
  append(one.aliases, file.aliases);
  settle(one.aliases);
  for (const auto* mail : file.what.letters) {
    one.messages.push_back(mail->id);
  }
  for (const auto& thing : file.what.judged) {
    if (thing.starts_with("url:")) {
      one.urls.push_back(thing.substr(4));
    }
  }
  for (const auto* entry : file.what.alerts) {
    one.alerts.push_back(entry->id);
  }
  for (const auto* entry : file.what.incidents) {
    one.incidents.push_back(entry->id);
  }
  one.findings = fired(file);
  judge(one, file);
  note_missing(one, file.known);
  note_investigations(one, file);
  tell(one, file);
  one.title = title_of(one, file);
  if (!one.timeline.empty()) {
    one.first = one.timeline.front().at;
    one.last = one.timeline.back().at;
  }
  one.actions = actions_for(file, one.verdict, options.roles);
  one.users = std::move(file.users);
  return one;
}

/// A run belongs to each case whose aftermath one of its signs is. Of people who are not known to
/// have met the link it must be worth a case by itself: everybody travels or tidies a mailbox now
/// and then.
auto belongs_to(const sign_run& run, const dossier& file) -> bool {
  const auto user = std::ranges::find(file.users, run.user, &affected_user::user);
  if (user == file.users.end() || !user->since || user->how == exposure::link_blocked ||
      (user->how == exposure::delivered_only && !stands_alone(run, file.how))) {
    return false;
  }
  return std::ranges::any_of(
      run.signs, [&](const sign* one) { return is_aftermath(*one, *user->since, file.how); });
}

/// Each record that shows a sign names it: late records change which of a burst comes first.
auto sign_keys(const sign& one) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& record : one.from) {
    out.push_back("sign:" + one.rule + ":" + record.key);
  }
  return out;
}

/// The case takes those signs of the run that are its aftermath; they are no longer `left`.
void attach(const sign_run& run, dossier& file, std::vector<const sign*>& left) {
  const auto user = std::ranges::find(file.users, run.user, &affected_user::user);
  for (const auto* one : run.signs) {
    append(file.aliases, sign_keys(*one));
    if (is_aftermath(*one, *user->since, file.how)) {
      file.signs.push_back(one);
      std::erase(left, one);
    }
  }
}

/// Whether the click opened something, and not only a page in its way.
auto reached_the_link(const click& one) -> bool {
  return one.went_on || one.met == clicks::action::allowed ||
         one.met == clicks::action::scan_pending;
}

/// Consent to an app soon after a link in a message was opened. Such links lead to Microsoft's own
/// page, which nobody judges malicious.
auto consents_after_a_click(const sign_run& run, const evidence& known, const settings& how)
    -> bool {
  return std::ranges::any_of(run.signs, [&](const sign* one) {
    return one->rule == "app_consent" && std::ranges::any_of(known.clicks, [&](const click& entry) {
             return entry.user == run.user && !entry.message.empty() && reached_the_link(entry) &&
                    entry.at <= one->at && one->at - entry.at <= how.consent_origin;
           });
  });
}

/// A run that no case explains is a case of its own, with the clicks it may have come from.
auto account_dossier(const sign_run& run,
                     const evidence& known,
                     const standings& judged,
                     const settings& how) -> dossier {
  auto what = cluster();
  auto first = run.signs.front()->at;
  for (const auto* one : run.signs) {
    append(what.keys, sign_keys(*one));
  }
  for (const auto& one : known.clicks) {
    if (reached_the_link(one) && one.user == run.user && one.at <= first &&
        first - one.at <= how.origin) {
      what.clicks.push_back(&one);
    }
  }
  settle(what.keys);
  auto out = make_dossier(known, judged, how, std::move(what));
  if (out.users.empty()) {
    auto user = affected_user();
    user.user = run.user;
    user.since = first;
    const auto privilege = privilege_of(known, run.user, how);
    if (!privilege.empty()) {
      user.context.push_back("privileged: " + privilege);
    }
    append(user.from, run.signs.front()->from);
    out.users.push_back(std::move(user));
  }
  out.signs = run.signs;
  return out;
}

} // namespace

auto triage_cases(const evidence& known, const triage_options& options)
    -> std::vector<triage_case> {
  const auto& how = options.rules == nullptr ? default_settings() : *options.rules;
  const auto judged = standings_of(known.verdicts);
  const auto mails = letters_of(known.messages);
  auto files = std::vector<dossier>();
  for (auto& one : correlate(known, mails, judged, how)) {
    files.push_back(make_dossier(known, judged, how, std::move(one)));
  }
  auto homes = std::map<std::string, std::vector<std::size_t>>();
  for (auto i = std::size_t{0}; i < files.size(); ++i) {
    for (const auto& user : files[i].users) {
      homes[user.user].push_back(i);
    }
  }
  const auto signs = signs_of(known, how);
  for (const auto& run : runs_of(signs, how)) {
    auto left = run;
    for (const auto i : homes[run.user]) {
      if (belongs_to(run, files[i])) {
        attach(run, files[i], left.signs);
      }
    }
    if (stands_alone(left, how) || consents_after_a_click(left, known, how)) {
      files.push_back(account_dossier(left, known, judged, how));
    }
  }
  auto out = std::vector<triage_case>();
  for (auto& file : files) {
    out.push_back(make_case(std::move(file), options));
  }
  std::ranges::sort(out, [](const triage_case& a, const triage_case& b) {
    return std::tie(a.priority, a.id) < std::tie(b.priority, b.id);
  });
  return out;
}

auto find_case(const std::vector<triage_case>& cases, std::string_view id) -> const triage_case* {
  for (const auto& one : cases) {
    if (one.id == id) {
      return &one;
    }
  }
  for (const auto& one : cases) {
    if (std::ranges::find(one.aliases, id) != one.aliases.end()) {
      return &one;
    }
  }
  return nullptr;
}

} // namespace core::triage
