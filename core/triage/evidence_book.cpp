#include "core/triage/evidence_book.hpp"

#include "core/triage/words.hpp"

#include <tuple>

namespace core::triage {
namespace {

/// Of facts that are sorted by name and then by version, the last of each name.
template <class Fact, class Name> void keep_newest(std::vector<Fact>& facts, Name name) {
  auto out = std::vector<Fact>();
  for (auto& one : facts) {
    if (!out.empty() && name(out.back()) == name(one)) {
      out.back() = std::move(one);
    } else {
      out.push_back(std::move(one));
    }
  }
  facts = std::move(out);
}

/// Whether an analyst's word is the same in both versions of an alert or incident.
auto is_classified_alike(const auto& a, const auto& b) -> bool {
  return a.classification == b.classification && a.determination == b.determination;
}

/// Graph knows more of an alert than the audit log does: it has the last word if both speak.
auto outranks(const alert& a, const alert& b) -> bool {
  const auto from_graph = [](const alert& one) { return !one.from.feed.starts_with("audit"); };
  return std::tuple(from_graph(a), a.updated, a) > std::tuple(from_graph(b), b.updated, b);
}

void merge_alerts(std::vector<alert>& alerts) {
  auto out = std::vector<alert>();
  for (auto& one : alerts) {
    one.classified_at = one.updated;
    if (out.empty() || out.back().id != one.id) {
      out.push_back(std::move(one));
      continue;
    }
    auto both = std::pair(std::move(out.back()), std::move(one));
    const auto newer_first = outranks(both.second, both.first);
    auto& kept = newer_first ? both.second : both.first;
    const auto& other = newer_first ? both.first : both.second;
    if (is_classified_alike(kept, other)) {
      kept.classified_at = std::min(kept.classified_at, other.classified_at);
    }
    for (const auto list : {&alert::things, &alert::users, &alert::devices, &alert::allowed}) {
      append(kept.*list, other.*list);
      settle(kept.*list);
    }
    out.back() = std::move(kept);
  }
  alerts = std::move(out);
}

void keep_newest_incidents(std::vector<incident>& incidents) {
  for (auto i = std::size_t{0}; i < incidents.size(); ++i) {
    auto& one = incidents[i];
    const auto goes_on =
        i > 0 && incidents[i - 1].id == one.id && is_classified_alike(incidents[i - 1], one);
    one.classified_at = goes_on ? incidents[i - 1].classified_at : one.updated;
  }
  keep_newest(incidents, [](const incident& one) { return one.id; });
}

/// Whoever classifies an incident as no attack says so of its alerts that were there by then and
/// that nobody classified by themselves.
void inherit_classifications(evidence& known) {
  for (auto& one : known.alerts) {
    const auto whole = std::ranges::lower_bound(known.incidents, one.incident, {}, &incident::id);
    const auto is_open = one.classification.empty() || one.classification == "unknown";
    if (!is_open || whole == known.incidents.end() || whole->id != one.incident ||
        one.created.value_or(one.updated) > whole->classified_at) {
      continue;
    }
    if (whole->classification == "falsepositive" ||
        whole->classification == "informationalexpectedactivity") {
      one.classification = whole->classification;
      one.determination = whole->determination;
      one.classified_at = whole->classified_at;
      one.classified_by = whole->from;
    }
  }
}

/// A false positive takes back what the alert said of its things, from then on.
void reverse_false_positives(evidence& known) {
  for (const auto& one : known.alerts) {
    if (one.classification == "falsepositive" || one.determination == "notmalicious") {
      for (const auto& thing : one.things) {
        known.verdicts.push_back({one.classified_at, judgement::clean, thing, one.title, one.from});
      }
    }
  }
  settle(known.verdicts);
}

/// People by id: the directory's own word before what sign-ins tell in passing.
void merge_people(std::vector<person>& people) {
  std::ranges::sort(people, [](const person& a, const person& b) {
    const auto rank = [](const person& one) {
      return std::tuple(one.id, one.from.feed == "users", one.from.version);
    };
    return rank(a) != rank(b) ? rank(a) < rank(b) : a < b;
  });
  keep_newest(people, [](const person& one) { return one.id; });
  std::ranges::sort(people, {}, [](const person& one) { return std::tie(one.user, one.id); });
}

/// Of a sign-in that both logs tell of, the sign-in log's word counts: it knows more.
void prefer_sign_in_log(std::vector<sign_in>& sign_ins) {
  constexpr auto same_sign_in = std::chrono::minutes{1};
  const auto from_log = [](const sign_in& one) { return one.from.feed == "sign_ins"; };
  auto logged = std::map<std::pair<std::string, std::string>, std::set<seams::instant>>();
  for (const auto& one : sign_ins) {
    if (from_log(one)) {
      logged[{one.user, one.address}].insert(one.at);
    }
  }
  std::erase_if(sign_ins, [&](const sign_in& one) {
    const auto known = from_log(one) ? logged.end() : logged.find({one.user, one.address});
    if (known == logged.end()) {
      return false;
    }
    const auto near = known->second.lower_bound(one.at - same_sign_in);
    return near != known->second.end() && *near <= one.at + same_sign_in;
  });
}

auto medium_of(const std::string& workload) -> medium {
  return workload == "email"    ? medium::email
         : workload == "teams"  ? medium::teams
         : workload == "office" ? medium::office
                                : medium::unknown;
}

auto joined_click(const clicks::click& what, const std::map<std::string, click_source>& sources)
    -> click {
  auto out = click();
  out.at = what.at;
  out.user = address_key(what.user);
  out.url = url_key(what.url);
  out.message = what.network_message_id.empty() ? teams_key("", what.teams_message_id)
                                                : mail_key(what.network_message_id);
  out.in = medium_of(what.workload);
  out.met = what.met;
  out.went_on = what.clicked_through;
  for (const auto& key : what.records) {
    const auto& source = sources.at(key);
    out.address = std::max(out.address, source.address);
    out.threat_known = out.threat_known || source.threat_known;
    out.from.push_back(source.from);
  }
  settle(out.from);
  return out;
}

/// The clicks feed and the audit feed may both hold a record: it is read once.
auto join_clicks(std::vector<click_source> found) -> std::vector<click> {
  auto sources = std::map<std::string, click_source>();
  std::ranges::sort(found, [](const click_source& a, const click_source& b) {
    const auto rank = [](const click_source& one) {
      return std::tuple(one.said.key, one.from.feed != "safe_links", one.from);
    };
    return rank(a) < rank(b);
  });
  auto readings = std::vector<clicks::reading>();
  for (auto& one : found) {
    auto said = one.said;
    if (sources.emplace(one.said.key, std::move(one)).second) {
      readings.push_back(std::move(said));
    }
  }
  auto out = std::vector<click>();
  for (const auto& one : clicks::join(std::move(readings))) {
    out.push_back(joined_click(one, sources));
  }
  settle(out);
  return out;
}

/// Clicks name a Teams message without its thread; ids are unique within a thread only. Where one
/// thread alone has a message of that id, it is the one.
void name_threads(evidence& known) {
  constexpr auto nameless = std::string_view("teams:?/");
  auto full = std::map<std::string, std::set<std::string>>();
  for (const auto& one : known.messages) {
    if (one.id.starts_with("teams:") && !one.id.starts_with(nameless)) {
      full[one.id.substr(one.id.rfind('/') + 1)].insert(one.id);
    }
  }
  const auto complete = [&](std::string& key) {
    const auto found =
        key.starts_with(nameless) ? full.find(key.substr(nameless.size())) : full.end();
    if (found != full.end() && found->second.size() == 1) {
      key = *found->second.begin();
    }
  };
  for (auto& one : known.messages) {
    complete(one.id);
  }
  for (auto& one : known.clicks) {
    complete(one.message);
  }
  for (auto& one : known.verdicts) {
    complete(one.of);
  }
}

/// A page that Safe Links shows in a click's way, or a threat in its record, is a verdict too.
void judge_by_clicks(evidence& known) {
  for (const auto& one : known.clicks) {
    if (one.url.empty() || one.from.empty()) {
      continue;
    }
    if (one.met == clicks::action::blocked || one.threat_known) {
      known.verdicts.push_back(
          {one.at, judgement::malicious, one.url, "Safe Links", one.from.front()});
    } else if (one.went_on) {
      known.verdicts.push_back(
          {one.at, judgement::suspicious, one.url, "Safe Links", one.from.front()});
    }
  }
}

} // namespace

void evidence_book::add(const record& one) {
  feeds_.insert(one.feed);
  read_record(one, facts_);
}

auto evidence_book::settle() -> evidence {
  auto out = std::move(facts_.known);
  out.clicks = join_clicks(std::move(facts_.clicks));
  name_threads(out);
  judge_by_clicks(out);
  triage::settle(out.messages);
  triage::settle(out.verdicts);
  triage::settle(out.alerts);
  triage::settle(out.incidents);
  triage::settle(out.investigations);
  triage::settle(out.sign_ins);
  triage::settle(out.changes);
  triage::settle(out.devices);
  triage::settle(out.absences);
  triage::settle(out.policies);
  std::ranges::sort(out.risks, [](const risk& a, const risk& b) {
    return std::tie(a.id, a.from.feed, a.updated, a) < std::tie(b.id, b.from.feed, b.updated, b);
  });
  triage::settle(out.clicks);
  merge_alerts(out.alerts);
  merge_people(out.people);
  prefer_sign_in_log(out.sign_ins);
  keep_newest_incidents(out.incidents);
  keep_newest(out.investigations, [](const investigation& one) { return one.id; });
  keep_newest(out.risks, [](const risk& one) { return std::tie(one.id, one.from.feed); });
  keep_newest(out.devices, [](const device& one) { return one.id; });
  keep_newest(out.policies, [](const link_policy& one) { return one.name; });
  inherit_classifications(out);
  reverse_false_positives(out);
  out.gaps = gaps_of(std::move(health_), feeds_);
  facts_ = {};
  feeds_.clear();
  return out;
}

} // namespace core::triage
