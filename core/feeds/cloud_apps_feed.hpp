#pragma once
// Alerts and activities of Defender for Cloud Apps.
#include "core/feeds/cursor.hpp"
#include "core/feeds/feed.hpp"
#include "core/feeds/feed_table.hpp"

namespace core::feeds {

/// Reads both lists, oldest first, from the overlap before the cursor to the present, a hundred
/// items a request and as many requests a minute as the tenant's budget allows. Alerts are asked
/// for by the time they happened, activities by the time the service saved them. Pages are counted
/// with `skip`; every thousand items the count starts anew at the newest item seen, so that what
/// changes in the list meanwhile shifts little.
///
/// Key is list and `_id`. An item that changes has no sign of it: a state met again within the
/// overlap is kept beside the first. The cursor is the moment the poll began, once both lists are
/// read to the end.
/// Source: learn.microsoft.com/defender-cloud-apps/api-introduction, api-alerts-list,
/// api-activities-list.
class cloud_apps_feed final : public feed {
public:
  cloud_apps_feed(const feed_facts& facts, feed_options options, const tools& with)
      : facts_(facts), options_(std::move(options)), tools_(with) {}

  auto poll() -> boost::asio::awaitable<seams::result<poll_report>> override;

private:
  /// One of the two lists.
  struct listing {
    std::string_view name;   ///< "alerts": part of path and keys
    std::string_view time;   ///< field to filter and sort by
    std::string_view member; ///< where items bear it, in milliseconds
  };
  /// How far the reading of one list has come.
  struct walk {
    std::int64_t asked_from = 0; ///< milliseconds; nothing older is expected
    std::int64_t from = 0;       ///< where `skip` counts from
    std::int64_t newest = 0;
    std::size_t skip = 0;
    bool more = true;
    bool outside = false; ///< an item is older than asked for
  };

  auto read(const listing& list, walk& way) -> boost::asio::awaitable<seams::result<void>>;
  auto store_page(const listing& list, std::string_view body, walk& way) -> seams::result<void>;
  [[nodiscard]] auto request(const listing& list, const walk& way) const -> api::call;

  const feed_facts& facts_;
  feed_options options_;
  tools tools_;
};

} // namespace core::feeds
