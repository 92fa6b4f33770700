#include "mock_graph/login/clouds.hpp"

#include "core/seams/http.hpp"
#include "core/seams/letters.hpp"

#include <algorithm>

namespace mock_graph::login {
namespace {

using seams::equal_ignoring_case;

constexpr auto every_api = std::array{api::graph,
                                      api::management,
                                      api::exchange,
                                      api::resource_manager,
                                      api::defender,
                                      api::cloud_apps};

// Sources: learn.microsoft.com/entra/identity-platform/authentication-national-cloud,
// learn.microsoft.com/graph/deployments, the Management Activity API reference, Defender for
// Endpoint "gov", Defender for Cloud Apps "network requirements".
constexpr auto table = std::array{
    cloud{.name = "global",
          .instance = "microsoftonline.com",
          .directory_host = "graph.windows.net",
          .rbac_url = "https://pas.windows.net",
          .login = {"login.microsoftonline.com",
                    "login.windows.net",
                    "login.microsoft.com",
                    "sts.windows.net"},
          .graph = {"graph.microsoft.com"},
          .management = {"manage.office.com"},
          .exchange = {"outlook.office365.com"},
          .resource_manager = {"management.azure.com"},
          .defender = {"api.securitycenter.microsoft.com", "api.security.microsoft.com"},
          .cloud_apps = {"portal.cloudappsecurity.com"}},
    cloud{.name = "gcc",
          .instance = "microsoftonline.com",
          .directory_host = "graph.windows.net",
          .rbac_url = "https://pas.windows.net",
          .login = {"login.microsoftonline.com",
                    "login.windows.net",
                    "login.microsoft.com",
                    "sts.windows.net"},
          .graph = {"graph.microsoft.com"},
          .management = {"manage-gcc.office.com"},
          .exchange = {"outlook.office365.com"},
          .resource_manager = {"management.azure.com"},
          .defender = {"api-gcc.securitycenter.microsoft.us", "api-gcc.security.microsoft.us"},
          .cloud_apps = {"us1.portal.cloudappsecuritygov.com"}},
    cloud{.name = "gcc_high",
          .instance = "microsoftonline.us",
          .directory_host = "graph.windows.net",
          .rbac_url = "https://pasff.usgovcloudapi.net",
          .login = {"login.microsoftonline.us", "login.usgovcloudapi.net"},
          .graph = {"graph.microsoft.us"},
          .management = {"manage.office365.us"},
          .exchange = {"outlook.office365.us"},
          .resource_manager = {"management.usgovcloudapi.net"},
          .defender = {"api-gov.securitycenter.microsoft.us", "api-gov.security.microsoft.us"},
          .cloud_apps = {"us1.portal.cloudappsecurity.us"}},
    cloud{.name = "dod",
          .instance = "microsoftonline.us",
          .directory_host = "graph.windows.net",
          .rbac_url = "https://pasff.usgovcloudapi.net",
          .login = {"login.microsoftonline.us", "login.usgovcloudapi.net"},
          .graph = {"dod-graph.microsoft.us"},
          .management = {"manage.protection.apps.mil"},
          .exchange = {"webmail.apps.mil"},
          .resource_manager = {"management.usgovcloudapi.net"},
          .defender = {"api-gov.securitycenter.microsoft.us", "api-gov.security.microsoft.us"},
          .cloud_apps = {}},
    cloud{.name = "china",
          .instance = "partner.microsoftonline.cn",
          .directory_host = "graph.chinacloudapi.cn",
          .rbac_url = "https://pas.chinacloudapi.cn",
          .login = {"login.partner.microsoftonline.cn", "login.chinacloudapi.cn"},
          .graph = {"microsoftgraph.chinacloudapi.cn"},
          .management = {},
          .exchange = {"partner.outlook.cn"},
          .resource_manager = {"management.chinacloudapi.cn"},
          .defender = {},
          .cloud_apps = {}}};

auto places(const cloud& where, api which) -> const few_names& {
  switch (which) {
  case api::graph:
    return where.graph;
  case api::management:
    return where.management;
  case api::exchange:
    return where.exchange;
  case api::resource_manager:
    return where.resource_manager;
  case api::defender:
    return where.defender;
  case api::cloud_apps:
    break;
  }
  return where.cloud_apps;
}

} // namespace

auto clouds() -> std::span<const cloud> {
  return table;
}

auto find_cloud(std::string_view name) -> const cloud* {
  const auto found = std::ranges::find(table, name, &cloud::name);
  return found == table.end() ? nullptr : &*found;
}

auto cloud_at_login(std::string_view host) -> const cloud* {
  for (const auto& each : table) {
    for (const auto known : each.login) {
      if (!known.empty() && equal_ignoring_case(known, host)) {
        return &each;
      }
    }
  }
  return nullptr;
}

auto same_login(const cloud& a, const cloud& b) -> bool {
  return a.login.front() == b.login.front();
}

auto hosts(const cloud& where, api which) -> std::vector<std::string_view> {
  auto out = std::vector<std::string_view>();
  std::ranges::copy_if(places(where, which), std::back_inserter(out), [](std::string_view host) {
    return !host.empty();
  });
  return out;
}

auto resource_app_id(api which) -> std::string_view {
  switch (which) {
  case api::graph:
    return "00000003-0000-0000-c000-000000000000";
  case api::management:
    return "c5393580-f805-4401-95e8-94b7a6ef2fc2";
  case api::exchange:
    return "00000002-0000-0ff1-ce00-000000000000";
  case api::resource_manager:
    return "797f4846-ba00-4fd7-ba43-dac1f8f63013";
  case api::defender:
    return "fc780465-2017-40d4-a0c5-307022471b92";
  case api::cloud_apps:
    break;
  }
  return "05a65629-4c1b-48c1-a78b-804c4abdd4af";
}

auto resource_name(api which) -> std::string_view {
  switch (which) {
  case api::graph:
    return "Microsoft Graph";
  case api::management:
    return "Office 365 Management APIs";
  case api::exchange:
    return "Office 365 Exchange Online";
  case api::resource_manager:
    return "Windows Azure Service Management API";
  case api::defender:
    return "WindowsDefenderATP";
  case api::cloud_apps:
    break;
  }
  return "Microsoft Cloud App Security";
}

auto audiences(const cloud& where, api which) -> std::vector<std::string> {
  const auto at = hosts(where, which);
  auto out = std::vector<std::string>();
  if (at.empty()) {
    return out;
  }
  if (which != api::cloud_apps) { // known by its application id alone
    for (const auto host : at) {
      out.push_back("https://" + std::string(host));
    }
  }
  if (which == api::defender && same_login(where, table.front())) {
    out.emplace_back("https://securitycenter.onmicrosoft.com/windowsatpservice");
  }
  out.emplace_back(resource_app_id(which));
  return out;
}

auto same_audience(std::string_view a, std::string_view b) -> bool {
  for (auto* each : {&a, &b}) {
    if (each->ends_with('/')) {
      each->remove_suffix(1);
    }
  }
  return equal_ignoring_case(a, b);
}

auto resolve_resource(std::string_view resource, const cloud& where) -> std::optional<api> {
  const auto named = [&](const std::string& audience) { return same_audience(audience, resource); };
  for (const auto& each : table) {
    for (const auto which : every_api) {
      if (same_login(each, where) && std::ranges::any_of(audiences(each, which), named)) {
        return which;
      }
    }
  }
  return std::nullopt;
}

auto resolve_anywhere(std::string_view resource) -> std::optional<api> {
  for (const auto& each : table) {
    if (const auto which = resolve_resource(resource, each)) {
      return which;
    }
  }
  return std::nullopt;
}

} // namespace mock_graph::login
