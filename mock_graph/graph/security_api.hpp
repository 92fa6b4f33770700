#pragma once
// Microsoft Graph's security lists: alerts_v2 and incidents, read and updated.
#include "mock_graph/defender/alert_book.hpp"
#include "mock_graph/door.hpp"
#include "mock_graph/graph/collection.hpp"

#include <string>

namespace mock_graph::graph {

/// GET and PATCH below /security/alerts_v2 and /security/incidents.
/// Source: learn.microsoft.com/graph/api/security-list-alerts_v2, security-alert-update,
/// security-list-incidents, security-incident-update; limits and error texts as observed
/// (graph-security sheet, 1.5 to 1.7 and 5.3).
class security_api final : public door {
public:
  explicit security_api(defender::alert_book& book) : book_(book) {}

  [[nodiscard]] auto routes() const -> std::span<const std::string_view> override;
  [[nodiscard]] auto route_of(const odata::target& target) const -> std::string_view override;
  auto answer(call& what) -> seams::response override;

private:
  auto alerts(call& what) -> seams::response;
  auto incidents(call& what) -> seams::response;
  struct guarded;
  auto answer(call& what, const guarded& list) -> seams::response;
  auto update(call& what, const std::string& id) -> seams::response;
  [[nodiscard]] auto list_of(std::string_view path,
                             const entity_log& log,
                             const odata::entity_schema& schema,
                             odata::rules limits) const -> collection;
  [[nodiscard]] auto render_with_alerts(const entity_version& incident, seams::instant as_of) const
      -> std::string;

  defender::alert_book& book_;
  collection_reader reader_;
};

} // namespace mock_graph::graph
