#include "core/triage/correlate.hpp"

#include "core/seams/letters.hpp"
#include "core/triage/words.hpp"

#include <numeric>
#include <set>
#include <tuple>

namespace core::triage {
namespace {

/// Disjoint sets over natural keys.
class key_groups {
public:
  auto node(const std::string& key) -> std::size_t {
    const auto [found, is_new] = index_.emplace(key, parents_.size());
    if (is_new) {
      parents_.push_back(parents_.size());
    }
    return found->second;
  }
  void join(const std::string& a, const std::string& b) { parents_[root(node(a))] = root(node(b)); }
  auto root(std::size_t at) -> std::size_t {
    while (parents_[at] != at) {
      parents_[at] = parents_[parents_[at]];
      at = parents_[at];
    }
    return at;
  }
  [[nodiscard]] auto keys() const -> const std::map<std::string, std::size_t>& { return index_; }

private:
  std::map<std::string, std::size_t> index_;
  std::vector<std::size_t> parents_;
};

/// Which links, messages and files may join others.
class glue {
public:
  glue(const letters& mails, const standings& judged, const settings& how)
      : judged_(judged), how_(how) {
    for (const auto& [id, one] : mails) {
      for (const auto& url : one.urls) {
        if (judged.contains(url) && !one.sender.empty()) {
          senders_[url].insert(domain_of(one.sender));
        }
      }
    }
  }

  [[nodiscard]] auto holds_together(const std::string& thing) const -> bool {
    if (thing.starts_with("mail:") || thing.starts_with("teams:")) {
      return true;
    }
    const auto found = judged_.find(thing);
    if (found == judged_.end() || found->second.worst == judgement::clean) {
      return false;
    }
    const auto senders = senders_.find(thing);
    return found->second.worst == judgement::malicious || senders == senders_.end() ||
           static_cast<std::int64_t>(senders->second.size()) <= how_.sender_domains;
  }

private:
  const standings& judged_;
  const settings& how_;
  std::map<std::string, std::set<std::string>> senders_;
};

auto click_key(const click& one) -> std::string {
  return "click:" + (one.from.empty() ? std::string() : one.from.front().key);
}

auto join_all(const evidence& known, const letters& mails, const glue& sticks) -> key_groups {
  auto out = key_groups();
  for (const auto& one : known.alerts) {
    out.node(one.id);
    if (!one.incident.empty()) {
      out.join(one.id, one.incident);
    }
    for (const auto& thing : one.things) {
      if (sticks.holds_together(thing)) {
        out.join(one.id, thing);
      }
    }
  }
  for (const auto& one : known.incidents) {
    out.node(one.id);
    if (!one.redirected_to.empty()) {
      out.join(one.id, one.redirected_to);
    }
  }
  for (const auto& [id, one] : mails) {
    out.node(id);
    for (const auto* things : {&one.urls, &one.files}) {
      for (const auto& thing : *things) {
        if (sticks.holds_together(thing)) {
          out.join(id, thing);
        }
      }
    }
  }
  for (const auto& one : known.clicks) {
    const auto key = click_key(one);
    out.node(key);
    if (!one.message.empty()) {
      out.join(key, one.message);
    }
    if (sticks.holds_together(one.url)) {
      out.join(key, one.url);
    }
  }
  return out;
}

auto reached_somebody(const letter& mail) -> bool {
  return std::ranges::any_of(mail.facts, [](const message* one) {
    return one->where == delivery::delivered || one->where == delivery::junked ||
           one->where == delivery::removed;
  });
}

auto bad(const standings& judged, const std::string& thing) -> bool {
  const auto found = judged.find(thing);
  return found != judged.end() && found->second.worst != judgement::clean;
}

auto is_worth_a_case(const cluster& one, const standings& judged, const settings& how) -> bool {
  const auto lives = [](const incident* entry) { return !is_merged_away(*entry); };
  if (!one.alerts.empty() || std::ranges::any_of(one.incidents, lives)) {
    return true;
  }
  const auto alarming = [&](const click* entry) {
    return entry->met == clicks::action::blocked ||
           entry->met == clicks::action::blocked_by_tenant ||
           entry->met == clicks::action::scan_pending || entry->went_on || bad(judged, entry->url);
  };
  const auto telling = [&](const letter* mail) {
    const auto reported = std::ranges::any_of(mail->facts, &message::user_reported);
    const auto judged_bad =
        bad(judged, mail->id) ||
        std::ranges::any_of(mail->urls, [&](const std::string& url) { return bad(judged, url); });
    return reported || (judged_bad && reached_somebody(*mail)) ||
           (is_simulation(*mail, how) && !one.clicks.empty());
  };
  return std::ranges::any_of(one.clicks, alarming) || std::ranges::any_of(one.letters, telling);
}

void put_in_order(cluster& one) {
  settle(one.keys);
  settle(one.judged);
  std::ranges::sort(one.letters, {}, &letter::id);
  std::ranges::sort(one.clicks, [](const click* a, const click* b) { return *a < *b; });
  std::ranges::sort(one.alerts, {}, &alert::id);
  std::ranges::sort(one.incidents, {}, &incident::id);
}

auto is_earlier(const message& a, const message& b) -> bool {
  return std::tie(a.at, a.where, a) < std::tie(b.at, b.where, b);
}

} // namespace

auto standings_of(const std::vector<verdict>& verdicts) -> standings {
  struct said_by {
    std::optional<seams::instant> bad;
    std::optional<seams::instant> good;
  };
  auto sources = std::map<std::string, std::map<std::pair<std::string, std::string>, said_by>>();
  auto out = standings();
  for (const auto& one : verdicts) {
    if (one.of.empty()) {
      continue;
    }
    auto& thing = out[one.of];
    auto& source = sources[one.of][{one.from.feed, one.from.key}];
    auto& moment = one.says == judgement::clean ? source.good : source.bad;
    moment = std::max(moment.value_or(one.at), one.at);
    thing.worst = std::max(thing.worst, one.says);
    thing.from.push_back(one.from);
    if (one.says != judgement::clean) {
      thing.last_accused = std::max(thing.last_accused.value_or(one.at), one.at);
    }
    if (one.says == judgement::malicious) {
      thing.malicious_since = std::min(thing.malicious_since.value_or(one.at), one.at);
    }
  }
  for (auto& [name, thing] : out) {
    settle(thing.from);
    thing.cleared =
        thing.worst != judgement::clean &&
        std::ranges::all_of(sources[name], [](const auto& entry) {
          return !entry.second.bad || (entry.second.good && *entry.second.good > *entry.second.bad);
        });
  }
  return out;
}

auto letters_of(const std::vector<message>& messages) -> letters {
  auto out = letters();
  for (const auto& one : messages) {
    auto& mail = out[one.id];
    mail.id = one.id;
    mail.sender = std::max(mail.sender, one.sender);
    mail.subject = std::max(mail.subject, one.subject);
    mail.way = std::max(mail.way, one.way);
    append(mail.urls, one.urls);
    append(mail.files, one.files);
    mail.facts.push_back(&one);
    if (one.where != delivery::unknown) {
      auto& last = mail.last[one.recipient];
      last = last == nullptr || is_earlier(*last, one) ? &one : last;
    }
  }
  for (auto& [id, mail] : out) {
    std::erase(mail.urls, std::string());
    settle(mail.urls);
    settle(mail.files);
  }
  return out;
}

auto last_place(const letter& mail, const std::string& recipient) -> delivery {
  const message* last = nullptr;
  for (const auto& name : {recipient, std::string()}) {
    const auto found = mail.last.find(name);
    if (found != mail.last.end() && (last == nullptr || is_earlier(*last, *found->second))) {
      last = found->second;
    }
  }
  return last == nullptr ? delivery::unknown : last->where;
}

auto is_merged_away(const incident& one) -> bool {
  return one.status == "redirected";
}

auto is_simulation(const letter& mail, const settings& how) -> bool {
  const auto known = [&](const std::string& sender) {
    return sender == mail.sender || sender == domain_of(mail.sender);
  };
  return std::ranges::any_of(how.simulation_senders, known) ||
         std::ranges::any_of(mail.facts, [](const message* one) {
           return holds(seams::lower_case(one->override_by), "simulation");
         });
}

auto correlate(const evidence& known,
               const letters& mails,
               const standings& judged,
               const settings& how) -> std::vector<cluster> {
  auto groups = join_all(known, mails, glue(mails, judged, how));
  auto by_root = std::map<std::size_t, cluster>();
  const auto place = [&](const std::string& key) -> cluster& {
    return by_root[groups.root(groups.node(key))];
  };
  for (const auto& one : known.alerts) {
    place(one.id).alerts.push_back(&one);
  }
  for (const auto& one : known.incidents) {
    place(one.id).incidents.push_back(&one);
  }
  for (const auto& [id, one] : mails) {
    place(id).letters.push_back(&one);
  }
  for (const auto& one : known.clicks) {
    place(click_key(one)).clicks.push_back(&one);
  }
  for (const auto& [key, node] : groups.keys()) {
    auto& home = place(key);
    home.keys.push_back(key);
    if (bad(judged, key)) {
      home.judged.push_back(key);
    }
  }
  auto out = std::vector<cluster>();
  for (auto& [root, one] : by_root) {
    if (is_worth_a_case(one, judged, how)) {
      put_in_order(one);
      out.push_back(std::move(one));
    }
  }
  std::ranges::sort(out, {}, &cluster::keys);
  return out;
}

} // namespace core::triage
