#pragma once
// Message traces, from whichever of three places lets the app in.
#include "core/feeds/cursor.hpp"
#include "core/feeds/feed.hpp"
#include "core/feeds/trace_source.hpp"

#include <vector>

namespace core::feeds {

/// One record per message, recipient and status. Its identity is the same from every source: trace
/// id and recipient, version the status; so what one source gave is not stored again when another
/// shows it after a move.
///
/// Graph is asked first. Refused (permission, service principal, cloud), the feed reads the
/// Reporting Web Service and says so, for that is being switched off since 2026-04-06; refused
/// there too, it runs Get-MessageTraceV2. A source that refuses is asked again after half an hour,
/// or at once when nothing else answers. Windows oldest first; the cursor moves behind each window
/// that is stored.
class message_trace_feed final : public feed {
public:
  message_trace_feed(const feed_facts& facts, feed_options options, const tools& with);

  auto poll() -> boost::asio::awaitable<seams::result<poll_report>> override;

private:
  /// One of the sources, and what is known of it.
  struct standing {
    std::unique_ptr<trace_source> source;
    seams::duration rests_until{};
    seams::failure refusal;
  };

  auto read(const trace_source& from, position at) -> boost::asio::awaitable<seams::result<void>>;
  auto read_window(const trace_source& from, trace_window span)
      -> boost::asio::awaitable<seams::result<void>>;
  auto store_page(const trace_traits& from, trace_page got) -> seams::result<void>;
  auto drop_known(const trace_traits& from, std::vector<record>& rows) -> seams::result<void>;
  [[nodiscard]] auto said_of(const standing& read) const -> poll_report;
  void wake_all();
  auto refused_by_all() -> seams::failure;

  const feed_facts& facts_;
  feed_options options_;
  tools tools_;
  std::vector<standing> sources_; ///< the best first
};

} // namespace core::feeds
