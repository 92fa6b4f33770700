#include "mock_graph/defender/alert.hpp"

namespace mock_graph::defender {
namespace {

using nlohmann::ordered_json;

auto or_null(const std::string& text) -> ordered_json {
  return text.empty() ? ordered_json(nullptr) : ordered_json(text);
}

/// The policy's version is part of the text (graph-security sheet, 3.1).
auto description_of(alert_kind kind) -> std::string {
  return kind == alert_kind::click_detected
             ? "We have detected that one of your users has recently clicked on a link that was "
               "found to be malicious. -V1.1.1.1"
             : "We have detected that one of your users has recently clicked through to a link "
               "that was found to be potentially malicious. -V1.0.0.5";
}

} // namespace

auto title_of(alert_kind kind) -> std::string_view {
  return kind == alert_kind::click_detected
             ? "A potentially malicious URL click was detected"
             : "A user clicked through to a potentially malicious URL";
}

auto policy_id_of(alert_kind kind) -> std::string_view {
  return kind == alert_kind::click_detected ? "a74bb32a-541b-47fb-adfd-f8c62ce3d59b"
                                            : "5453b67e-6c81-4a46-b96c-08d97b58d4ac";
}

auto render(const alert& what, const std::string& tenant_id) -> ordered_json {
  auto out = ordered_json();
  out["id"] = what.id();
  out["providerAlertId"] = what.provider_id;
  out["incidentId"] = or_null(what.incident_id);
  out["status"] = what.status;
  out["severity"] = "high";
  out["classification"] = or_null(what.classification);
  out["determination"] = or_null(what.determination);
  out["serviceSource"] = "microsoftDefenderForOffice365";
  out["detectionSource"] = "microsoftDefenderForOffice365";
  out["productName"] = "Microsoft Defender for Office 365";
  out["detectorId"] = policy_id_of(what.kind);
  out["tenantId"] = tenant_id;
  out["title"] = title_of(what.kind);
  out["description"] = description_of(what.kind);
  out["recommendedActions"] = "";
  out["category"] = "InitialAccess";
  out["categories"] = ordered_json::array({"InitialAccess"});
  out["assignedTo"] = or_null(what.assigned_to);
  out["alertWebUrl"] = "https://security.microsoft.com/alerts/" + what.id() + "?tid=" + tenant_id;
  out["incidentWebUrl"] =
      "https://security.microsoft.com/incidents/" + what.incident_id + "?tid=" + tenant_id;
  out["actorDisplayName"] = nullptr;
  out["threatDisplayName"] = nullptr;
  out["threatFamilyName"] = nullptr;
  out["mitreTechniques"] = ordered_json::array({"T1566.002"});
  out["createdDateTime"] = seams::to_rfc3339(what.created);
  out["lastUpdateDateTime"] = seams::to_rfc3339(what.updated);
  out["resolvedDateTime"] = what.status == "resolved"
                                ? ordered_json(seams::to_rfc3339(what.updated))
                                : ordered_json(nullptr);
  out["firstActivityDateTime"] = seams::to_rfc3339(what.first_activity);
  out["lastActivityDateTime"] = seams::to_rfc3339(what.last_activity);
  out["systemTags"] = ordered_json::array();
  out["alertPolicyId"] = policy_id_of(what.kind);
  out["investigationState"] = or_null(what.investigation_state);
  out["additionalData"] = nullptr;
  out["customDetails"] = nullptr;
  out["comments"] = ordered_json::array();
  out["evidence"] = what.evidence;
  return out;
}

auto render(const incident& what, const std::string& tenant_id) -> ordered_json {
  auto out = ordered_json();
  out["id"] = what.id;
  out["tenantId"] = tenant_id;
  out["status"] = what.status;
  out["incidentWebUrl"] =
      "https://security.microsoft.com/incidents/" + what.id + "?tid=" + tenant_id;
  out["redirectIncidentId"] = or_null(what.redirected_to);
  out["displayName"] = what.display_name;
  out["createdDateTime"] = seams::to_rfc3339(what.created);
  out["lastUpdateDateTime"] = seams::to_rfc3339(what.updated);
  out["assignedTo"] = or_null(what.assigned_to);
  out["classification"] = what.classification;
  out["determination"] = what.determination;
  out["severity"] = "high";
  out["customTags"] = what.custom_tags;
  out["systemTags"] = ordered_json::array();
  out["description"] = nullptr;
  out["lastModifiedBy"] = what.last_modified_by;
  out["resolvingComment"] = nullptr;
  out["summary"] = nullptr;
  out["priorityScore"] = nullptr;
  out["comments"] = ordered_json::array();
  return out;
}

} // namespace mock_graph::defender
