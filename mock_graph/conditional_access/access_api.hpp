#pragma once
// Microsoft Graph's Conditional Access: named locations and policies.
#include "mock_graph/acts/performer.hpp"
#include "mock_graph/door.hpp"
#include "mock_graph/graph/throttle_bucket.hpp"
#include "mock_graph/odata/error.hpp"

namespace mock_graph::conditional_access {

/// GET, POST (201), PATCH (204) and DELETE (204) below /identity/conditionalAccess/namedLocations
/// and /policies. One request a second for the tenant, shared with Identity Protection, and no
/// Retry-After. Writing takes a P1 licence. PATCH replaces `ipRanges`; a second POST makes a second
/// object. A location that is trusted, or that a policy names, cannot be deleted.
/// Source: learn.microsoft.com/graph/api/conditionalaccessroot-post-namedlocations,
/// ipnamedlocation-update, conditionalaccessroot-post-policies, graph/throttling-limits
/// (graph-directory sheet, 1, 2.7, 5.8).
class access_api final : public door {
public:
  /// `budget` is that of Identity Protection.
  access_api(acts::performer& acts, graph::throttle_bucket& budget)
      : acts_(acts), budget_(budget) {}

  [[nodiscard]] auto routes() const -> std::span<const std::string_view> override;
  [[nodiscard]] auto route_of(const odata::target& target) const -> std::string_view override;
  auto answer(call& what) -> seams::response override;

private:
  /// Why the caller may not; nothing if it may.
  [[nodiscard]] auto barred(const call& what) const -> std::optional<odata::api_error>;
  auto list(call& what) const -> seams::response;
  auto item(call& what, const std::string& id) const -> seams::response;
  auto create(call& what) -> seams::response;
  auto update(call& what, const std::string& id) -> seams::response;
  auto remove(call& what, const std::string& id) -> seams::response;
  /// Lets the new configuration hold, as an effect with its record.
  void adopt(const call& what,
             tenant::access_setup becomes,
             const std::string& verb,
             const std::string& name,
             const nlohmann::json& before,
             const nlohmann::json& after);

  acts::performer& acts_;
  graph::throttle_bucket& budget_;
};

} // namespace mock_graph::conditional_access
