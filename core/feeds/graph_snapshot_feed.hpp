#pragma once
// What Graph shows one by one below each user or group, and never says when it changes: settings of
// mailboxes, members of groups.
#include "core/feeds/feed.hpp"
#include "core/feeds/feed_table.hpp"

#include <set>
#include <span>
#include <string>
#include <vector>

namespace core::feeds {

/// Where the things of one feed are found.
struct snapshot_facts {
  std::string_view feed;
  std::string_view parents;              ///< collection whose items have them: "users"
  std::string_view child;                ///< path below each: "mailboxSettings"
  bool list = false;                     ///< a list of things rather than one
  std::string_view query;                ///< of a list: its options
  std::span<const std::string_view> cut; ///< members whose values are not kept
  std::string_view cut_name;             ///< what that cut is called
};

/// Each poll asks for all of it, one parent after the other, and stores what is not as it was. Key
/// is the parent's id, for lists with the item's id after a slash. What is there no more gets a
/// removal of our own making. A parent that has none of it (404: a user without a mailbox) and one
/// that is closed to the app (403 of an application access policy) are no failures, unless all are.
/// Source: learn.microsoft.com/graph/api/user-get-mailboxsettings, group-list-members,
/// learn.microsoft.com/graph/auth-limit-mailbox-access.
class graph_snapshot_feed final : public feed {
public:
  graph_snapshot_feed(const feed_facts& facts, feed_options options, const tools& with);

  auto poll() -> boost::asio::awaitable<seams::result<poll_report>> override;

private:
  /// How far one poll has come.
  struct walk {
    std::vector<std::string> parents;
    std::set<std::string> seen;   ///< keys that are there, or whose parent is closed to us
    std::set<std::string> closed; ///< parents that may not be read
    std::optional<seams::failure> refusal;
    std::size_t read = 0;
  };

  auto list_parents(walk& way) -> boost::asio::awaitable<seams::result<void>>;
  auto read_parent(std::string parent, walk& way) -> boost::asio::awaitable<seams::result<void>>;
  auto store(std::string_view body, const std::string& parent, walk& way) -> seams::result<void>;
  auto finish(walk& way) -> seams::result<void>;
  auto get(std::string url, std::string_view bucket)
      -> boost::asio::awaitable<seams::result<seams::response>>;
  [[nodiscard]] auto empty_step() const -> commit;
  [[nodiscard]] auto url_of(const std::string& parent) const -> std::string;

  const feed_facts& facts_;
  const snapshot_facts& list_;
  feed_options options_;
  tools tools_;
};

} // namespace core::feeds
