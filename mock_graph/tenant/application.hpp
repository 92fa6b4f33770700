#pragma once
// App registrations as the directory knows them: credentials, service principal, grants.
#include "core/seams/time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mock_graph::tenant {

/// A client secret. Entra shows two things that people confuse: the Value and the Secret ID.
struct client_secret {
  std::string name;  ///< how a scenario speaks of it
  std::string id;    ///< Secret ID, a GUID: never valid as a credential
  std::string value; ///< what the client must send
  seams::instant from = seams::instant::min();
  seams::instant until = seams::instant::max();
};

/// A certificate on the app (`keyCredentials`). It is known to the login while it is registered,
/// and good while it is valid.
struct key_credential {
  std::string name;
  std::string certificate_pem;
  seams::instant registered_from = seams::instant::min();
  seams::instant registered_until = seams::instant::max();
};

/// An application permission with admin consent, for a span of time.
struct app_role_grant {
  std::string resource; ///< audience URI, "https://graph.microsoft.com"
  std::string role;     ///< "SecurityAlert.Read.All"
  seams::instant from = seams::instant::min();
  seams::instant until = seams::instant::max();
};

/// A directory role assigned to the service principal, for a span of time: Exchange asks for one
/// besides the application permission.
/// Source: learn.microsoft.com/powershell/exchange/app-only-auth-powershell-v2
struct directory_role {
  std::string name; ///< "Global Reader", "Exchange Administrator", ...
  seams::instant from = seams::instant::min();
  seams::instant until = seams::instant::max();
};

/// An Azure role on a subscription, for a span of time: tokens for Azure hold no roles.
/// Source: learn.microsoft.com/azure/role-based-access-control/overview
struct azure_role {
  std::string subscription;
  std::string role = "Reader";
  seams::instant from = seams::instant::min();
  seams::instant until = seams::instant::max();
};

struct application {
  std::string client_id;
  std::string display_name;
  std::string service_principal_id; ///< claims `oid` and `sub`
  bool has_service_principal = true;
  bool enabled = true;
  seams::instant disabled_from = seams::instant::max(); ///< not enabled in this span either
  seams::instant disabled_until = seams::instant::max();
  std::vector<client_secret> secrets;
  std::vector<key_credential> certificates;
  std::vector<app_role_grant> grants;
  std::vector<directory_role> directory_roles;
  std::vector<azure_role> azure_roles;

  [[nodiscard]] auto enabled_at(seams::instant at) const -> bool {
    return enabled && !(disabled_from <= at && at < disabled_until);
  }
};

} // namespace mock_graph::tenant
