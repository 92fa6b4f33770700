#include "core/feeds/activity_feed.hpp"
#include "core/feeds/azure_activity_feed.hpp"
#include "core/feeds/cloud_apps_feed.hpp"
#include "core/feeds/exchange_cmdlet_feed.hpp"
#include "core/feeds/graph_collection_feed.hpp"
#include "core/feeds/graph_delta_feed.hpp"
#include "core/feeds/graph_snapshot_feed.hpp"
#include "core/feeds/hunting_feed.hpp"
#include "core/feeds/message_trace_feed.hpp"
#include "core/feeds/safe_links_feed.hpp"

namespace core::feeds {

auto make_feed(const feed_options& options, const tools& with) -> std::unique_ptr<feed> {
  const auto* facts = find_feed(options.name);
  if (facts == nullptr) {
    return nullptr;
  }
  switch (facts->from) {
  case source::graph_collection:
    return std::make_unique<graph_collection_feed>(*facts, options, with);
  case source::graph_delta:
    return std::make_unique<graph_delta_feed>(*facts, options, with);
  case source::graph_snapshot:
    return std::make_unique<graph_snapshot_feed>(*facts, options, with);
  case source::hunting:
    return std::make_unique<hunting_feed>(*facts, options, with);
  case source::safe_links:
    return std::make_unique<safe_links_feed>(*facts, options, with);
  case source::cloud_apps:
    return std::make_unique<cloud_apps_feed>(*facts, options, with);
  case source::azure_activity:
    return std::make_unique<azure_activity_feed>(*facts, options, with);
  case source::exchange_cmdlets:
    return std::make_unique<exchange_cmdlet_feed>(*facts, options, with);
  case source::activity:
    return std::make_unique<activity_feed>(*facts, options, with);
  case source::message_trace:
    return std::make_unique<message_trace_feed>(*facts, options, with);
  }
  return nullptr;
}

} // namespace core::feeds
