#include "scenarios/run/completeness.hpp"

#include <algorithm>
#include <map>

namespace scenarios::run {
namespace {

using mock_graph::gone_reason;
using mock_graph::ledger_entry;

auto name_of(const ledger_entry& entry) -> std::string {
  return entry.feed + " " + entry.key + (entry.version.empty() ? "" : " @ " + entry.version);
}

/// How long the version could be fetched, outages left out. Outages come in order of their start.
auto time_on_offer(const ledger_entry& entry, const reader_terms& terms) -> seams::duration {
  const auto end = *entry.gone_at;
  auto offer = seams::duration::zero();
  auto from = entry.visible_at;
  for (const auto& down : terms.outages) {
    if (down.feed == entry.feed && down.until > from && down.from < end) {
      offer += std::max(down.from - from, seams::duration::zero());
      from = down.until;
    }
  }
  return offer + std::max(end - from, seams::duration::zero());
}

auto is_excused(const ledger_entry& entry, const reader_terms& terms) -> bool {
  return entry.gone_at && time_on_offer(entry, terms) < terms.chance;
}

auto is_declared(const ledger_entry& entry, const reader_terms& terms) -> bool {
  return std::ranges::any_of(terms.declared, [&](const core::health_entry& said) {
    return said.feed == entry.feed && said.state == "gap" && said.at >= entry.visible_at;
  });
}

/// Which requests for the feed were sent after the record became visible, at most the first two.
auto asked_after(const ledger_entry& entry, const std::vector<exchange_note>& exchanges)
    -> std::string {
  auto out = std::string();
  auto shown = 0;
  for (const auto& call : exchanges) {
    const auto concerns =
        (entry.feed == "alerts" && call.url.find("/alerts_v2") != std::string::npos) ||
        (entry.feed == "incidents" && call.url.find("/incidents") != std::string::npos) ||
        (entry.feed == "safe_links" && call.url.find("/runHuntingQuery") != std::string::npos) ||
        (entry.feed != "alerts" && call.url.find("/subscriptions/content") != std::string::npos);
    if (concerns && call.sent >= entry.visible_at && shown < 2) {
      ++shown;
      out += "; asked " + seams::to_rfc3339(call.sent) + " " + call.method + " " + call.url +
             " -> " + (call.status == 0 ? call.failure : std::to_string(call.status));
    }
  }
  return out.empty() ? "; never asked afterwards" : out;
}

auto story_of(const ledger_entry& entry, const std::vector<exchange_note>& exchanges)
    -> std::string {
  return name_of(entry) + ": " + entry.story + ", visible " + seams::to_rfc3339(entry.visible_at) +
         (entry.gone_at ? ", gone " + seams::to_rfc3339(*entry.gone_at) : "") +
         asked_after(entry, exchanges);
}

struct found_copies {
  std::size_t count = 0;
  std::set<seams::digest> forms;
};

} // namespace

auto compare(const mock_graph::ledger& book,
             const std::vector<core::stored_record>& stored,
             const reader_terms& terms,
             const std::vector<exchange_note>& exchanges) -> completeness {
  auto out = completeness();
  auto copies = std::map<identity, found_copies>();
  for (const auto& record : stored) {
    auto& known = copies[identify(record.what.feed, record.what.raw)];
    const auto form = seams::sha256(record.what.raw);
    if (!known.forms.insert(form).second) {
      out.doubled.push_back(record.what.feed + " " + record.what.key + " " + record.what.version);
    }
    ++known.count;
  }
  out.stored = stored.size();

  // One entry per feed, key, version and bytes: a redelivery is the same version once more.
  auto expected = std::map<identity, std::vector<const ledger_entry*>>();
  for (const auto& entry : book.entries()) {
    if (!terms.feeds.contains(entry.feed)) {
      continue;
    }
    auto& same = expected[{entry.feed, entry.key, entry.version}];
    const auto again = std::ranges::any_of(
        same, [&](const ledger_entry* other) { return other->bytes == entry.bytes; });
    if (!again) {
      same.push_back(&entry);
    }
  }
  for (const auto& [who, versions] : expected) {
    const auto found = copies.find(who);
    auto forms = std::set<seams::digest>();
    for (const auto* entry : versions) {
      ++out.visible;
      const auto there =
          found != copies.end() && (!entry->bytes || found->second.forms.contains(*entry->bytes));
      if (entry->bytes) {
        forms.insert(*entry->bytes);
      }
      if (there) {
        continue;
      }
      if (is_excused(*entry, terms)) {
        ++out.excused;
        if (entry->why_gone == gone_reason::expired && !is_declared(*entry, terms)) {
          out.undeclared.push_back(story_of(*entry, exchanges));
        }
      } else if (found == copies.end()) {
        out.lost.push_back(story_of(*entry, exchanges));
      } else {
        out.altered.push_back(story_of(*entry, exchanges));
      }
    }
    if (found == copies.end()) {
      continue;
    }
    for (const auto& form : found->second.forms) {
      const auto honest = forms.empty() ? book.was_served(form) : forms.contains(form);
      if (!honest) {
        out.altered.push_back(who.feed + " " + who.key + ": stored bytes were never served");
      }
    }
    if (forms.empty() && found->second.count > 1) {
      out.doubled.push_back(who.feed + " " + who.key + " stored " +
                            std::to_string(found->second.count) + " times");
    }
  }
  for (const auto& [who, known] : copies) {
    if (!expected.contains(who) && terms.feeds.contains(who.feed)) {
      out.invented.push_back(who.feed + " " + who.key + " " + who.version);
    }
  }
  return out;
}

} // namespace scenarios::run
