#pragma once
// What happens in cloud apps and in Azure.
#include "core/seams/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mock_graph::tenant {

/// Defender for Cloud Apps raises an alert, or `count` of them evenly spread over `over`, whose ids
/// are "many#0", "many#1", ...
struct cloud_app_alert {
  std::string id; ///< how a scenario speaks of it
  std::string title = "Activity from infrequent country";
  std::string description;
  std::int64_t severity = 1; ///< 0 low, 1 medium, 2 high, 3 informational
  std::string user;          ///< user name, or empty
  std::string app = "Office 365";
  std::string policy; ///< display name of the policy that matched, or empty
  std::string ip;
  std::uint64_t count = 1;
  seams::duration over{};
  std::optional<seams::duration> visible_after; ///< replaces the default delay
};

/// Somebody does something in a connected app; many as above.
struct cloud_app_activity {
  std::string id;
  std::string user;
  std::string app = "Office 365";
  std::string event = "EVENT_CATEGORY_LOGIN"; ///< eventTypeName
  std::string description = "Log on";
  std::string ip;
  std::string city;
  std::string country = "US";
  std::uint64_t count = 1;
  seams::duration over{};
  std::optional<seams::duration> visible_after;
};

/// One entry that an operation leaves in the Activity log.
struct azure_entry {
  std::string status = "Succeeded"; ///< "Started", "Accepted", "Succeeded", "Failed", ""
  seams::duration after{};          ///< since the operation began
  std::optional<seams::duration> visible_after;
};

/// An operation on a resource of Azure: entries that share a correlation id.
struct azure_operation {
  std::string id;
  std::string subscription;
  std::string operation = "Microsoft.Compute/virtualMachines/write";
  std::string resource_group = "production";
  std::string resource = "vm-1"; ///< name of the resource
  std::string user;              ///< who does it; empty: Azure itself
  std::string ip;
  std::vector<azure_entry> entries;
};

/// Defender for Cloud raises an alert about a workload in Azure.
struct cloud_workload_alert {
  std::string id;
  std::string title = "Suspicious process executed";
  std::string description;
  std::string severity = "medium";
  std::string category = "Execution";
  std::string detection_source = "microsoftDefenderForServers";
  std::string detector = "VM_SuspiciousProcess"; ///< name of the alert type
  std::string resource;                          ///< id of the Azure resource
  std::string resource_type = "Virtual Machine";
  std::optional<seams::duration> visible_after;
};

} // namespace mock_graph::tenant
