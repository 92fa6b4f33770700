#include "core/feeds/permission_hint.hpp"

#include "core/health/monitor.hpp"

namespace core::feeds {

auto portal_name(workload which) -> std::string_view {
  switch (which) {
  case workload::graph:
    return "Microsoft Graph";
  case workload::management:
    return "Office 365 Management APIs";
  case workload::exchange:
    return "Office 365 Exchange Online";
  case workload::cloud_apps:
    return "Microsoft Cloud App Security";
  case workload::resource_manager:
    return "Azure Resource Manager";
  case workload::endpoint:
    return "WindowsDefenderATP";
  }
  return "";
}

auto with_permission_hint(seams::failure why, const feed_facts& of) -> seams::failure {
  if (health::state_of(why) != "insufficient_permissions" || of.permissions.empty()) {
    return why;
  }
  auto roles = std::string();
  for (const auto role : of.permissions) {
    roles += (roles.empty() ? "" : " and ") + std::string(role);
  }
  if (why.why.ends_with('.') && !why.why.ends_with("..")) {
    why.why.pop_back();
  }
  why.why += "; the feed " + std::string(of.name) + " needs " + roles + " of " +
             std::string(portal_name(of.api)) + ", as application permission with admin consent" +
             (of.also.empty() ? "" : ", and " + std::string(of.also));
  return why;
}

} // namespace core::feeds
