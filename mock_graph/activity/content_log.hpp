#pragma once
// Content blobs of the Management Activity API: records grouped by type and time of arrival.
#include "mock_graph/ledger/ledger.hpp"
#include "mock_graph/tenant/events.hpp"

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace mock_graph::activity {

/// The five content types, as URLs spell them.
auto content_types() -> const std::vector<std::string>&;
/// The feed a connector calls it: "Audit.General" is "audit_general", "DLP.All" is "dlp".
auto feed_of(std::string_view content_type) -> std::string;

/// One audit record, word for word, with its identity.
struct audit_item {
  std::string content_type;
  std::string id; ///< its `Id`, or "" where it has none
  std::string raw;
  std::string story;
  std::string refusal = {}; ///< AF code that its blob answers with, though it is listed
  std::optional<seams::digest> respells = std::nullopt; ///< bytes of the same record before
  int record_type = 0;
};

/// Makes the records of a burst by number, the same each time.
class record_maker {
public:
  virtual ~record_maker() = default;
  [[nodiscard]] virtual auto id(std::uint64_t n) const -> std::string = 0;
  [[nodiscard]] virtual auto raw(std::uint64_t n) const -> std::string = 0;
  [[nodiscard]] virtual auto story(std::uint64_t n) const -> std::string = 0;
};

/// Records [from, to) of a burst.
struct made_records {
  std::shared_ptr<const record_maker> by;
  std::uint64_t from = 0;
  std::uint64_t to = 0;
};

struct blob {
  std::string content_type;
  std::string id;
  seams::instant created;   ///< `contentCreated`
  seams::instant listed_at; ///< from when `/content` shows it, normally `created`
  seams::instant expires;
  std::string refusal; ///< "AF20050", "AF20051" or ""
  std::vector<std::string> records;
  std::vector<std::size_t> entries; ///< places of its records in the ledger
  std::vector<made_records> made;
  bool cut_off = false; ///< arrived while its subscription was off, never to be read

  /// What fetching it gives: a JSON array.
  [[nodiscard]] auto body() const -> std::string;
};

/// Blobs by content type. Records of one type, minute of arrival and lateness share a blob.
class content_log {
public:
  content_log(const tenant::standing& state, ledger& book) : state_(state), ledger_(book) {}

  /// Adds a record that arrives (contentCreated) in the minute that ends at or after `arrives`
  /// and is listed `late` afterwards. The same raw record may be added again: a redelivery.
  void add(const audit_item& item, seams::instant arrives, seams::duration late);

  /// The same for records that are made by number and arrive in one minute. Their bytes are made
  /// once now, for the ledger's digests.
  void add(const std::string& content_type,
           const made_records& some,
           seams::instant arrives,
           seams::duration late);

  /// Leaves the digests of records that are made by number out of the ledger: for whoever only
  /// wants to know when things become visible.
  void leave_out_digests() { digests_ = false; }

  /// Blobs of that type listed at `as_of` whose `contentCreated` lies in [from, to), in order of
  /// `contentCreated`.
  [[nodiscard]] auto list(std::string_view content_type,
                          seams::instant from,
                          seams::instant to,
                          seams::instant as_of) const -> std::vector<const blob*>;
  [[nodiscard]] auto find(const std::string& blob_id) const -> const blob*;

  /// A span in which an admin had the subscription disabled: what arrived then can never be read
  /// (management-activity-api sheet, 3). The ledger excuses what arrived in it within an hour: a
  /// reader that asks its questions has started the subscription again by then.
  void disabled(std::string_view content_type, seams::instant from);
  void enabled(std::string_view content_type, seams::instant at);
  [[nodiscard]] auto is_disabled(std::string_view content_type) const -> bool;

private:
  struct span {
    seams::instant from;
    seams::instant to;
  };
  auto blob_for(const std::string& content_type,
                const std::string& refusal,
                seams::instant created,
                seams::instant listed) -> blob&;
  [[nodiscard]] auto unreadable(const blob& what) const -> bool;

  const tenant::standing& state_;
  ledger& ledger_;
  bool digests_ = true;
  std::deque<blob> blobs_;
  std::map<std::pair<std::string, seams::instant>, std::vector<blob*>> by_minute_;
  std::unordered_map<std::string, const blob*> by_id_;
  std::map<std::string, std::vector<span>, std::less<>> off_;
};

} // namespace mock_graph::activity
