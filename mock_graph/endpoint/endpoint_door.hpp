#pragma once
// What the surfaces of Defender for Endpoint have in common: envelope, roles, limits, lists.
#include "mock_graph/call.hpp"
#include "mock_graph/graph/throttle_bucket.hpp"
#include "mock_graph/odata/error.hpp"
#include "mock_graph/odata/schema.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <span>

namespace mock_graph::endpoint {

/// The path below "/api" or "/api/v1.0"; empty for any other.
/// Source: learn.microsoft.com/defender-endpoint/api/exposed-apis-list.
auto below_api(const odata::target& target) -> std::span<const odata::segment>;

auto json_answer(int status, const nlohmann::ordered_json& body) -> seams::response;

/// Refuses in the service's envelope, and leaves the reason for the journal.
auto refused(call& what, const odata::api_error& why) -> seams::response;

auto resource_missing(const std::string& what_and_id) -> odata::api_error;
auto body_unreadable() -> odata::api_error;
auto wrong_method() -> odata::api_error;

/// "https://api.securitycenter.microsoft.com/api/$metadata#Machines"
auto context_of(const call& what, std::string_view of) -> std::string;

/// A list of documents under `$filter` (names in camel or Pascal case), `$top`, `$skip`: at most
/// 10,000, with a next link where more follow.
auto list_of(call& what,
             std::string_view context,
             const std::vector<nlohmann::ordered_json>& all,
             const odata::entity_schema& schema) -> seams::response;

/// So many calls of one operation by one app. The text of the 429 was seen on advanced hunting
/// (defender-cloudapps-azure sheet, 1.2).
class call_limits {
public:
  /// Limits a minute and an hour.
  call_limits(std::size_t a_minute, std::size_t an_hour) : a_minute_(a_minute), an_hour_(an_hour) {}

  /// The refusal of one call too many.
  auto exceeded(call& what) -> std::optional<seams::response>;

private:
  struct buckets {
    graph::throttle_bucket minute;
    graph::throttle_bucket hour;
  };

  std::size_t a_minute_;
  std::size_t an_hour_;
  std::map<std::string, buckets> by_caller_; ///< and operation
};

/// The 403 of a token that has none of these roles; nothing if it has one.
auto role_missing(call& what, std::initializer_list<std::string_view> roles)
    -> std::optional<seams::response>;

} // namespace mock_graph::endpoint
