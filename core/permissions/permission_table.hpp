#pragma once
// The permissions that guides and portals name: whose they are, what they allow, who can hold them.
#include "core/config.hpp"

#include <span>
#include <string_view>

namespace core::permissions {

/// The API that a permission is filed under; the portal groups by it.
enum class owner { graph, management, exchange, cloud_apps, defender };

struct permission {
  std::string_view name;   ///< "SecurityAlert.Read.All"
  owner of;                ///< where it is granted
  std::string_view allows; ///< a sentence for people, without its full stop
  bool writes = false;     ///< allows to change the tenant
  /// Exists for signed-in users only: no token of an app on its own ever carries it.
  bool delegated_only = false;
  /// Grants nothing without a directory role of the service principal.
  bool needs_directory_role = false;
};

/// Sources: learn.microsoft.com/graph/permissions-reference and the permission files of
/// microsoftgraph/microsoft-graph-devx-content; "Get started with Office 365 Management APIs";
/// "App-only authentication in Exchange Online PowerShell"; Defender for Cloud Apps "Access with
/// application context"; Defender for Endpoint "Supported APIs".
auto permission_table() -> std::span<const permission>;

/// The permission of that name, without regard to case: documents of Defender for Cloud Apps write
/// `Investigation.read`. Null if nobody knows it.
auto find_permission(std::string_view name) -> const permission*;

/// "Microsoft Graph", "Office 365 Management APIs", ...: the group in the portal.
auto portal_group(owner of) -> std::string_view;

/// Where the roles of tokens for `which` are granted; nothing for Azure Resource Manager, which
/// goes by role assignments on subscriptions.
auto owner_of(workload which) -> const owner*;

} // namespace core::permissions
