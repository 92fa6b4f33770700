#pragma once
// Ledger against store: what was lost, doubled, altered or invented, each with its story.
#include "mock_graph/ledger/ledger.hpp"
#include "scenarios/run/identity.hpp"
#include "scenarios/run/stored_records.hpp"
#include "scenarios/run/trace.hpp"

#include <set>
#include <string>
#include <vector>

namespace scenarios::run {

/// How outages and terms name a source of a feed: "safe_links", "safe_links/audit".
auto source_name(std::string_view feed, std::string_view source) -> std::string;

/// A span in which nobody could have fetched a feed's records: an outage that the scenario caused.
struct outage {
  std::string feed;
  seams::instant from;
  seams::instant until;
};

/// What a well-behaved reader of this world would have had a chance at.
struct reader_terms {
  std::set<std::string> feeds;              ///< sources, enabled and permitted
  std::set<std::string> closed_scopes;      ///< parts of feeds that nobody was to read
  seams::duration chance{};                 ///< a version shown for less than this may be missed
  std::vector<outage> outages;              ///< spans that do not count, in order of `from`
  std::vector<core::health_entry> declared; ///< the connector's own health history
};

struct completeness {
  std::size_t visible = 0; ///< versions that the ledger shows in enabled feeds
  std::size_t stored = 0;  ///< record versions in the store
  std::size_t excused = 0; ///< versions gone before anybody had a chance at them
  std::vector<std::string> lost;
  std::vector<std::string> doubled;
  std::vector<std::string> altered;
  std::vector<std::string> invented;   ///< stored, but never visible
  std::vector<std::string> undeclared; ///< expired unread, and no gap was declared
};

/// Holds fingerprints, never records: both sides are visited once, and those in whose entries
/// something is wrong once more, to tell what. Each list is sorted. `exchanges` are only read to
/// tell a lost record's story.
auto compare(const mock_graph::ledger& book,
             const stored_records& stored,
             const reader_terms& terms,
             const std::vector<exchange_note>& exchanges) -> completeness;

} // namespace scenarios::run
