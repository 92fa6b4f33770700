#pragma once
// The Office 365 Management Activity API: subscriptions, content lists, blobs.
#include "mock_graph/activity/content_log.hpp"
#include "mock_graph/door.hpp"

#include <map>

namespace mock_graph::activity {

/// Answers below `/api/v1.0/{tenant}/activity/feed/` (and `/api/v1/`, which next pages use).
/// Source: learn.microsoft.com/office/office-365-management-api/
/// office-365-management-activity-api-reference; HTTP statuses as observed, else 400
/// (management-activity-api sheet, 4).
class activity_api final : public door {
public:
  activity_api(const tenant::standing& state, content_log& log) : state_(state), log_(log) {}

  [[nodiscard]] auto routes() const -> std::span<const std::string_view> override;
  [[nodiscard]] auto route_of(const odata::target& target) const -> std::string_view override;
  auto answer(call& what) -> seams::response override;

  void admin_disables(const std::string& content_type, seams::instant at);
  void admin_enables(const std::string& content_type, seams::instant at);
  /// A tool that runs as the same app ends its subscription.
  void other_tool_stops(const std::string& content_type, seams::instant at);

private:
  auto start(call& what) -> seams::response;
  auto stop(call& what) -> seams::response;
  auto list(const call& what) const -> seams::response;
  auto content(call& what) -> seams::response;
  auto fetch_blob(call& what) -> seams::response;
  auto refuse(call& what, int status, std::string_view code, const std::string& message) const
      -> seams::response;
  /// What is wrong while unified auditing is off; absent while it is on.
  auto check_auditing(call& what) const -> std::optional<seams::response>;
  [[nodiscard]] auto in_force(const std::string& type, seams::instant now) const -> bool;
  auto check_subscribed(call& what, const std::string& type) const
      -> std::optional<seams::response>;

  const tenant::standing& state_;
  content_log& log_;
  /// Content types with a subscription, and when it was started.
  std::map<std::string, seams::instant> started_;
  std::map<std::string, seams::instant> first_started_;
};

} // namespace mock_graph::activity
