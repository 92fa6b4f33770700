#pragma once
// Message traces, from Graph or, where Graph is closed to the app, from the legacy report.
#include "core/feeds/cursor.hpp"
#include "core/feeds/feed.hpp"
#include "core/feeds/feed_table.hpp"

#include <vector>

namespace core::feeds {

/// One record per message, recipient and status. Its identity is the same from both sources: trace
/// id and recipient, version the status; so what one source gave is not stored again when the other
/// shows it after a move. Of a row of the report, the members that only echo the query are cut
/// ("query_echo"): they differ from one request to the next.
///
/// Graph is asked first. Refused (permission, service principal, cloud), the feed reads the
/// Reporting Web Service, says so, and asks Graph again every half hour, or at once when the
/// service refuses too: it is being switched off since 2026-04-06. Windows of at most ten days,
/// oldest first; the cursor moves behind each window that is stored.
/// Source: learn.microsoft.com/graph/api/messagetracingroot-list-messagetraces;
/// learn.microsoft.com/previous-versions/office/developer/o365-enterprise-developers/jj984335.
class message_trace_feed final : public feed {
public:
  message_trace_feed(const feed_facts& facts, feed_options options, const tools& with);

  auto poll() -> boost::asio::awaitable<seams::result<poll_report>> override;

private:
  enum class origin { graph, reporting };
  struct window {
    seams::instant from;
    seams::instant to;
  };
  /// One answer, as both sources give it.
  struct page {
    std::vector<record> rows;
    std::string next;
  };

  auto read(origin from, position at) -> boost::asio::awaitable<seams::result<void>>;
  auto read_window(origin from, window span) -> boost::asio::awaitable<seams::result<void>>;
  auto refused_by_both(seams::failure reporting) -> seams::failure;
  auto store_page(origin from, page got) -> seams::result<void>;
  auto drop_known(origin from, std::vector<record>& rows) -> seams::result<void>;
  [[nodiscard]] auto page_of(origin from, std::string_view body) const -> seams::result<page>;
  [[nodiscard]] auto row_of(origin from, std::string_view item) const -> record;
  [[nodiscard]] auto first_url(origin from, const window& span) const -> std::string;
  [[nodiscard]] auto root_of(origin from) const -> std::string;

  const feed_facts& facts_;
  feed_options options_;
  tools tools_;
  seams::duration graph_rests_until_{};
  seams::failure graph_refusal_;
};

} // namespace core::feeds
