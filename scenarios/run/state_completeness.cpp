#include "scenarios/run/state_completeness.hpp"

#include "scenarios/run/feed_views.hpp"
#include "scenarios/run/version_story.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace scenarios::run {
namespace {

using mock_graph::ledger_entry;

struct found_states {
  std::map<seams::digest, std::size_t> forms;       ///< bytes, and how often they are stored
  std::map<seams::digest, seams::instant> removals; ///< forms that bear `@removed`: last arrival
  seams::digest newest{};
};
using states_by_name = std::map<identity, found_states>;
using history_by_name = std::map<identity, std::vector<const ledger_entry*>>;

auto collect_states(const std::string& feed, const stored_records& stored) -> states_by_name {
  auto out = states_by_name();
  auto wanted = core::record_query();
  wanted.feed = feed;
  stored(wanted, [&](const core::stored_record& record) {
    auto& known = out[identity_of(record.what)];
    known.newest = seams::sha256(record.what.raw);
    ++known.forms[known.newest];
    if (nlohmann::json::parse(record.what.raw, nullptr, false).contains("@removed")) {
      known.removals[known.newest] = record.received_at;
    }
  });
  return out;
}

auto collect_history(const std::string& feed,
                     const mock_graph::ledger& book,
                     const reader_terms& terms) -> history_by_name {
  auto out = history_by_name();
  for (const auto& entry : book.entries()) {
    if (entry.feed == feed && is_wanted(entry, terms)) {
      out[{entry.feed, entry.key, entry.version}].push_back(&entry);
    }
  }
  return out;
}

/// A removal may be told in the service's words or, once those are gone, in the connector's own.
auto is_there(const ledger_entry& entry, const found_states& found) -> bool {
  if (entry.removal) {
    return std::ranges::any_of(found.removals,
                               [&](const auto& one) { return one.second >= entry.visible_at; });
  }
  return found.forms.contains(*entry.bytes);
}

/// `history` is in order of time.
void judge_states(const identity& who,
                  const found_states& found,
                  const std::vector<const ledger_entry*>& history,
                  const reader_terms& terms,
                  completeness& out) {
  auto allowed = std::map<seams::digest, std::size_t>();
  auto removals = std::size_t{0};
  for (const auto* entry : history) {
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
  const auto& last = *history.back();
  const auto agrees =
      last.removal ? found.removals.contains(found.newest) : found.newest == *last.bytes;
  if (!agrees && is_there(last, found) && !is_excused(last, terms)) {
    out.lost.push_back(name +
                       ": the newest state that is stored is not the tenant's: " + last.story);
  }
}

} // namespace

void compare_states(const mock_graph::ledger& book,
                    const stored_records& stored,
                    const reader_terms& terms,
                    const std::vector<exchange_note>& exchanges,
                    completeness& out) {
  for (const auto& feed : terms.feeds) {
    if (!view_of(feed).state) {
      continue;
    }
    const auto states = collect_states(feed, stored);
    const auto expected = collect_history(feed, book, terms);
    for (const auto& [who, history] : expected) {
      const auto found = states.find(who);
      out.visible += history.size();
      for (const auto* entry : history) {
        if (found == states.end() || !is_there(*entry, found->second)) {
          tell_missing(*entry, false, terms, exchanges, out);
        }
      }
      if (found != states.end()) {
        judge_states(who, found->second, history, terms, out);
      }
    }
    for (const auto& [who, known] : states) {
      if (!expected.contains(who)) {
        out.invented.push_back(who.feed + " " + who.key + " " + who.version);
      }
    }
  }
}

} // namespace scenarios::run
