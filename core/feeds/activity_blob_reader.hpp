#pragma once
// Reads one content blob of the Office 365 Management Activity API and stores what is in it.
#include "core/feeds/feed.hpp"
#include "core/feeds/feed_table.hpp"
#include "core/feeds/novelty_teller.hpp"
#include "core/feeds/waiting_blobs.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace core::feeds {

/// The part of a content type that another feed keeps.
struct content_share {
  std::string_view feed; ///< what records and gaps are stored under
  std::int64_t record_type = 0;
  std::string_view key_prefix; ///< keeps their keys apart from the feed's other records
};

/// A blob as the service lists it.
struct content {
  std::string id; ///< what the blob is remembered by
  std::string uri;
  std::optional<seams::instant> expires;
};

class activity_blob_reader {
public:
  /// Marks stay under the name in `options`; all that is referred to outlives this.
  activity_blob_reader(const feed_facts& facts,
                       const feed_options& options,
                       const tools& with,
                       std::optional<content_share> only)
      : facts_(facts), options_(options), tools_(with), only_(only),
        news_(with.records, options.name) {}

  /// Stores the records of `what` and the mark that it is dealt with, which comes with the last of
  /// its commits. A blob that the service says is gone is declared as a gap, and dealt with too.
  auto read(content what) -> boost::asio::awaitable<seams::result<void>>;
  /// Declares the gap "blob_never_served" for a blob that has expired; `why` is the last failure.
  auto give_up(const waiting_blob& what, const seams::failure& why) -> seams::result<void>;
  /// Where to ask for `what` later: its address as listed if it is one of the service's, otherwise
  /// the documented one, `{root}/api/v1.0/{tenant}/activity/feed/audit/{contentId}` (reference,
  /// "Retrieve content"); "" if its id fits in no address.
  [[nodiscard]] auto lasting_address(const content& what) const -> std::string;
  /// What records and gaps are stored under.
  [[nodiscard]] auto feed_name() const -> std::string;

private:
  auto store(const content& what, std::string_view body) -> seams::result<void>;
  [[nodiscard]] auto record_of(std::string_view item) const -> record;
  [[nodiscard]] auto is_ours(std::string_view item) const -> bool;
  [[nodiscard]] auto empty_step() const -> commit;
  [[nodiscard]] auto done_mark(const content& what, seams::instant now) const -> mark;

  const feed_facts& facts_;
  const feed_options& options_;
  tools tools_;
  std::optional<content_share> only_;
  novelty_teller news_;
};

/// Trouble with one blob, which need not be trouble with the others: a server's error, an answer
/// that is broken, too large or never comes, a record that is too large for the store.
auto is_blob_trouble(const seams::failure& why) -> bool;

/// A refusal of one blob that may as well be one of all of them: a foreign address, an id that is
/// not valid (what a tenant of another cloud is told of every blob), or what nobody has named.
auto is_blob_refusal(const seams::failure& why) -> bool;

/// The API refuses the app for one blob, which it would do for all of them if a permission were
/// withdrawn. What the login refuses is none of these.
auto is_access_refusal(const seams::failure& why) -> bool;

} // namespace core::feeds
