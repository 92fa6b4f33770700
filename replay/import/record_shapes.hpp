#pragma once
// Tells by the members of a record which feed it belongs to.
#include "core/seams/time.hpp"
#include "replay/import/json_text.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace replay {

/// How a feed's records are told apart and when the service shows them.
struct feed_shape {
  std::string_view feed;
  std::string_view table;                 ///< of advanced hunting, or ""
  std::vector<std::string_view> identity; ///< members; the first must not be empty
  std::string_view time;                  ///< member with the time that it is listed by
  seams::duration delay;                  ///< from then until it is listed
  std::string_view version = {};          ///< member that tells revisions apart
};

/// All of them.
auto feed_shapes() -> std::span<const feed_shape>;

/// The shape of a feed and table; that of "audit_general" for every audit feed.
auto shape_of(std::string_view feed, std::string_view table) -> const feed_shape&;

/// Whether a content type of the Management Activity API is behind the feed.
auto is_audit_feed(std::string_view feed) -> bool;

/// Where a record belongs; `feed` is "" if no feed serves it, and then `why` says what it is.
struct destination {
  std::string feed;
  std::string table;
  std::string why;
};

/// By the members of a record. Audit records go by `RecordType` and `Workload` to
/// one of the five audit feeds (management-activity-api sheet, 2; DLP.All has 11, 13, 33, 63 and
/// 107).
auto destination_of(const json_members& record) -> destination;

/// By names alone: the columns of a table of advanced hunting; "" if they are of none.
auto hunting_table_of(std::span<const std::string> names) -> std::string_view;

/// The feed that reads a table of advanced hunting; "" if none does.
auto feed_of_table(std::string_view table) -> std::string_view;

/// Whether `feed` is one that a fixture can serve.
auto is_served_feed(std::string_view feed) -> bool;

} // namespace replay
