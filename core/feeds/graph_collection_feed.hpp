#pragma once
// Alerts and incidents of Graph: polled by lastUpdateDateTime, every version kept.
#include "core/feeds/feed.hpp"
#include "core/feeds/feed_table.hpp"

namespace core::feeds {

/// Key is `id`, version is `lastUpdateDateTime`. The cursor is an RFC 3339 instant: everything
/// that changed before it has been read.
/// Source: learn.microsoft.com/graph/api/security-list-alerts_v2, security-list-incidents.
class graph_collection_feed final : public feed {
public:
  graph_collection_feed(const feed_facts& facts, feed_options options, const tools& with)
      : facts_(facts), options_(std::move(options)), tools_(with) {}

  auto poll() -> boost::asio::awaitable<seams::result<void>> override;

private:
  auto first_url(seams::instant from) const -> std::string;
  auto store_page(std::string_view body) -> seams::result<void>;

  const feed_facts& facts_;
  feed_options options_;
  tools tools_;
};

} // namespace core::feeds
