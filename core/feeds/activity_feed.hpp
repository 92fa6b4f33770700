#pragma once
// One content type of the Office 365 Management Activity API.
#include "core/feeds/cursor.hpp"
#include "core/feeds/feed.hpp"
#include "core/feeds/feed_table.hpp"
#include "core/feeds/novelty_teller.hpp"
#include "core/http/links.hpp"

#include <set>
#include <vector>

namespace core::feeds {

/// The part of a content type that another feed keeps.
struct content_share {
  std::string_view feed; ///< what records and gaps are stored under
  std::int64_t record_type = 0;
  std::string_view key_prefix; ///< keeps their keys apart from the feed's other records
};

/// Starts the subscription, lists content in windows of at most 24 hours on the clock of
/// `contentCreated`, oldest first, and reads each blob once. Key is the record's `Id`; a record
/// without one is known by its bytes, so it is never merged with another. The values that a DLP
/// rule matched are cut before anything is stored ("detected_values").
///
/// The cursor passes a window once all of its blobs are stored or declared lost. Declared as a gap:
/// what is older than seven days, blobs that expired between listing and reading, and the time
/// without a subscription. A blob that the service cannot give now does not keep the others, and an
/// element of a blob that does not parse does not keep the other records: it is stored as it came,
/// under the connector type with "_quarantine" after it. What is new about records, an unknown type
/// or shape, is told once.
/// Source: learn.microsoft.com/office/office-365-management-api/
/// office-365-management-activity-api-reference.
class activity_feed final : public feed {
public:
  /// With a share only those records are stored; cursor and marks stay under `options.name`.
  activity_feed(const feed_facts& facts,
                feed_options options,
                const tools& with,
                std::optional<content_share> only = std::nullopt);

  auto poll() -> boost::asio::awaitable<seams::result<poll_report>> override;

private:
  struct window {
    seams::instant from;
    seams::instant to;
  };
  struct content {
    std::string id; ///< what the blob is remembered by
    std::string uri;
    std::optional<seams::instant> expires;
  };
  /// Blobs of one window that could not be had.
  struct failures {
    std::optional<seams::failure> first;
    unsigned count = 0;
  };

  auto ensure_subscription(position at) -> boost::asio::awaitable<seams::result<void>>;
  auto subscription_state() -> boost::asio::awaitable<seams::result<std::string>>;
  auto start() -> boost::asio::awaitable<seams::result<bool>>;
  auto begin_waiting() -> seams::result<void>;
  auto first_content() -> seams::result<std::optional<health::remark>>;
  [[nodiscard]] auto present() const -> seams::instant;
  auto read_windows(position at, seams::instant now) -> boost::asio::awaitable<seams::result<void>>;
  auto read_window(window span) -> boost::asio::awaitable<seams::result<void>>;
  auto read_page(std::string body, failures& failed) -> boost::asio::awaitable<seams::result<void>>;
  auto read_blob(content what) -> boost::asio::awaitable<seams::result<void>>;
  auto store_blob(const content& what, std::string_view body) -> seams::result<void>;
  auto send(std::string method, std::string url, bool even_broken = false)
      -> boost::asio::awaitable<seams::result<seams::response>>;
  auto remember(std::string mark_name) -> seams::result<void>;
  auto tell_hole(seams::instant through) -> seams::result<void>;
  [[nodiscard]] auto url_of(std::string_view operation) const -> std::string;
  [[nodiscard]] auto unread(std::string_view page) const -> seams::result<std::vector<content>>;
  [[nodiscard]] auto record_of(std::string_view item) const -> record;
  [[nodiscard]] auto is_ours(std::string_view item) const -> bool;
  [[nodiscard]] auto feed_name() const -> std::string;
  [[nodiscard]] auto empty_step() const -> commit;
  [[nodiscard]] auto done_mark(const content& what, seams::instant now) const -> mark;

  const feed_facts& facts_;
  feed_options options_;
  tools tools_;
  /// The last start request.
  struct start_try {
    seams::duration at; ///< elapsed time
    std::optional<seams::failure> refused;
  };

  std::optional<content_share> only_;
  bool subscribed_ = false;
  bool content_seen_ = false;
  std::optional<start_try> last_start_;
  novelty_teller news_;
  seams::duration reach_margin_;
};

} // namespace core::feeds
