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

/// Tenants of Defender for Cloud Apps have hosts below a region's domain, worldwide below one of
/// five (learn.microsoft.com/defender-cloud-apps/network-requirements).
void add_tenants_of(std::string_view domain, std::vector<std::string>& out) {
  if (!domain.starts_with("portal.")) {
    out.push_back("*." + std::string(domain));
    return;
  }
  for (const auto* region : {"us", "us2", "us3", "eu", "eu2"}) {
    out.push_back("*." + std::string(region) + "." + std::string(domain));
  }
}

void add_names_of(const login::cloud& where, std::vector<std::string>& out) {
  out.insert(out.end(), where.login.begin(), where.login.end());
  for (const auto which : apis) {
    for (const auto host : login::hosts(where, which)) {
      out.emplace_back(host);
      if (which == api::cloud_apps) {
        add_tenants_of(host, out);
      }
    }
  }
}

} // namespace

auto certified_names() -> std::vector<std::string> {
  auto out = std::vector<std::string>{std::string(reporting_host)};
  for (const auto& cloud : login::clouds()) {
    add_names_of(cloud, out);
  }
  std::erase(out, "");
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

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
