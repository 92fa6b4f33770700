#include "mock_graph/identity/documents.hpp"

#include "core/seams/choices.hpp"
#include "core/seams/letters.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::identity {
namespace {

using nlohmann::ordered_json;
using tenant::entra_licence;

/// Members of the old enumeration; newer types stand in riskEventTypes_v2 alone.
constexpr auto old_risk_types =
    std::to_array<std::string_view>({"unlikelyTravel",
                                     "anonymizedIPAddress",
                                     "maliciousIPAddress",
                                     "unfamiliarFeatures",
                                     "malwareInfectedIPAddress",
                                     "suspiciousIPAddress",
                                     "leakedCredentials",
                                     "investigationsThreatIntelligence",
                                     "generic",
                                     "adminConfirmedUserCompromised",
                                     "mcasImpossibleTravel",
                                     "mcasSuspiciousInboxManipulationRules",
                                     "investigationsThreatIntelligenceSigninLinked",
                                     "maliciousIPAddressValidCredentialsBlockedIP"});

auto guid(const tenant::tenant& owner, const std::string& name) -> std::string {
  return seams::named_guid(owner.state().seed, name);
}

auto or_null(const std::string& text) -> ordered_json {
  return text.empty() ? ordered_json() : ordered_json(text);
}

auto user_of(const tenant::tenant& owner, const std::string& name) -> tenant::user {
  const auto* found = owner.find_user(name);
  return found == nullptr ? tenant::user{name, name, name, guid(owner, "user/" + name)} : *found;
}

auto find_device(const tenant::tenant& owner, const std::string& name) -> const tenant::device* {
  const auto& all = owner.state().devices;
  const auto found = std::ranges::find(all, name, &tenant::device::name);
  return found == all.end() ? nullptr : &*found;
}

/// An unregistered device has an empty id (as in cribl's records of the public samples).
auto device_detail(const tenant::tenant& owner, const tenant::sign_in& what) -> ordered_json {
  const auto* device = find_device(owner, what.device);
  auto out = ordered_json();
  out["deviceId"] = device == nullptr ? "" : guid(owner, "device/" + device->name);
  out["displayName"] = device == nullptr ? "" : device->name;
  out["operatingSystem"] = "Windows10";
  out["browser"] = what.client_app == "Browser" ? "Edge 139.0.0" : "";
  out["isCompliant"] = device != nullptr && device->managed;
  out["isManaged"] = device != nullptr && device->managed;
  out["trustType"] = device == nullptr ? ""
                     : device->managed ? "Azure AD joined"
                                       : "Azure AD registered";
  return out;
}

auto location(const std::string& city, const std::string& state, const std::string& country)
    -> ordered_json {
  auto out = ordered_json();
  out["city"] = or_null(city);
  out["state"] = or_null(state);
  out["countryOrRegion"] = or_null(country);
  out["geoCoordinates"] =
      ordered_json::object({{"altitude", nullptr}, {"latitude", nullptr}, {"longitude", nullptr}});
  return out;
}

void add_risk(const tenant::tenant& owner, const tenant::sign_in& what, ordered_json& out) {
  const auto seen = owner.state().entra == entra_licence::p2;
  out["riskDetail"] = seen ? "none" : "hidden";
  out["riskLevelAggregated"] = seen ? what.risk_level : "hidden";
  out["riskLevelDuringSignIn"] = seen ? what.risk_level : "hidden";
  out["riskState"] = seen ? what.risk_state : "none";
  out["riskEventTypes"] = ordered_json::array();
  out["riskEventTypes_v2"] = ordered_json::array();
  for (const auto& type : seen ? what.risk_events : std::vector<std::string>()) {
    out["riskEventTypes_v2"].push_back(type);
    if (std::ranges::find(old_risk_types, type) != old_risk_types.end()) {
      out["riskEventTypes"].push_back(type);
    }
  }
}

auto has(const std::string& text, const char* part) -> bool {
  return seams::lower_case(text).find(part) != std::string::npos;
}

auto category_of(const tenant::directory_change& what) -> std::string {
  if (!what.category.empty()) {
    return what.category;
  }
  return has(what.activity, "application") || has(what.activity, "service principal")
             ? "ApplicationManagement"
         : has(what.activity, "role")  ? "RoleManagement"
         : has(what.activity, "group") ? "GroupManagement"
                                       : "UserManagement";
}

auto operation_of(const tenant::directory_change& what) -> std::string {
  if (!what.operation.empty()) {
    return what.operation;
  }
  return has(what.activity, "add member") || has(what.activity, "consent") ? "Assign"
         : what.activity.starts_with("Add")                                ? "Add"
         : what.activity.starts_with("Delete")                             ? "Delete"
                                                                           : "Update";
}

auto initiator(const tenant::tenant& owner, const tenant::directory_change& what) -> ordered_json {
  auto out = ordered_json();
  out["user"] = nullptr;
  out["app"] = nullptr;
  if (what.by_user.empty()) {
    // The app id was null on every record that one project looked at (graph-directory sheet, 3.3).
    const auto principal =
        what.by_principal.empty() ? guid(owner, "sp/" + what.by_app) : what.by_principal;
    out["app"] = ordered_json::object({{"appId", nullptr},
                                       {"displayName", or_null(what.by_app)},
                                       {"servicePrincipalId", principal},
                                       {"servicePrincipalName", nullptr}});
    return out;
  }
  const auto who = user_of(owner, what.by_user);
  out["user"] = ordered_json::object({{"id", who.object_id},
                                      {"displayName", nullptr},
                                      {"userPrincipalName", who.upn},
                                      {"ipAddress", or_null(what.ip)}});
  return out;
}

auto modified(const tenant::directory_target& what) -> ordered_json {
  auto names = std::vector<std::string>();
  for (const auto* values : {&what.old_values, &what.new_values}) {
    for (const auto& [name, value] : values->items()) {
      if (std::ranges::find(names, name) == names.end()) {
        names.push_back(name);
      }
    }
  }
  const auto text_in = [](const nlohmann::json& values, const std::string& name) {
    return values.contains(name) ? ordered_json(values[name].dump()) : ordered_json();
  };
  auto out = ordered_json::array();
  for (const auto& name : names) {
    out.push_back(ordered_json::object({{"displayName", name},
                                        {"oldValue", text_in(what.old_values, name)},
                                        {"newValue", text_in(what.new_values, name)}}));
  }
  return out;
}

auto target(const tenant::tenant& owner, const tenant::directory_target& what) -> ordered_json {
  const auto is_user = !what.user.empty();
  const auto who = is_user ? user_of(owner, what.user) : tenant::user();
  auto out = ordered_json();
  out["id"] = is_user ? who.object_id : guid(owner, what.type + "/" + what.name);
  out["displayName"] = or_null(is_user ? who.display_name : what.name);
  out["type"] = what.type;
  out["userPrincipalName"] = is_user ? ordered_json(who.upn) : ordered_json();
  out["groupType"] = what.type == "Group" ? ordered_json("azureAD") : ordered_json();
  out["modifiedProperties"] = modified(what);
  return out;
}

auto hex64(const tenant::tenant& owner, const std::string& name) -> std::string {
  auto out = guid(owner, name) + guid(owner, name + "/second");
  std::erase(out, '-');
  return out;
}

} // namespace

auto sign_in_address(const tenant::tenant& owner, const tenant::sign_in& what) -> std::string {
  const auto* device = find_device(owner, what.device);
  if (!what.ip.empty() || (device != nullptr && !device->ip.empty())) {
    return what.ip.empty() ? device->ip : what.ip;
  }
  return "198.51.100." + std::to_string(seams::mix(owner.state().seed, what.user) % 254 + 1);
}

auto sign_in_document(const tenant::tenant& owner, seams::instant at, const tenant::sign_in& what)
    -> ordered_json {
  const auto who = user_of(owner, what.user);
  auto out = ordered_json();
  out["id"] = guid(owner, "sign-in/" + what.id);
  out["createdDateTime"] = seams::to_rfc3339(std::chrono::floor<std::chrono::seconds>(at));
  out["userDisplayName"] = who.display_name;
  out["userPrincipalName"] = seams::lower_case(who.upn);
  out["userId"] = who.object_id;
  out["appId"] = guid(owner, "app/" + what.app);
  out["appDisplayName"] = what.app;
  out["ipAddress"] = sign_in_address(owner, what);
  out["clientAppUsed"] = what.client_app;
  out["userAgent"] = nullptr;
  out["correlationId"] = guid(owner, "correlation of sign-in/" + what.id);
  out["conditionalAccessStatus"] = what.conditional_access;
  out["isInteractive"] = what.interactive;
  add_risk(owner, what, out);
  out["resourceDisplayName"] = "Microsoft Graph";
  out["resourceId"] = "00000003-0000-0000-c000-000000000000";
  out["resourceTenantId"] = owner.state().tenant_id;
  out["homeTenantId"] = owner.state().tenant_id;
  out["servicePrincipalId"] = "";
  out["servicePrincipalName"] = nullptr;
  out["status"] = ordered_json::object(
      {{"errorCode", what.error_code},
       {"failureReason", what.failure_reason.empty() ? "Other." : what.failure_reason},
       {"additionalDetails", or_null(what.mfa)}});
  out["authenticationAppDeviceDetails"] = nullptr;
  out["deviceDetail"] = device_detail(owner, what);
  out["location"] = location(what.city, what.state, what.country);
  return out;
}

auto directory_audit_document(const tenant::tenant& owner,
                              seams::instant at,
                              const tenant::directory_change& what) -> ordered_json {
  const auto correlation = guid(owner, "directory/" + what.id);
  const auto number = seams::mix(owner.state().seed, "directory audit " + what.id);
  auto out = ordered_json();
  out["id"] = "Directory_" + correlation + "_" + std::to_string(number / 100'000'000 % 100'000) +
              "_" + std::to_string(number % 100'000'000);
  out["category"] = category_of(what);
  out["correlationId"] = correlation;
  out["result"] = what.result;
  out["resultReason"] = what.reason;
  out["activityDisplayName"] = what.activity;
  out["activityDateTime"] = seams::to_rfc3339(at);
  out["loggedByService"] = what.service;
  out["operationType"] = operation_of(what);
  out["initiatedBy"] = initiator(owner, what);
  out["targetResources"] = ordered_json::array();
  for (const auto& one : what.targets) {
    out["targetResources"].push_back(target(owner, one));
  }
  out["additionalDetails"] = ordered_json::array();
  return out;
}

auto risk_detection_document(const tenant::tenant& owner, const detected_risk& what)
    -> ordered_json {
  const auto& risk = what.what;
  const auto seen = owner.state().entra == entra_licence::p2;
  const auto of_sign_in = !risk.sign_in.empty();
  const auto from_sign_in = [&](const std::string& kind) {
    return of_sign_in ? ordered_json(guid(owner, kind + risk.sign_in)) : ordered_json();
  };
  auto out = ordered_json();
  out["id"] = hex64(owner, "risk/" + risk.id);
  out["requestId"] = from_sign_in("sign-in/");
  out["correlationId"] = from_sign_in("correlation of sign-in/");
  out["riskEventType"] = seen ? risk.type : "generic";
  out["riskState"] = risk.state;
  out["riskLevel"] = seen ? risk.level : "hidden";
  out["riskDetail"] = seen ? risk.detail : "hidden";
  out["source"] = "IdentityProtection";
  out["detectionTimingType"] = risk.timing;
  out["activity"] = of_sign_in ? "signin" : "user";
  out["tokenIssuerType"] = "AzureAD";
  out["ipAddress"] = or_null(risk.ip);
  out["activityDateTime"] = seams::to_rfc3339(what.active);
  out["detectedDateTime"] = seams::to_rfc3339(what.detected);
  out["lastUpdatedDateTime"] = seams::to_rfc3339(what.updated);
  out["userId"] = what.who.object_id;
  out["userDisplayName"] = what.who.display_name;
  out["userPrincipalName"] = seams::lower_case(what.who.upn);
  out["additionalInfo"] = R"([{"Key":"userAgent","Value":null}])";
  out["location"] = location("", "", "");
  return out;
}

auto risky_user_document(const user_risk& what) -> ordered_json {
  auto out = ordered_json();
  out["id"] = what.who.object_id;
  out["isDeleted"] = false;
  out["isProcessing"] = false;
  out["riskLevel"] = what.level;
  out["riskState"] = what.state;
  out["riskDetail"] = what.detail;
  out["riskLastUpdatedDateTime"] = seams::to_rfc3339(what.updated);
  out["userDisplayName"] = what.who.display_name;
  out["userPrincipalName"] = what.who.upn;
  return out;
}

} // namespace mock_graph::identity
