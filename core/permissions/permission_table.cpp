#include "core/permissions/permission_table.hpp"

#include "core/seams/http.hpp"
#include "core/seams/letters.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace core::permissions {
namespace {

constexpr auto table = std::to_array<permission>({
    {"SecurityAlert.Read.All", owner::graph, "Read all security alerts"},
    {"SecurityAlert.ReadWrite.All", owner::graph, "Read and update all security alerts", true},
    {"SecurityIncident.Read.All", owner::graph, "Read all security incidents"},
    {"SecurityIncident.ReadWrite.All",
     owner::graph,
     "Read and update all security incidents",
     true},
    {"SecurityEvents.Read.All", owner::graph, "Read alerts of the legacy alerts API"},
    {"ThreatHunting.Read.All", owner::graph, "Run advanced hunting queries"},
    {"ExchangeMessageTrace.Read.All", owner::graph, "Read message traces"},
    {"AuditLog.Read.All", owner::graph, "Read sign-ins and directory audits"},
    {"Directory.Read.All",
     owner::graph,
     "Read users, groups, devices and all else in the directory"},
    {"Directory.ReadWrite.All", owner::graph, "Change the directory", true},
    {"IdentityRiskEvent.Read.All", owner::graph, "Read risk detections"},
    {"IdentityRiskyUser.Read.All", owner::graph, "Read risky users"},
    {"User.Read.All", owner::graph, "Read the full profile of every user"},
    {"Domain.Read.All", owner::graph, "Read the domains of the organisation"},
    {"User.ReadWrite.All", owner::graph, "Change the profile of every user", true},
    {"Group.Read.All", owner::graph, "Read every group and its members"},
    {"GroupMember.Read.All", owner::graph, "Read the members of every group"},
    {"Device.Read.All", owner::graph, "Read every device of the directory"},
    {"DeviceManagementManagedDevices.Read.All",
     owner::graph,
     "Read the devices that Intune manages"},
    {"MailboxSettings.Read", owner::graph, "Read the settings of every mailbox, out of office too"},
    {"MailboxSettings.ReadWrite",
     owner::graph,
     "Change the settings and rules of every mailbox",
     true},
    {"Mail.Read", owner::graph, "Read the mail of every mailbox"},
    {"Mail.ReadWrite", owner::graph, "Read, move and delete the mail of every mailbox", true},
    {"Application.Read.All",
     owner::graph,
     "Read every app registration, with the end dates of its credentials"},
    {"Policy.Read.All", owner::graph, "Read the policies of the organisation"},
    {"Policy.ReadWrite.ConditionalAccess",
     owner::graph,
     "Change Conditional Access policies",
     true},
    {"User.ManageIdentities.All", owner::graph, "Change the sign-in identities of users", true},
    {"User.EnableDisableAccount.All", owner::graph, "Enable and disable accounts", true},
    {"User.RevokeSessions.All", owner::graph, "Revoke the sessions of every user", true},
    {"User-PasswordProfile.ReadWrite.All", owner::graph, "Reset passwords", true, false, true},
    {"Directory.AccessAsUser.All",
     owner::graph,
     "Act on the directory as the signed-in user",
     true,
     true},
    {"ActivityFeed.Read", owner::management, "Read the activity feed, all but DLP"},
    {"ActivityFeed.ReadDlp", owner::management, "Read DLP events with the detected values"},
    {"ServiceHealth.Read", owner::management, "Read the health of the service"},
    {"Exchange.ManageAsApp",
     owner::exchange,
     "Run Exchange cmdlets, as far as a directory role of the app allows",
     true,
     false,
     true},
    {"ReportingWebService.Read.All",
     owner::exchange,
     "Read message traces from the legacy Reporting Web Service",
     false,
     false,
     true},
    {"Investigation.Read", owner::cloud_apps, "Read alerts, activities and entities"},
    {"Investigation.Manage", owner::cloud_apps, "Read and close alerts", true},
    {"Discovery.Read", owner::cloud_apps, "Read discovery reports"},
    {"Discovery.Manage", owner::cloud_apps, "Change discovery settings", true},
    {"Settings.Read", owner::cloud_apps, "Read settings"},
    {"Settings.Manage", owner::cloud_apps, "Change settings", true},
    {"Machine.Read.All", owner::defender, "Read every machine"},
    {"Machine.ReadWrite.All", owner::defender, "Read every machine and change its tags", true},
    {"Machine.Isolate", owner::defender, "Isolate machines", true},
    {"Alert.Read.All", owner::defender, "Read alerts of Defender for Endpoint"},
    {"Ti.ReadWrite", owner::defender, "Read and change the indicators of this app", true},
    {"Ti.ReadWrite.All", owner::defender, "Read and change every indicator", true},
});

} // namespace

auto permission_table() -> std::span<const permission> {
  return table;
}

auto find_permission(std::string_view name) -> const permission* {
  const auto same = [&](const permission& one) {
    return seams::equal_ignoring_case(one.name, name);
  };
  const auto found = std::ranges::find_if(table, same);
  return found == table.end() ? nullptr : &*found;
}

auto portal_group(owner of) -> std::string_view {
  switch (of) {
  case owner::graph:
    return "Microsoft Graph";
  case owner::management:
    return "Office 365 Management APIs";
  case owner::exchange:
    return "Office 365 Exchange Online";
  case owner::cloud_apps:
    return "Microsoft Cloud App Security";
  case owner::defender:
    return "WindowsDefenderATP";
  }
  return "";
}

auto owner_of(workload which) -> const owner* {
  static constexpr auto owners = std::array<std::optional<owner>, workload_count>{owner::graph,
                                                                                  owner::management,
                                                                                  owner::exchange,
                                                                                  owner::cloud_apps,
                                                                                  std::nullopt,
                                                                                  owner::defender};
  const auto& found = owners[static_cast<std::size_t>(which)];
  return found ? &*found : nullptr;
}

} // namespace core::permissions
