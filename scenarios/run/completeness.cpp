#include "scenarios/run/completeness.hpp"

#include "scenarios/run/feed_views.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace scenarios::run {
namespace {

using mock_graph::gone_reason;
using mock_graph::ledger_entry;

auto name_of(const ledger_entry& entry) -> std::string {
  return entry.feed + " " + entry.key + (entry.version.empty() ? "" : " @ " + entry.version);
}

auto source_of(const ledger_entry& entry) -> std::string {
  return source_name(entry.feed, entry.source);
}

/// How long the version could be fetched, outages left out. Outages come in order of their start.
auto time_on_offer(const ledger_entry& entry, const reader_terms& terms) -> seams::duration {
  const auto end = *entry.gone_at;
  const auto source = source_of(entry);
  auto offer = seams::duration::zero();
  auto from = entry.visible_at;
  for (const auto& down : terms.outages) {
    if (down.feed == source && down.until > from && down.from < end) {
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
    const auto concerns = call.url.find(view_of(entry.feed, entry.source).url) != std::string::npos;
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
  std::map<seams::digest, std::size_t> forms;       ///< bytes, and how often they are stored
  std::map<seams::digest, seams::instant> removals; ///< forms that bear `@removed`: last arrival
  seams::digest newest{};
};
using copies_by_name = std::map<identity, found_copies>;
using versions_by_name = std::map<identity, std::vector<const ledger_entry*>>;
/// By the bytes of a record: other bytes that say the same.
using spellings = std::map<seams::digest, std::set<seams::digest>>;

auto collect_spellings(const mock_graph::ledger& book) -> spellings {
  auto out = spellings();
  for (const auto& entry : book.entries()) {
    if (entry.respells && entry.bytes) {
      out[*entry.respells].insert(*entry.bytes);
    }
  }
  return out;
}

/// How many spellings of the entry's record are stored.
auto stored_spellings(const ledger_entry& entry, const found_copies& found, const spellings& also)
    -> std::size_t {
  auto out = found.forms.contains(*entry.bytes) ? std::size_t{1} : std::size_t{0};
  if (const auto others = also.find(*entry.bytes); others != also.end()) {
    out += static_cast<std::size_t>(std::ranges::count_if(
        others->second, [&](const auto& one) { return found.forms.contains(one); }));
  }
  return out;
}

auto collect_copies(const std::vector<core::stored_record>& stored, completeness& out)
    -> copies_by_name {
  auto copies = copies_by_name();
  for (const auto& record : stored) {
    const auto who = view_of(record.what.feed).by_key
                         ? identity{record.what.feed, record.what.key, ""}
                         : identify(record.what.feed, record.what.raw);
    auto& known = copies[who];
    const auto state = view_of(record.what.feed).state;
    known.newest = seams::sha256(record.what.raw);
    if (++known.forms[known.newest] > 1 && !state) {
      out.doubled.push_back(record.what.feed + " " + record.what.key + " " + record.what.version);
    }
    if (state && nlohmann::json::parse(record.what.raw, nullptr, false).contains("@removed")) {
      known.removals[known.newest] = record.received_at;
    }
    ++known.count;
  }
  return copies;
}

/// Whether `entry` repeats `other`, in the same bytes or in another spelling of its record.
auto repeats(const ledger_entry& entry, const ledger_entry& other) -> bool {
  return other.bytes == entry.bytes || (entry.respells && other.bytes == entry.respells);
}

/// One entry per feed, key, version and bytes: a redelivery is the same version once more. A state
/// that comes back is not.
auto collect_versions(const mock_graph::ledger& book, const reader_terms& terms)
    -> versions_by_name {
  auto versions = versions_by_name();
  for (const auto& entry : book.entries()) {
    if (!terms.feeds.contains(source_of(entry)) || terms.closed_scopes.contains(entry.scope)) {
      continue;
    }
    auto& same = versions[{entry.feed, entry.key, entry.version}];
    const auto again = std::ranges::any_of(
        same, [&](const ledger_entry* other) { return repeats(entry, *other); });
    if (!again || view_of(entry.feed).state) {
      same.push_back(&entry);
    }
  }
  return versions;
}

/// A version that is not in the store in the form that was served.
void judge_missing(const ledger_entry& entry,
                   bool other_form_there,
                   const reader_terms& terms,
                   const std::vector<exchange_note>& exchanges,
                   completeness& out) {
  if (is_excused(entry, terms)) {
    ++out.excused;
    if (entry.why_gone == gone_reason::expired && !is_declared(entry, terms)) {
      out.undeclared.push_back(story_of(entry, exchanges));
    }
  } else if (other_form_there) {
    out.altered.push_back(story_of(entry, exchanges));
  } else {
    out.lost.push_back(story_of(entry, exchanges));
  }
}

/// Where the query decides the bytes of a row, the wire says which bytes were served.
void judge_forms(const identity& who,
                 const found_copies& found,
                 const std::set<seams::digest>& forms,
                 const mock_graph::ledger& book,
                 completeness& out) {
  for (const auto& [form, times] : found.forms) {
    const auto honest = forms.empty() ? book.was_served(form) : forms.contains(form);
    if (!honest) {
      out.altered.push_back(who.feed + " " + who.key + ": stored bytes were never served");
    }
  }
  if (forms.empty() && found.count > 1) {
    out.doubled.push_back(who.feed + " " + who.key + " stored " + std::to_string(found.count) +
                          " times");
  }
}

/// A removal may be told in the service's words or, once those are gone, in the connector's own.
auto is_there(const ledger_entry& entry, const found_copies& found, const spellings& also) -> bool {
  if (entry.removal) {
    return std::ranges::any_of(found.removals,
                               [&](const auto& one) { return one.second >= entry.visible_at; });
  }
  return !entry.bytes || stored_spellings(entry, found, also) > 0;
}

/// Feeds of state: each form as often as the thing was in that state, and the newest one is the
/// tenant's. `versions` are in order of time.
void judge_states(const identity& who,
                  const found_copies& found,
                  const std::vector<const ledger_entry*>& versions,
                  const reader_terms& terms,
                  completeness& out) {
  auto allowed = std::map<seams::digest, std::size_t>();
  auto removals = std::size_t{0};
  for (const auto* entry : versions) {
    removals += entry->removal ? 1U : 0U;
    ++allowed[*entry->bytes];
  }
  const auto name = who.feed + " " + who.key;
  for (const auto& [form, times] : found.forms) {
    const auto known = allowed.find(form);
    const auto most = known != allowed.end()          ? known->second
                      : found.removals.contains(form) ? removals
                                                      : 0;
    if (most == 0) {
      out.altered.push_back(name + ": stored bytes were never served");
    } else if (times > most) {
      out.doubled.push_back(name + " stored " + std::to_string(times) + " times in one state");
    }
  }
  const auto& last = *versions.back();
  const auto agrees =
      last.removal ? found.removals.contains(found.newest) : found.newest == *last.bytes;
  if (!agrees && is_there(last, found, {}) && !is_excused(last, terms)) {
    out.lost.push_back(name +
                       ": the newest state that is stored is not the tenant's: " + last.story);
  }
}

auto reads_any(const reader_terms& terms, const std::string& feed) -> bool {
  return std::ranges::any_of(views_of(feed), [&](const feed_view* view) {
    return terms.feeds.contains(source_name(view->feed, view->source));
  });
}

} // namespace

auto source_name(std::string_view feed, std::string_view source) -> std::string {
  return std::string(feed) + (source.empty() ? "" : "/" + std::string(source));
}

auto compare(const mock_graph::ledger& book,
             const std::vector<core::stored_record>& stored,
             const reader_terms& terms,
             const std::vector<exchange_note>& exchanges) -> completeness {
  auto out = completeness();
  const auto copies = collect_copies(stored, out);
  const auto expected = collect_versions(book, terms);
  const auto also = collect_spellings(book);
  out.stored = stored.size();
  for (const auto& [who, versions] : expected) {
    const auto found = copies.find(who);
    auto forms = std::set<seams::digest>();
    for (const auto* entry : versions) {
      ++out.visible;
      if (entry->bytes) {
        forms.insert(*entry->bytes);
        if (const auto others = also.find(*entry->bytes); others != also.end()) {
          forms.insert(others->second.begin(), others->second.end());
          if (found != copies.end() && stored_spellings(*entry, found->second, also) > 1) {
            out.doubled.push_back(name_of(*entry) + ": stored in several spellings");
          }
        }
      }
      if (found == copies.end() || !is_there(*entry, found->second, also)) {
        const auto other_form = found != copies.end() && !view_of(who.feed).state;
        judge_missing(*entry, other_form, terms, exchanges, out);
      }
    }
    if (found != copies.end() && view_of(who.feed).state) {
      judge_states(who, found->second, versions, terms, out);
    } else if (found != copies.end()) {
      judge_forms(who, found->second, forms, book, out);
    }
  }
  for (const auto& [who, known] : copies) {
    if (!expected.contains(who) && reads_any(terms, who.feed)) {
      out.invented.push_back(who.feed + " " + who.key + " " + who.version);
    }
  }
  return out;
}

} // namespace scenarios::run
