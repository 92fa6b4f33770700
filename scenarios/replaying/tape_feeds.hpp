#pragma once
// Which of the connector's feeds a recorded request belongs to.
#include "replay/match/request_shape.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace scenarios::replaying {

/// The feed of core/feeds/feed_table that asks such a request, or "" if none does. The audit log's
/// general content is audit_general's, though safe_links reads it too.
auto feed_of(const replay::request_shape& asked) -> std::string_view;

/// Whether the request asks for a list, rather than for one thing that a list named (a blob, the
/// members of a group) or for a subscription.
auto is_listing(const replay::request_shape& asked) -> bool;

/// The id of the Azure subscription that is read, or "".
auto subscription_of(const replay::request_shape& asked) -> std::string;

/// The content type of a request of the Management API, in lower case: "audit.general", or "".
auto content_type_of(const replay::request_shape& asked) -> std::string;

} // namespace scenarios::replaying
