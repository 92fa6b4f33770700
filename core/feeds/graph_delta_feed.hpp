#pragma once
// Collections of the directory that say what changed since a token: users, groups, devices.
#include "core/feeds/feed.hpp"
#include "core/feeds/feed_table.hpp"

#include <set>
#include <string>

namespace core::feeds {

/// How one collection is asked.
struct delta_facts {
  std::string_view feed;
  std::string_view select; ///< what is tracked: part of every token, so a change of it starts anew
};

/// The cursor is the delta link as the service gave it. It moves with the last page only, so a walk
/// that is cut short is walked again from the same link.
///
/// Items carry no time and no revision: versions are counted, and an item whose bytes are those of
/// the newest stored version is no news. A removal is a version whose record bears `@removed`.
///
/// When the service no longer knows the link (410, seven days or a rebuilt state), everything is
/// read anew; what is stored and not there any more gets a removal of our own making, whose reason
/// is "absent", which the service never gives. The states in between are declared as a gap.
/// Source: learn.microsoft.com/graph/delta-query-overview, "Synchronization reset".
class graph_delta_feed final : public feed {
public:
  graph_delta_feed(const feed_facts& facts, feed_options options, const tools& with);

  auto poll() -> boost::asio::awaitable<seams::result<poll_report>> override;

private:
  /// One walk along the pages of a round.
  struct walk {
    bool everything = false;    ///< not only what changed
    std::set<std::string> seen; ///< keys that are there, when everything is read
    std::string gap;            ///< what to declare at the end
    std::string code;           ///< what the gap rests on
  };
  auto read_round(std::string link, walk way) -> boost::asio::awaitable<seams::result<void>>;
  auto store_page(std::string_view body, const std::string& done, walk& way) -> seams::result<void>;
  [[nodiscard]] auto first_url() const -> std::string;

  const feed_facts& facts_;
  const delta_facts& list_;
  feed_options options_;
  tools tools_;
};

} // namespace core::feeds
