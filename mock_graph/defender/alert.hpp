#pragma once
// An alert and an incident as Defender holds them, before any API shows them.
#include "mock_graph/tenant/facts.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace mock_graph::defender {

/// The two Safe Links alerts (learn.microsoft.com/defender-xdr/alert-policies).
enum class alert_kind {
  clicked_through, ///< "A user clicked through to a potentially malicious URL"
  click_detected   ///< "A potentially malicious URL click was detected"
};

auto title_of(alert_kind kind) -> std::string_view;
/// `alertPolicyId` and `detectorId`; known from public scripts only (graph-security sheet, 3.1).
auto policy_id_of(alert_kind kind) -> std::string_view;

struct alert {
  alert_kind kind = alert_kind::click_detected;
  std::string provider_id; ///< Graph's `id` is "fa" + this
  std::string incident_id;
  tenant::user who;
  std::string url;
  tenant::workload where = tenant::workload::email;
  std::vector<const tenant::click_fact*> clicks;
  seams::instant created;
  seams::instant updated;
  seams::instant first_activity;
  seams::instant last_activity;
  std::string status = "new";
  std::string classification; ///< "" is null
  std::string determination;  ///< "" is null
  std::string assigned_to;    ///< "" is null
  std::string investigation_state;
  std::vector<nlohmann::ordered_json> evidence;
  std::string story;

  [[nodiscard]] auto id() const -> std::string { return "fa" + provider_id; }
};

struct incident {
  std::string id; ///< a decimal number as a string
  std::string display_name;
  std::string status = "active";
  std::string redirected_to; ///< id of the incident it was merged into, "" is null
  std::string classification = "unknown";
  std::string determination = "unknown";
  std::string assigned_to;
  std::vector<std::string> custom_tags;
  std::string last_modified_by = "Microsoft 365 Defender-IncidentCreation";
  seams::instant created;
  seams::instant updated;
  std::vector<std::string> alert_ids;
  std::string story;
};

auto render(const alert& what, const std::string& tenant_id) -> nlohmann::ordered_json;
auto render(const incident& what, const std::string& tenant_id) -> nlohmann::ordered_json;

} // namespace mock_graph::defender
