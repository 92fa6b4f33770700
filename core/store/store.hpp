#pragma once
// What the connector keeps: records with their exact bytes, and the cursors that passed them.
#include "core/seams/result.hpp"
#include "core/seams/time.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// One version of one item of one source, as it arrived.
struct record {
  std::string feed;           ///< "alerts", "safe_links", "audit_general", ...
  std::string connector_type; ///< "ms365_safe_links", what readers filter by
  std::string key;            ///< natural key, unique within the feed
  std::string version;        ///< `lastUpdateDateTime` where the source has revisions, else ""
  std::optional<seams::instant> event_time; ///< when it happened, if the record says so
  std::string raw;                          ///< exact bytes, less the named cuts
  std::vector<std::string> cuts; ///< names of what was removed before storing, for example "pc"
};

/// A remembered fact about what a feed has dealt with, such as a content blob read to its end.
struct mark {
  std::string name;
  seams::instant forget_after;
};

/// One line of a feed's health history.
struct health_entry {
  std::string feed;
  std::string state; ///< machine word: "ok", "throttled", "authentication_failed", "gap", ...
  std::string code;  ///< what it rests on: "AADSTS7000222", "AF20055", "429", or ""
  std::string text;  ///< for people; never holds a secret
  seams::instant at;
};

/// Everything that one step of a feed changes. Committed as one transaction or not at all:
/// a cursor is never durable before the records it passes (design: sentence 4).
struct commit {
  std::string feed;
  std::vector<record> records;
  std::vector<mark> marks;
  std::vector<health_entry> health;
  std::optional<std::string> cursor; ///< opaque text of the feed; absent = unchanged
  seams::instant now;                ///< wall clock of the commit: `received_at` of new records
};

struct commit_outcome {
  std::size_t stored = 0;     ///< record versions that were new
  std::size_t suppressed = 0; ///< already there with the same bytes
  std::size_t variants = 0;   ///< same key and version but other bytes: kept beside the first
  std::string variant_key;    ///< of the last of them
};

/// A record as read back.
struct stored_record {
  record what;
  std::string digest; ///< SHA-256 of `raw`, hexadecimal
  seams::instant received_at;
  std::int64_t arrival = 0; ///< grows with each record that is stored, of whatever feed
};

/// What to read; an empty member does not restrict.
struct record_query {
  std::string feed = {};
  std::string connector_type = {};
  std::string key = {};
  /// Only what arrived after this record; then in order of arrival.
  std::optional<std::int64_t> after = {};
};

/// One connector's memory. Not thread-safe. Any failure leaves the store as it was; its `code`
/// is one of "store_full", "store_damaged", "store_unavailable".
class store {
public:
  virtual ~store() = default;

  virtual auto apply(const commit& step) -> seams::result<commit_outcome> = 0;
  virtual auto cursor(std::string_view feed) -> seams::result<std::optional<std::string>> = 0;
  /// Which of `names` are marked for `feed`, in the same order.
  virtual auto marked(std::string_view feed, const std::vector<std::string>& names)
      -> seams::result<std::vector<bool>> = 0;
  /// Visits records in order of feed, key, version, arrival (or of arrival alone, see
  /// `record_query`); stops when `sink` returns false.
  virtual auto read(const record_query& wanted,
                    const std::function<bool(const stored_record&)>& sink)
      -> seams::result<void> = 0;
  /// The health history in order of time, of all feeds.
  virtual auto health() -> seams::result<std::vector<health_entry>> = 0;
};

} // namespace core
