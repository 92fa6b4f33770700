#include "mock_graph/server/routes.hpp"

#include "mock_graph/activity/activity_api.hpp"
#include "mock_graph/login/clouds.hpp"

#include <algorithm>

namespace mock_graph::server {
namespace {

enum class owner { login, graph, management, nobody };

auto is_among(const login::few_names& names, std::string_view host) -> bool {
  return !host.empty() && std::ranges::find(names, host) != names.end();
}

auto owner_of(std::string_view host) -> owner {
  for (const auto& cloud : login::clouds()) {
    if (is_among(cloud.login, host)) {
      return owner::login;
    }
    if (is_among(cloud.graph, host)) {
      return owner::graph;
    }
    if (is_among(cloud.management, host)) {
      return owner::management;
    }
  }
  return owner::nobody;
}

auto graph_route(const std::vector<odata::segment>& path) -> std::string {
  const auto step = [&](std::size_t i, std::string_view name) {
    return i < path.size() && odata::is_named(path[i], name);
  };
  if (!(step(0, "v1.0") || step(0, "beta")) || !step(1, "security")) {
    return "graph.unknown";
  }
  if (step(2, "alerts_v2")) {
    return "graph.alerts";
  }
  if (step(2, "incidents")) {
    return "graph.incidents";
  }
  if (step(2, "runHuntingQuery") || step(2, "microsoft.graph.security.runHuntingQuery")) {
    return "graph.hunting";
  }
  return "graph.unknown";
}

} // namespace

auto route_of(const odata::target& target) -> std::string {
  switch (owner_of(target.host)) {
  case owner::login:
    return !target.path.empty() && odata::is_named(target.path.back(), "token") ? "login.token"
                                                                                : "login.discovery";
  case owner::graph:
    return graph_route(target.path);
  case owner::management: {
    const auto operation = activity::activity_api::operation(target);
    return "activity." + (operation.empty() ? "unknown" : std::string(operation));
  }
  case owner::nobody:
    return "foreign";
  }
  return "foreign";
}

} // namespace mock_graph::server
