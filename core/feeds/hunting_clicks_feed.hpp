#pragma once
// Safe Links clicks by advanced hunting: every row of UrlClickEvents, allowed clicks included.
#include "core/feeds/cursor.hpp"
#include "core/feeds/feed.hpp"
#include "core/feeds/feed_table.hpp"

#include <vector>

namespace core::feeds {

/// A row has no id of its own: the warning and the override of one click share `ReportId`. Its key
/// is ReportId, ActionType, IsClickedThrough and Timestamp; a row without ReportId is known by its
/// bytes. Rows show up late, so each poll re-reads an overlap.
///
/// There is no paging: a window that fills the row limit, or exceeds the size of a result, is read
/// again in halves, oldest first, and the cursor moves behind each window that is stored. Where
/// even a window of a millisecond is full, the rest of it is declared as a gap. So is what is
/// older than the service keeps.
/// Source: learn.microsoft.com/graph/api/security-security-runhuntingquery.
class hunting_clicks_feed final : public feed {
public:
  hunting_clicks_feed(const feed_facts& facts, feed_options options, const tools& with)
      : facts_(facts), options_(std::move(options)), tools_(with) {}

  auto poll() -> boost::asio::awaitable<seams::result<poll_report>> override;

private:
  struct window {
    seams::instant from;
    seams::instant to;
  };
  /// The rows of one window, or the wish for a smaller one.
  struct reading {
    commit step;
    bool too_large = false;
  };

  auto ask(window span) -> boost::asio::awaitable<seams::result<reading>>;
  auto finish(reading got, window span, bool is_last) -> seams::result<void>;
  [[nodiscard]] auto query_for(const window& span) const -> std::string;
  [[nodiscard]] auto rows_of(std::string_view body) const -> seams::result<commit>;

  /// What the poll under way began with.
  struct poll_start {
    position at;
    seams::instant started;
    std::string lost; ///< the gap to declare with the first move of the cursor, or ""
  };

  const feed_facts& facts_;
  feed_options options_;
  tools tools_;
  poll_start now_;
};

} // namespace core::feeds
