#pragma once
// What the harness knows of each feed by itself, without asking the connector: how its records are
// recognised, and which calls fetch them.
#include <array>
#include <string_view>
#include <vector>

namespace scenarios::run {

struct feed_view {
  std::string_view feed;
  std::string_view id;      ///< member that names a record; "" = the bytes do
  std::string_view version; ///< member that tells its revisions apart; "" = it has none
  std::array<std::string_view, 3> routes; ///< operations or APIs ("activity") that it rests on
  std::string_view url;                   ///< part of the URL of a call that fetches records
  /// Shows how things are now: a state that comes back is a version of its own, and the newest
  /// stored state of each thing must be the tenant's.
  bool state = false;
  std::string_view source = {}; ///< of records that only the feed's second source has
  /// Nothing in the bytes names the thing: the connector's key is taken at its word.
  bool by_key = false;
};

/// The view of that feed and source; one that fits no call for names that nobody knows.
auto view_of(std::string_view feed, std::string_view source = {}) -> const feed_view&;

/// All views of that feed: one for each source that has records of its own.
auto views_of(std::string_view feed) -> std::vector<const feed_view*>;

} // namespace scenarios::run
