#include "core/clouds.hpp"

#include <algorithm>

namespace core {
namespace {

auto same(const std::string& root) -> service {
  return {root, root};
}

/// Tokens for Defender for Cloud Apps are asked for by its application id, whatever the cloud.
auto cloud_apps_at(const std::string& root) -> service {
  return {root, "05a65629-4c1b-48c1-a78b-804c4abdd4af"};
}

/// Pages name two hosts; tokens are asked for by the older one.
auto worldwide_endpoint() -> service {
  return {"https://api.security.microsoft.com", "https://api.securitycenter.microsoft.com"};
}

/// Not documented, or not there at all.
auto absent() -> service {
  return {};
}

// Sources: learn.microsoft.com/entra/identity-platform/authentication-national-cloud,
// learn.microsoft.com/graph/deployments, the Management Activity API reference,
// Connect-ExchangeOnline, Defender for Cloud Apps "network requirements", Defender for Endpoint
// "gov" and "exposed-apis-create-app-webapp"; identity sheet, 9. GCC is a trap: login and Graph are
// the worldwide ones, other APIs are its own.
auto worldwide() -> cloud {
  return {"global",
          "https://login.microsoftonline.com",
          same("https://graph.microsoft.com"),
          same("https://manage.office.com"),
          same("https://outlook.office365.com"),
          cloud_apps_at("https://portal.cloudappsecurity.com"),
          same("https://management.azure.com"),
          worldwide_endpoint()};
}

auto government_community() -> cloud {
  return {"gcc",
          "https://login.microsoftonline.com",
          same("https://graph.microsoft.com"),
          same("https://manage-gcc.office.com"),
          same("https://outlook.office365.com"),
          cloud_apps_at("https://us1.portal.cloudappsecuritygov.com"),
          same("https://management.azure.com"),
          same("https://api-gcc.securitycenter.microsoft.us")};
}

auto government_community_high() -> cloud {
  return {"gcc_high",
          "https://login.microsoftonline.us",
          same("https://graph.microsoft.us"),
          same("https://manage.office365.us"),
          same("https://outlook.office365.us"),
          cloud_apps_at("https://us1.portal.cloudappsecurity.us"),
          same("https://management.usgovcloudapi.net"),
          same("https://api-gov.securitycenter.microsoft.us")};
}

auto defence() -> cloud {
  return {"dod",
          "https://login.microsoftonline.us",
          same("https://dod-graph.microsoft.us"),
          same("https://manage.protection.apps.mil"),
          same("https://webmail.apps.mil"),
          absent(),
          same("https://management.usgovcloudapi.net"),
          same("https://api-gov.securitycenter.microsoft.us")};
}

auto china() -> cloud {
  return {"china",
          "https://login.partner.microsoftonline.cn",
          same("https://microsoftgraph.chinacloudapi.cn"),
          absent(),
          same("https://partner.outlook.cn"),
          absent(),
          same("https://management.chinacloudapi.cn"),
          absent()};
}

} // namespace

auto clouds() -> std::span<const cloud> {
  static const auto table = std::array{
      worldwide(), government_community(), government_community_high(), defence(), china()};
  return table;
}

auto cloud_names() -> std::span<const std::string> {
  static const auto names = [] {
    auto out = std::vector<std::string>();
    for (const auto& one : clouds()) {
      out.push_back(one.name);
    }
    return out;
  }();
  return names;
}

auto find_cloud(std::string_view name) -> const cloud* {
  const auto all = clouds();
  const auto found = std::ranges::find(all, name, &cloud::name);
  return found == all.end() ? nullptr : &*found;
}

} // namespace core
