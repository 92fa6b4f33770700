#pragma once
// What a refusal for want of permission means for one feed: which permission, of which API.
#include "core/feeds/feed_table.hpp"

namespace core::feeds {

/// "Microsoft Graph", "Office 365 Management APIs", ...: what the portal calls the API.
auto portal_name(workload which) -> std::string_view;

/// `why` with the feed's permissions and where to grant them, if it is a refusal for want of
/// permission; otherwise `why` as it is.
auto with_permission_hint(seams::failure why, const feed_facts& of) -> seams::failure;

} // namespace core::feeds
