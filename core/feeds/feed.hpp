#pragma once
// A feed: one source of one tenant, read from its cursor to the present, poll by poll.
#include "core/api/api_client.hpp"
#include "core/health/monitor.hpp"
#include "core/store/store.hpp"

#include <memory>
#include <optional>

namespace core::feeds {

/// What every feed works with; all of it outlives the feed.
struct tools {
  const connector_config& config;
  seams::clock& time;
  api::api_client& api;
  store& records;
};

/// How a poll that reached the present went.
struct poll_report {
  std::optional<health::remark> odd; ///< what people should know though nothing failed
};

class feed {
public:
  virtual ~feed() = default;

  /// Reads everything between the cursor and now and commits it page by page; the cursor moves
  /// only once all that it passes is stored. On failure the cursor stays, and the next poll reads
  /// the same span again.
  virtual auto poll() -> boost::asio::awaitable<seams::result<poll_report>> = 0;
};

/// The feed of that name ("alerts", "safe_links", "audit_general", ...), or null if there is none.
auto make_feed(const feed_options& options, const tools& with) -> std::unique_ptr<feed>;

} // namespace core::feeds
