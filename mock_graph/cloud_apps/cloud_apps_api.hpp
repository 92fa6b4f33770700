#pragma once
// The API of Defender for Cloud Apps: lists of alerts and activities, and each by its id.
#include "mock_graph/cloud_apps/book.hpp"
#include "mock_graph/cloud_apps/list_request.hpp"
#include "mock_graph/door.hpp"
#include "mock_graph/graph/throttle_bucket.hpp"

namespace mock_graph::cloud_apps {

/// GET or POST /api/v1/alerts/ and /api/v1/activities/, GET of one item below them.
///
/// Newest first unless asked otherwise, at most 100 a response and 30 requests a minute for the
/// tenant. `skip` counts in the list as it is now: what arrives on top shifts the pages. Scans of
/// activities (`isScan`) take up to 5,000 and go on with `nextQueryFilters`, which leave out the
/// last instant of a round so that nothing is listed twice. What a throttled answer holds is not
/// documented: a 429 with Retry-After.
/// Source: learn.microsoft.com/defender-cloud-apps/api-introduction, api-alerts-list,
/// api-activities-list, api-activities-investigate-script (defender-cloudapps-azure sheet, 2).
class cloud_apps_api final : public door {
public:
  explicit cloud_apps_api(const cloud_app_book& book) : book_(book) {}

  [[nodiscard]] auto routes() const -> std::span<const std::string_view> override;
  [[nodiscard]] auto route_of(const odata::target& target) const -> std::string_view override;
  auto answer(call& what) -> seams::response override;

private:
  /// What differs between the two lists.
  struct listing;
  auto refused(call& what) -> std::optional<seams::response>;
  auto list(call& what, const listing& of) const -> seams::response;
  [[nodiscard]] auto one(const call& what, const listing& of) const -> seams::response;

  const cloud_app_book& book_;
  graph::throttle_bucket calls_{30, std::chrono::minutes{1}};
};

} // namespace mock_graph::cloud_apps
