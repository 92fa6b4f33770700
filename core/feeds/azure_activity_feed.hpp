#pragma once
// The Activity log of Azure subscriptions, through Azure Resource Manager.
#include "core/feeds/feed.hpp"
#include "core/feeds/feed_table.hpp"

#include <map>
#include <vector>

namespace core::feeds {

/// The ids in `texts`, each of which may hold several with commas between them; without blanks,
/// each once, in order.
auto subscription_ids(const std::vector<std::string>& texts) -> std::vector<std::string>;

/// Reads each subscription by itself, so that one that is forbidden stops no other: from the
/// overlap before its cursor to the present, both ends included. Entries are dated by when they
/// happened and become visible later, at times much later, hence the overlap; they never change.
/// Key is `eventDataId`. The cursor holds an instant for each subscription, as lines
/// "id instant". What is older than the 90 days that the service keeps is declared as a gap.
/// Source: learn.microsoft.com/rest/api/monitor/activity-logs/list.
class azure_activity_feed final : public feed {
public:
  azure_activity_feed(const feed_facts& facts, feed_options options, const tools& with);

  auto poll() -> boost::asio::awaitable<seams::result<poll_report>> override;

private:
  using positions = std::map<std::string, seams::instant>;

  auto read_one(std::string subscription) -> boost::asio::awaitable<seams::result<void>>;
  auto read_pages(std::string subscription, std::string first)
      -> boost::asio::awaitable<seams::result<void>>;
  auto store_page(std::string_view body) -> seams::result<void>;
  auto load() -> seams::result<void>;
  auto move(const std::string& subscription, seams::instant through, std::string lost)
      -> seams::result<void>;

  const feed_facts& facts_;
  feed_options options_;
  tools tools_;
  std::vector<std::string> subscriptions_;
  positions through_; ///< by subscription: all before it has been read
};

} // namespace core::feeds
