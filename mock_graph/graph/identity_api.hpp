#pragma once
// Microsoft Graph's lists about identities: sign-ins, directory audits, risk.
#include "mock_graph/door.hpp"
#include "mock_graph/graph/collection.hpp"
#include "mock_graph/graph/throttle_bucket.hpp"
#include "mock_graph/identity/identity_book.hpp"

#include <map>

namespace mock_graph::graph {

/// GET below /auditLogs/signIns, /auditLogs/directoryAudits, /identityProtection/riskDetections and
/// /identityProtection/riskyUsers, with their roles, licences, page sizes and throttling.
/// Source: learn.microsoft.com/graph/api/signin-list, directoryaudit-list, riskdetection-list,
/// riskyuser-list, graph/throttling-limits (graph-directory sheet, 1, 2 and 3).
class identity_api final : public door {
public:
  explicit identity_api(identity::identity_book& book) : book_(book) {}

  [[nodiscard]] auto routes() const -> std::span<const std::string_view> override;
  [[nodiscard]] auto route_of(const odata::target& target) const -> std::string_view override;
  auto answer(call& what) -> seams::response override;

  /// Requests of Identity Protection, which Conditional Access draws on as well.
  auto protection_budget() -> throttle_bucket& { return protection_; }

private:
  auto admits(const call& what) -> bool;
  /// Why the caller may not read the list; nothing if it may.
  [[nodiscard]] auto barred(const call& what) const -> std::optional<odata::api_error>;
  [[nodiscard]] auto list_of(const call& what) const -> collection;

  identity::identity_book& book_;
  collection_reader reader_;
  std::map<std::string, throttle_bucket> reports_;         ///< by application
  throttle_bucket protection_{1, std::chrono::seconds{1}}; ///< of the tenant, whoever asks
};

} // namespace mock_graph::graph
