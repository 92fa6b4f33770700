#pragma once
// One table of advanced hunting, read by time.
#include "core/feeds/cursor.hpp"
#include "core/feeds/feed.hpp"
#include "core/feeds/feed_table.hpp"

#include <array>
#include <span>
#include <vector>

namespace core::feeds {

/// A table, and what tells its rows apart: they have no id of their own.
struct hunting_table {
  std::string_view feed;
  std::string_view name;
  std::array<std::string_view, 4> key; ///< columns; the first must not be empty; "" = no more
  std::string_view version = {};       ///< column that changes in place, or ""
};

/// The tables of a feed.
auto tables_of(std::string_view feed) -> std::span<const hunting_table>;

/// The key of a row: its columns with '|' between; a column that is a truth as "1" or "0". Feeds of
/// several tables put the name of the table before it. A row without its first column is known by
/// its bytes. The warning and the override of one click share `ReportId`, hence four columns there.
/// Rows show up late, so each poll re-reads an overlap.
///
/// There is no paging. An answer that fills the row limit is stored, and the next question begins
/// at the time of its last row; rows of that moment come twice and count once. A window whose
/// result exceeds the allowed size, or whose rows are out of order, is read again in halves, oldest
/// first. The cursor moves behind each window that is stored. Where even a window of a millisecond
/// is full, the rest of it is declared as a gap. So is what is older than the service keeps.
/// Source: learn.microsoft.com/graph/api/security-security-runhuntingquery; columns:
/// learn.microsoft.com/defender-xdr/advanced-hunting-<table>-table.
class hunting_reader {
public:
  /// `memory` is what the cursor is kept under; the feed's own name where it has one table.
  hunting_reader(const feed_facts& facts,
                 const hunting_table& table,
                 feed_options options,
                 std::string memory,
                 const tools& with);

  auto poll() -> boost::asio::awaitable<seams::result<void>>;

private:
  struct window {
    seams::instant from;
    seams::instant to;
  };
  /// The rows of one window, maybe of its beginning only, or the wish for a smaller one.
  struct reading {
    commit step;
    bool too_large = false;
    std::optional<seams::instant> more_from; ///< where the rows that did not fit begin
  };

  auto ask(window span) -> boost::asio::awaitable<seams::result<reading>>;
  auto finish(reading got, window span, bool is_last) -> seams::result<void>;
  [[nodiscard]] auto query_for(const window& span) const -> std::string;
  [[nodiscard]] auto rows_of(std::string_view body) const -> seams::result<commit>;
  [[nodiscard]] auto row_of(std::string_view row) const -> record;
  [[nodiscard]] auto empty_step() const -> commit;

  /// What the poll under way began with.
  struct poll_start {
    position at;
    seams::instant started;
    std::string lost; ///< the gap to declare with the first move of the cursor, or ""
  };

  const feed_facts& facts_;
  const hunting_table& table_;
  feed_options options_; ///< named after the memory
  tools tools_;
  poll_start now_;
};

} // namespace core::feeds
