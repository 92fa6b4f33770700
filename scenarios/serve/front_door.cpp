#include "scenarios/serve/front_door.hpp"

#include "mock_graph/server/routes.hpp"

namespace scenarios::serve {

auto is_served_host(std::string_view host) -> bool {
  const auto target = mock_graph::odata::read_target("https://" + std::string(host) + "/");
  return target && mock_graph::server::place_of(*target);
}

auto front_door(seams::instant now, const kept_keys& keys) -> mock_graph::wire::server_options {
  auto plan = mock_graph::wire::certificate_plan();
  plan.hosts = mock_graph::server::certified_names();
  plan.not_before = now - std::chrono::days{30};
  plan.not_after = now + std::chrono::days{365};
  const auto certificates = mock_graph::wire::authority(plan, keys.root);
  auto out = mock_graph::wire::server_options();
  out.tls = certificates.server_context();
  out.tunnels = is_served_host;
  return out;
}

} // namespace scenarios::serve
