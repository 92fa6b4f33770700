#include "mock_graph/server/routes.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::server {
namespace {

using login::api;

constexpr auto apis = std::array{api::graph,
                                 api::management,
                                 api::exchange,
                                 api::resource_manager,
                                 api::defender,
                                 api::cloud_apps};

/// The Reporting Web Service has a host of its own; its tokens are those of Exchange.
constexpr auto reporting_host = std::string_view("reports.office365.com");

auto is_below(std::string_view host, std::string_view domain) -> bool {
  return host.size() > domain.size() && host.ends_with(domain) &&
         host[host.size() - domain.size() - 1] == '.';
}

auto serves(const login::cloud& where, api which, std::string_view host) -> bool {
  return std::ranges::any_of(login::hosts(where, which), [&](std::string_view name) {
    return host == name || (which == api::cloud_apps && is_below(host, name));
  });
}

} // namespace

auto place_of(const odata::target& target) -> std::optional<place> {
  for (const auto& cloud : login::clouds()) {
    if (std::ranges::find(cloud.login, target.host) != cloud.login.end() && !target.host.empty()) {
      return place{true, api::graph, &cloud};
    }
    for (const auto which : apis) {
      if (serves(cloud, which, target.host)) {
        return place{false, which, &cloud};
      }
    }
  }
  if (target.host == reporting_host) {
    return place{false, api::exchange, &login::clouds().front()};
  }
  return std::nullopt;
}

auto name_of(login::api which) -> std::string_view {
  switch (which) {
  case api::graph:
    return "graph";
  case api::management:
    return "activity";
  case api::exchange:
    return "exchange";
  case api::resource_manager:
    return "arm";
  case api::defender:
    return "defender";
  case api::cloud_apps:
    return "cloud_apps";
  }
  return "graph";
}

} // namespace mock_graph::server
