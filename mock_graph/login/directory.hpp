#pragma once
// What the login asks about tenants and their applications, whoever models them.
#include "mock_graph/login/clouds.hpp"
#include "mock_graph/tenant/application.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace mock_graph::login {

struct tenant_info {
  std::string id;                    ///< GUID, lower case
  std::string organisation;          ///< display name, which error texts quote; may be empty
  std::string cloud_name = "global"; ///< a name of the cloud table
  std::string region = "EU";         ///< `tenant_region_scope`
};

class directory {
public:
  virtual ~directory() = default;

  /// The tenant with this GUID or verified domain; `name` comes in lower case.
  [[nodiscard]] virtual auto find_tenant(std::string_view name) const
      -> std::optional<tenant_info> = 0;
  /// The application that exists in that tenant, or null; `client_id` comes in lower case. The
  /// object must live until the request is answered.
  [[nodiscard]] virtual auto find_application(std::string_view tenant_id,
                                              std::string_view client_id) const
      -> const tenant::application* = 0;
  /// False if the API has no service principal in the tenant (never licensed): AADSTS500011.
  [[nodiscard]] virtual auto is_provisioned(std::string_view tenant_id, api resource) const
      -> bool {
    (void)tenant_id;
    (void)resource;
    return true;
  }
};

} // namespace mock_graph::login
