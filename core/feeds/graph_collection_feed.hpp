#pragma once
// Lists of Graph that can be asked for what changed since: every version kept.
#include "core/feeds/feed.hpp"
#include "core/feeds/feed_table.hpp"
#include "core/feeds/novelty_teller.hpp"

namespace core::feeds {

/// How one list of Graph is asked.
struct collection_facts {
  std::string_view feed;
  std::string_view changed;  ///< member that the filter and the order go by
  std::string_view version;  ///< member that tells revisions apart; "" = items never change
  std::string_view happened; ///< member that says when it happened
  std::string_view only;     ///< a further condition of the filter, or ""
  bool sorted = true;        ///< whether the list can be asked for in order of change
};

/// The cursor is an RFC 3339 instant: everything that changed before it has been read. It moves
/// after the last page only, to the moment the poll began, or less if the service's clock is behind
/// ours.
///
/// What the service cannot do is asked for in another way, within the same poll: pages that it
/// cannot finish are asked for smaller, down to single items; after a next link that it refuses,
/// or one that leads in a ring, the walk begins anew at the newest change it saw. Only then does
/// the poll fail. A licence is called missing after an hour of such answers: single ones were seen
/// on licensed tenants.
///
/// Large tenants see `$skip` pages stop early without a word (elastic/integrations issues 20234,
/// 20348): after a walk of several pages the feed asks again from the newest change it saw, until
/// one page holds the rest.
/// Source: learn.microsoft.com/graph/api/security-list-alerts_v2, security-list-incidents.
class graph_collection_feed final : public feed {
public:
  graph_collection_feed(const feed_facts& facts, feed_options options, const tools& with);

  auto poll() -> boost::asio::awaitable<seams::result<poll_report>> override;

private:
  /// How far one poll has come.
  struct walk {
    seams::instant asked_from; ///< what the first filter says; nothing older is expected
    seams::instant boundary;   ///< where the present pass begins
    seams::instant newest;     ///< newest change seen
    bool ascending = true;
    std::size_t outside = 0;  ///< items older than the filter allows
    std::size_t pages = 0;    ///< of the last pass
    std::size_t restarts = 0; ///< from the same boundary
    std::optional<health::remark> odd;
  };

  auto read_all(walk& way) -> boost::asio::awaitable<seams::result<void>>;
  auto read_pages(walk& way) -> boost::asio::awaitable<seams::result<void>>;
  auto store_page(std::string_view body, walk& way) -> seams::result<void>;
  /// Whether another pass may do better after that failure; prepares it.
  auto can_go_on(const seams::failure& why, walk& way, bool moved) -> bool;
  auto shrink_pages() -> bool;
  void adapt_page_size(const seams::result<void>& outcome, const walk& way);
  /// What the failure means for this feed.
  auto judged(const seams::failure& why) -> seams::failure;
  [[nodiscard]] auto remark_on(const walk& way) const -> std::optional<health::remark>;
  [[nodiscard]] auto first_url(seams::instant from) const -> std::string;

  const feed_facts& facts_;
  const collection_facts& list_;
  feed_options options_;
  tools tools_;
  int page_size_; ///< smaller for a while after answers that the service could not finish
  std::optional<seams::instant> unlicensed_since_;
  novelty_teller news_;
};

} // namespace core::feeds
