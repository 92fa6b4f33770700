#pragma once
// Microsoft Graph's security lists: alerts_v2 and incidents, read and updated.
#include "mock_graph/defender/alert_book.hpp"
#include "mock_graph/door.hpp"
#include "mock_graph/odata/options.hpp"

#include <map>
#include <string>

namespace mock_graph::graph {

/// GET and PATCH below /security/alerts_v2 and /security/incidents.
/// Source: learn.microsoft.com/graph/api/security-list-alerts_v2, security-alert-update,
/// security-list-incidents, security-incident-update; limits and error texts as observed
/// (graph-security sheet, 1.5 to 1.7 and 5.3).
///
/// Pages stay right while data arrives: the pages of one walk show the state at its first page,
/// whichever link form is used.
class security_api final : public door {
public:
  explicit security_api(defender::alert_book& book) : book_(book) {}

  [[nodiscard]] auto routes() const -> std::span<const std::string_view> override;
  [[nodiscard]] auto route_of(const odata::target& target) const -> std::string_view override;
  auto answer(call& what) -> seams::response override;

private:
  auto alerts(call& what) -> seams::response;
  auto incidents(call& what) -> seams::response;
  struct collection;
  auto answer(call& what, const collection& of) -> seams::response;
  auto list(call& what, const collection& of) -> seams::response;
  auto update(call& what, const collection& of, const std::string& id) -> seams::response;
  auto render_with_alerts(const defender::entity_version& incident, seams::instant as_of) const
      -> std::string;
  /// When the walk that this request belongs to began.
  auto walk_began(const call& what, const odata::options& options) -> seams::instant;

  defender::alert_book& book_;
  std::map<std::string, seams::instant> walks_; ///< caller and query, to the first page's instant
};

} // namespace mock_graph::graph
