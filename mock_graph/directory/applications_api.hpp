#pragma once
// Graph's app registrations, as far as an app may read them: ids, secrets without their values,
// certificates, and when each ends.
#include "mock_graph/door.hpp"
#include "mock_graph/tenant/events.hpp"

#include <nlohmann/json.hpp>

namespace mock_graph::directory {

/// `GET /applications`, with `$filter=appId eq '…'` and `$select`, and
/// `GET /applications(appId='…')`. Roles: Application.Read.All and those above it.
/// Sources: learn.microsoft.com/graph/api/application-get, resources/passwordcredential,
/// resources/keycredential. The key of a certificate is left out, as in the answer to a list.
class applications_api final : public door {
public:
  /// `state` outlives the door.
  explicit applications_api(const tenant::standing& state) : state_(state) {}

  [[nodiscard]] auto routes() const -> std::span<const std::string_view> override;
  [[nodiscard]] auto route_of(const odata::target& target) const -> std::string_view override;
  auto answer(call& what) -> seams::response override;

private:
  auto list(call& what) const -> seams::response;
  auto one(call& what, const std::string& app_id) const -> seams::response;
  [[nodiscard]] auto document_of(const tenant::application& app, seams::instant now) const
      -> nlohmann::ordered_json;

  const tenant::standing& state_;
};

} // namespace mock_graph::directory
