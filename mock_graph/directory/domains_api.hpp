#pragma once
// Microsoft Graph's domains: those whose addresses are the tenant's own.
#include "mock_graph/door.hpp"
#include "mock_graph/tenant/events.hpp"

namespace mock_graph::directory {

/// GET /domains: the tenant's verified domain and its initial one. Roles: Domain.Read.All,
/// Directory.Read.All and those that write either.
/// Source: learn.microsoft.com/graph/api/domain-list, resources/domain.
class domains_api final : public door {
public:
  explicit domains_api(const tenant::standing& state) : state_(state) {}

  [[nodiscard]] auto routes() const -> std::span<const std::string_view> override;
  [[nodiscard]] auto route_of(const odata::target& target) const -> std::string_view override;
  auto answer(call& what) -> seams::response override;

private:
  const tenant::standing& state_;
};

} // namespace mock_graph::directory
