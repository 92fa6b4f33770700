#pragma once
// What each feed is, as data: source, permission, delays, overlap.
#include "core/config.hpp"

#include <functional>
#include <span>
#include <string_view>

namespace core::feeds {

/// What reads a feed.
enum class source {
  graph_collection,
  graph_delta,
  graph_snapshot,
  hunting,
  safe_links,
  activity,
  message_trace,
  exchange_cmdlets,
  cloud_apps,
  azure_activity
};

/// What a feed reads besides its main source, or instead of it.
struct other_source {
  workload api = workload::graph;
  std::span<const std::string_view> permissions = {};
  bool shows_the_same = false; ///< it will do alone; else it adds records of its own
};

struct feed_facts {
  std::string_view name;
  std::string_view connector_type; ///< what stored records carry, for readers to filter by
  source from;
  std::string_view resource; ///< path of the collection, or content type
  workload api;
  std::span<const std::string_view> permissions; ///< application roles it needs, all of them
  int page_size;                                 ///< $top, or rows a query may give
  seams::duration period;
  /// How far a poll re-reads the past. Alerts and incidents: minutes between a change and its
  /// being listed, and shifts of `$skip` pages. Clicks: rows were seen up to 37 minutes after the
  /// click (graph-security sheet, 3.2), with room. Audit: content may be listed late inside an old
  /// window (elastic/beats listblobs.go re-lists for that reason), so half a day.
  seams::duration overlap;
  seams::duration retention;  ///< how far back the source answers
  seams::duration delay;      ///< how late records usually are
  std::string_view budget;    ///< what the service's throttling allows, in words
  std::string_view also = {}; ///< what else a tenant needs: licence, directory role
  /// Roles each of which the service accepts in place of `permissions`.
  std::span<const std::string_view> instead = {};
  /// What the service throttles together, so that a pause for one is a pause for all; "" = the
  /// rest of the workload. And the time between two requests that keeps within a small budget;
  /// zero = nobody needs to wait.
  std::string_view bucket = {};
  seams::duration spacing = {};
  std::span<const other_source> others = {}; ///< the better first
};

/// Users, groups, devices, applications: lists that other feeds need as well.
inline constexpr auto directory_bucket = std::string_view("directory");

auto feed_table() -> std::span<const feed_facts>;
/// The feed of that name, or null.
auto find_feed(std::string_view name) -> const feed_facts*;
/// The role that Graph takes in place of `role` for every list that a feed reads, or ""
/// (learn.microsoft.com/graph/api/user-list, device-list: "Permissions").
auto wider_role(std::string_view role) -> std::string_view;
/// Whether an application with these roles may read the feed.
auto may_read(const feed_facts& of, const std::function<bool(std::string_view role)>& has) -> bool;
/// Period, overlap and first look-back of the table for a feed that is known.
auto default_options(const feed_facts& of) -> feed_options;

} // namespace core::feeds
