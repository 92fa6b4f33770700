#pragma once
// One content type of the Office 365 Management Activity API.
#include "core/feeds/feed.hpp"
#include "core/feeds/feed_table.hpp"
#include "core/http/links.hpp"

namespace core::feeds {

/// Starts the subscription, lists content in windows of at most 24 hours on the clock of
/// `contentCreated`, and reads each blob once. Key is the record's `Id`; a record without one is
/// known by its bytes, so it is never merged with another. What is older than seven days cannot be
/// read any more: it is declared as a gap.
/// Source: learn.microsoft.com/office/office-365-management-api/
/// office-365-management-activity-api-reference.
class activity_feed final : public feed {
public:
  activity_feed(const feed_facts& facts, feed_options options, const tools& with)
      : facts_(facts), options_(std::move(options)), tools_(with) {}

  auto poll() -> boost::asio::awaitable<seams::result<void>> override;

private:
  struct window {
    seams::instant from;
    seams::instant to;
  };
  struct content {
    std::string id;
    std::string uri;
    std::optional<seams::instant> expires;
  };

  auto ensure_subscription(seams::instant through) -> boost::asio::awaitable<seams::result<void>>;
  auto read_window(window span) -> boost::asio::awaitable<seams::result<void>>;
  auto read_page(std::string body) -> boost::asio::awaitable<seams::result<void>>;
  auto read_blob(content what) -> boost::asio::awaitable<seams::result<void>>;
  auto get(std::string url) -> boost::asio::awaitable<seams::result<seams::response>>;
  auto post(std::string url) -> boost::asio::awaitable<seams::result<seams::response>>;
  auto declare_gap(std::string code, std::string text) -> seams::result<void>;
  [[nodiscard]] auto url_of(std::string_view operation) const -> std::string;
  [[nodiscard]] auto unread(std::string_view page) const -> seams::result<std::vector<content>>;

  const feed_facts& facts_;
  feed_options options_;
  tools tools_;
  bool subscribed_ = false;
};

} // namespace core::feeds
