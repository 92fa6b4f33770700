#pragma once
// One content type of the Office 365 Management Activity API.
#include "core/feeds/activity_blob_reader.hpp"
#include "core/feeds/cursor.hpp"
#include "core/feeds/waiting_blobs.hpp"

#include <vector>

namespace core::feeds {

/// Starts the subscription, lists content in windows of at most 24 hours on the clock of
/// `contentCreated`, oldest first, and reads each blob once. Key is the record's `Id`; a record
/// without one is known by its bytes, so it is never merged with another. The values that a DLP
/// rule matched are cut before anything is stored ("detected_values").
///
/// The cursor passes a window once all of its blobs are stored, declared lost, or on the list of
/// those that wait: a blob that the service cannot give now does not keep the others, is asked for
/// again at growing intervals, and is declared lost ("blob_never_served") when it has expired. Only
/// where every blob is refused, or the list is full, does the cursor wait. Declared as a gap,
/// too: what is older than seven days, blobs that expired between listing and reading, and the time
/// without a subscription. An element of a blob that does not parse does not keep the other
/// records: it is stored as it came, under the connector type with "_quarantine" after it. What is
/// new about records, an unknown type or shape, is told once.
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
  struct refused_blob {
    content what;
    seams::failure why;
  };
  /// How the blobs that a poll asked for went.
  struct attempts {
    unsigned served = 0;
    unsigned failed_in_row = 0;
    std::vector<refused_blob> refused;       ///< like all of them, perhaps: none was served so far
    std::optional<seams::failure> list_full; ///< why the cursor has to wait though reading went on
  };

  auto ensure_subscription(position at) -> boost::asio::awaitable<seams::result<void>>;
  auto subscription_state() -> boost::asio::awaitable<seams::result<std::string>>;
  auto start() -> boost::asio::awaitable<seams::result<bool>>;
  auto begin_waiting() -> seams::result<void>;
  auto first_content() -> seams::result<std::optional<health::remark>>;
  [[nodiscard]] auto present() const -> seams::instant;
  auto read_all(position at) -> boost::asio::awaitable<seams::result<void>>;
  auto ask_again(attempts& so_far) -> boost::asio::awaitable<seams::result<void>>;
  auto still_missing(const waiting_blob& what, const seams::failure& why) -> seams::result<void>;
  auto read_windows(position at, attempts& so_far) -> boost::asio::awaitable<seams::result<void>>;
  auto read_window(window span, attempts& so_far) -> boost::asio::awaitable<seams::result<void>>;
  auto read_page(std::string body, attempts& so_far) -> boost::asio::awaitable<seams::result<void>>;
  auto was_served(attempts& so_far) -> seams::result<void>;
  auto pass_over(const content& what, const seams::failure& why, attempts& so_far)
      -> seams::result<void>;
  auto let_wait(const content& what, const seams::failure& why, attempts& so_far)
      -> seams::result<void>;
  auto send(std::string method, std::string url)
      -> boost::asio::awaitable<seams::result<seams::response>>;
  auto remember(std::string mark_name) -> seams::result<void>;
  auto tell_hole(seams::instant through) -> seams::result<void>;
  [[nodiscard]] auto url_of(std::string_view operation) const -> std::string;
  [[nodiscard]] auto unread(std::string_view page) const -> seams::result<std::vector<content>>;
  [[nodiscard]] auto empty_step() const -> commit;

  const feed_facts& facts_;
  feed_options options_;
  tools tools_;
  /// The last start request.
  struct start_try {
    seams::duration at; ///< elapsed time
    std::optional<seams::failure> refused;
  };

  activity_blob_reader blobs_;
  waiting_blobs waiting_;
  bool subscribed_ = false;
  bool content_seen_ = false;
  std::optional<start_try> last_start_;
  seams::duration reach_margin_;
};

} // namespace core::feeds
