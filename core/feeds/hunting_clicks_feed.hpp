#pragma once
// Safe Links clicks by advanced hunting: every row of UrlClickEvents, allowed clicks included.
#include "core/feeds/feed.hpp"
#include "core/feeds/feed_table.hpp"

namespace core::feeds {

/// A row has no id of its own: the warning and the override of one click share `ReportId`. Its key
/// is ReportId, ActionType, IsClickedThrough and Timestamp. Rows show up late, so each poll
/// re-reads an overlap; a window that fills the row limit is read again in halves, never cut short.
/// Source: learn.microsoft.com/graph/api/security-security-runhuntingquery.
class hunting_clicks_feed final : public feed {
public:
  hunting_clicks_feed(const feed_facts& facts, feed_options options, const tools& with)
      : facts_(facts), options_(std::move(options)), tools_(with) {}

  auto poll() -> boost::asio::awaitable<seams::result<void>> override;

private:
  struct window {
    seams::instant from;
    seams::instant to;
  };
  auto query_for(const window& span) const -> std::string;
  auto rows_of(std::string_view body) const -> seams::result<commit>;

  const feed_facts& facts_;
  feed_options options_;
  tools tools_;
};

} // namespace core::feeds
