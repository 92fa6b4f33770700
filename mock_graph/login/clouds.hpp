#pragma once
// Where each cloud keeps its login and its APIs, and which API a scope or resource string names.
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mock_graph::login {

/// The APIs that tokens are issued for.
enum class api { graph, management, exchange, resource_manager, defender, cloud_apps };

/// Up to four names; unused places are empty and come last.
using few_names = std::array<std::string_view, 4>;

/// One cloud. Empty host lists: the API's place in that cloud is not documented.
struct cloud {
  std::string_view name;           ///< "global", "gcc", "gcc_high", "dod", "china"
  std::string_view instance;       ///< `cloud_instance_name` of the OpenID configuration
  std::string_view directory_host; ///< `cloud_graph_host_name`
  std::string_view rbac_url;
  few_names login; ///< hosts; the first is the one to use, the others are aliases
  few_names graph;
  few_names management;
  few_names exchange;
  few_names resource_manager;
  few_names defender;
  few_names cloud_apps; ///< domains below which each tenant has its host
};

/// Every cloud, the worldwide one first.
auto clouds() -> std::span<const cloud>;
/// The cloud of that name, or null.
auto find_cloud(std::string_view name) -> const cloud*;
/// The first cloud whose login answers on `host` (no port, any case), aliases included, or null.
/// Worldwide and GCC share a login, as do GCC High and DoD.
auto cloud_at_login(std::string_view host) -> const cloud*;
/// True if the two share a login host, hence a directory of tenants and resources.
auto same_login(const cloud& a, const cloud& b) -> bool;

/// Hosts of `which` in `where`, the usual one first.
auto hosts(const cloud& where, api which) -> std::vector<std::string_view>;
/// The resource's application id: the same in every cloud.
auto resource_app_id(api which) -> std::string_view;
/// "Microsoft Graph", ...
auto resource_name(api which) -> std::string_view;

/// Every `aud` that `which` accepts in `where`, without trailing slash: URIs, then its
/// application id. A token may write a URI with one slash more: see `same_audience`.
auto audiences(const cloud& where, api which) -> std::vector<std::string>;

/// Equal but for case and one trailing slash.
auto same_audience(std::string_view a, std::string_view b) -> bool;

/// The API that `resource` (a v2 scope without "/.default", or a v1 resource) names for a tenant of
/// `where`: a URI with or without trailing slash, or the application id. Nothing for another
/// cloud's URI. Clouds that share a login share the names: a GCC tenant may ask for the worldwide
/// Management API.
auto resolve_resource(std::string_view resource, const cloud& where) -> std::optional<api>;

/// The same, whatever the cloud: for grants, which name an API by any of its URIs.
auto resolve_anywhere(std::string_view resource) -> std::optional<api>;

} // namespace mock_graph::login
