#include "mock_graph/defender/workload_alerts.hpp"

#include "core/seams/choices.hpp"

namespace mock_graph::defender {
namespace {

constexpr auto cloud_feed = std::string_view("defender_for_cloud");

/// Members as of any alert of alerts_v2; "evidence" holds the resource.
auto workload_document(const tenant::standing& state,
                       seams::instant at,
                       seams::instant happened,
                       const tenant::cloud_workload_alert& what) -> nlohmann::ordered_json {
  const auto provider_id = seams::named_guid(state.seed, "workload alert/" + what.id);
  const auto id = "dc" + provider_id;
  auto out = nlohmann::ordered_json();
  out["id"] = id;
  out["providerAlertId"] = provider_id;
  out["incidentId"] = nullptr;
  out["status"] = "new";
  out["severity"] = what.severity;
  out["classification"] = nullptr;
  out["determination"] = nullptr;
  out["serviceSource"] = "microsoftDefenderForCloud";
  out["detectionSource"] = what.detection_source;
  out["productName"] = "Microsoft Defender for Cloud";
  out["detectorId"] = what.detector;
  out["tenantId"] = state.tenant_id;
  out["title"] = what.title;
  out["description"] = what.description;
  out["recommendedActions"] = "";
  out["category"] = what.category;
  out["categories"] = nlohmann::ordered_json::array({what.category});
  out["assignedTo"] = nullptr;
  out["alertWebUrl"] = "https://security.microsoft.com/alerts/" + id + "?tid=" + state.tenant_id;
  out["incidentWebUrl"] = nullptr;
  for (const auto* name : {"actorDisplayName", "threatDisplayName", "threatFamilyName"}) {
    out[name] = nullptr;
  }
  out["mitreTechniques"] = nlohmann::ordered_json::array();
  out["createdDateTime"] = seams::to_rfc3339(at);
  out["lastUpdateDateTime"] = seams::to_rfc3339(at);
  out["resolvedDateTime"] = nullptr;
  out["firstActivityDateTime"] = seams::to_rfc3339(happened);
  out["lastActivityDateTime"] = seams::to_rfc3339(happened);
  out["systemTags"] = nlohmann::ordered_json::array();
  for (const auto* name :
       {"alertPolicyId", "investigationState", "additionalData", "customDetails"}) {
    out[name] = nullptr;
  }
  out["comments"] = nlohmann::ordered_json::array();
  auto resource = nlohmann::ordered_json();
  resource["@odata.type"] = "#microsoft.graph.security.azureResourceEvidence";
  resource["createdDateTime"] = seams::to_rfc3339(at);
  resource["verdict"] = "unknown";
  resource["remediationStatus"] = "none";
  resource["remediationStatusDetails"] = nullptr;
  resource["roles"] = nlohmann::ordered_json::array();
  resource["detailedRoles"] = nlohmann::ordered_json::array();
  resource["tags"] = nlohmann::ordered_json::array();
  resource["resourceId"] = what.resource;
  resource["resourceName"] = what.resource.substr(what.resource.rfind('/') + 1);
  resource["resourceType"] = what.resource_type;
  out["evidence"] = nlohmann::ordered_json::array({resource});
  return out;
}

} // namespace

void workload_alerts::on(const tenant::event& what) {
  const auto* alert = std::get_if<tenant::cloud_workload_alert>(&what.what);
  if (alert == nullptr) {
    return;
  }
  const auto delay = alert->visible_after.value_or(tenant_.state().delays.alert);
  tenant_.later().at(what.at + delay,
                     [this, happened = what.at, origin = what.origin, alert = *alert](
                         seams::instant at) { raise(at, happened, origin, alert); });
}

void workload_alerts::raise(seams::instant at,
                            seams::instant happened,
                            const std::string& origin,
                            const tenant::cloud_workload_alert& what) {
  const auto document = workload_document(tenant_.state(), at, happened, what);
  auto version = entity_version();
  version.id = document["id"].get<std::string>();
  version.updated = at;
  version.visible_at = at + tenant_.state().delays.listing;
  version.raw = document.dump();
  version.document = nlohmann::json(document);
  const auto story = "workload alert " + what.id + " (" + origin + ")";
  auto entry = ledger_entry();
  entry.feed = cloud_feed;
  entry.key = version.id;
  entry.version = document["lastUpdateDateTime"].get<std::string>();
  entry.bytes = seams::sha256(version.raw);
  entry.visible_at = version.visible_at;
  entry.story = story;
  ledger_.appeared(std::move(entry));
  alerts_.alert_log().put(std::move(version), story);
}

} // namespace mock_graph::defender
