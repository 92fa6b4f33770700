#pragma once
// A call on behalf of a feed, with what the feed table says of its service.
#include "core/api/api_client.hpp"
#include "core/feeds/feed_table.hpp"

namespace core::feeds {

/// A GET of `url` in the workload and the throttling bucket of the feed. It sleeps through pauses
/// that end within the period of the feed; longer ones end the poll, so that what else the feed
/// reads goes on and its health tells.
auto feed_call(const feed_facts& of, const feed_options& options, std::string url) -> api::call;

} // namespace core::feeds
