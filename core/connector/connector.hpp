#pragma once
// The connector: logs in, polls every feed side by side, stores, and says how it fares.
#include "core/connector/credential_watch.hpp"
#include "core/connector/emptiness.hpp"
#include "core/connector/watched_store.hpp"
#include "core/feeds/feed.hpp"

#include <vector>

namespace core {

/// Feeds run side by side; one that fails never stops another. All that must survive is in the
/// store, so a connector may be killed at any moment and built anew on the same store.
class connector {
public:
  /// Everything passed by reference or pointer outlives the connector and its `run`. Feeds with
  /// names that nobody knows, or named twice, are left out: configs are checked before. A feed
  /// whose period is not positive gets the period of the feed table.
  connector(connector_config config,
            seams::clock& time,
            seams::choices& chance,
            seams::transport& wire,
            store& records,
            observer* watcher = nullptr);
  connector(const connector&) = delete;
  auto operator=(const connector&) -> connector& = delete;

  /// Polls each feed at once and then every period, counted from the start of a poll, for ever;
  /// ends when cancelled (throws operation_aborted), at once when there is no feed. Call once.
  auto run() -> boost::asio::awaitable<void>;

private:
  struct running {
    feed_options options;
    std::unique_ptr<feeds::feed> source;
    seams::duration held{};       ///< how long pauses held back the poll under way
    seams::duration held_until{}; ///< when the last of them ends
  };

  void add_feed(feed_options options);
  auto run_from(std::size_t index) -> boost::asio::awaitable<void>;
  auto poll_feed(running& which) -> boost::asio::awaitable<void>;
  auto watch_credential() -> boost::asio::awaitable<void>;
  /// A feed that is late because of pauses says so before it waits.
  void note_hold(const api::hold& what);
  void record_health(const std::string& feed, std::vector<health_entry> entries, seams::instant at);
  void report(const running& which, const seams::result<feeds::poll_report>& outcome);

  connector_config config_;
  seams::clock& time_;
  watched_store records_;
  auth::token_source tokens_;
  api::api_client api_;
  credential_watch credential_watch_;
  health::monitor health_;
  emptiness emptiness_;
  std::vector<running> feeds_;
};

} // namespace core
