// Graph security/alerts_v2 (sheet, section 4.1).
#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/schema.hpp"
#include "core/ocsf/sources/evidence.hpp"
#include "core/ocsf/sources/shared.hpp"
#include "core/ocsf/sources/sources.hpp"

#include <algorithm>

namespace core::ocsf {
namespace {

using nlohmann::json;

constexpr auto alert_statuses =
    std::to_array<word>({{"new", 1}, {"inProgress", 2}, {"resolved", 4}, {"unknown", 0}});

constexpr auto alert_fields = std::to_array<field>({
    {"createdDateTime", "time", as_time},
    {"createdDateTime", "finding_info.created_time", as_time},
    {"lastUpdateDateTime", "finding_info.modified_time", as_time},
    {"lastUpdateDateTime", "metadata.modified_time", as_time},
    {"firstActivityDateTime", "start_time", as_time},
    {"firstActivityDateTime", "finding_info.first_seen_time", as_time},
    {"lastActivityDateTime", "end_time", as_time},
    {"lastActivityDateTime", "finding_info.last_seen_time", as_time},
    {"id", "finding_info.uid"},
    {"providerAlertId", "finding_info.uid_alt"},
    {"title", "finding_info.title"},
    {"title", "message"},
    {"description", "finding_info.desc"},
    {"alertWebUrl", "finding_info.src_url"},
    {"incidentWebUrl", "src_url"},
    {"incidentId", "metadata.correlation_uid"},
    {"category", "finding_info.types[]"},
    {"severity", "severity_id", severity_words},
    {"status", "status_id", alert_statuses},
    {"serviceSource", "finding_info.product.name"},
    {"detectionSource", "metadata.product.feature.name"},
    {"detectionSource", "finding_info.data_sources[]"},
    {"detectorId", "finding_info.analytic.uid"},
    {"assignedTo", "assignee.name"},
    {"assignedTo", "assignee.email_addr", as_mail},
    {"systemTags", "metadata.labels[]"},
});

/// resources/security-alert, `serviceSource`, and the product that goes by it.
constexpr auto products = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"microsoftDefenderForOffice365", "Microsoft Defender for Office 365"},
    {"microsoftDefenderForEndpoint", "Microsoft Defender for Endpoint"},
    {"microsoftDefenderForIdentity", "Microsoft Defender for Identity"},
    {"microsoftCloudAppSecurity", "Microsoft Defender for Cloud Apps"},
    {"microsoftDefenderForCloudApps", "Microsoft Defender for Cloud Apps"},
    {"microsoft365Defender", "Microsoft Defender XDR"},
    {"azureAdIdentityProtection", "Microsoft Entra ID Protection"},
    {"microsoftAppGovernance", "Microsoft App Governance"},
    {"dataLossPrevention", "Microsoft Purview Data Loss Prevention"},
    {"microsoftDefenderForCloud", "Microsoft Defender for Cloud"},
});

void put_product(draft& of) {
  const auto from = of.text("serviceSource");
  const auto found =
      std::ranges::find_if(products, [&](const auto& one) { return same_word(one.first, from); });
  if (found != products.end()) {
    of.put("metadata.product.name", found->second);
  }
  if (of.has("finding_info.product")) {
    of.put("finding_info.product.vendor_name", "Microsoft");
  }
}

void put_attacks(draft& of) {
  const auto category = of.text("category");
  auto attacks = json::array();
  for (const auto& one : of.list("mitreTechniques")) {
    if (const auto technique = to_text(one)) {
      attacks.push_back(attack_of(*technique, category));
    }
  }
  auto tactic = tactic_of(category);
  if (attacks.empty() && !tactic.is_null()) {
    attacks.push_back({{"tactic", std::move(tactic)}});
  }
  if (!attacks.empty()) {
    of.put("finding_info.attacks", attacks);
    of.put("attacks", std::move(attacks));
    of.take("mitreTechniques");
  }
}

/// A name is one of malware only if the alert says that it is about malware.
void put_malware(draft& of) {
  const auto display = of.text("threatDisplayName");
  const auto name = display.empty() ? of.text("threatFamilyName") : display;
  const auto is_about = mentions(of.text("category"), "malware") ||
                        mentions(of.text("category"), "ransomware") ||
                        !of.text("threatFamilyName").empty();
  if (!name.empty() && is_about) {
    of.put("malware", json::array({{{"name", name}, {"classification_ids", {0}}}}));
    of.take(display.empty() ? "threatFamilyName" : "threatDisplayName");
  }
}

/// What was done, if all evidence that is malicious or suspicious agrees on it.
void put_disposition(draft& of) {
  constexpr auto blocked = 2;
  constexpr auto corrected = 11;
  constexpr auto detected = 15;
  constexpr auto alerted = 19;
  auto words = std::vector<std::string>();
  for (const auto& one : of.list("evidence")) {
    const auto view = record_view(one);
    const auto verdict = view.text("verdict");
    if (same_word(verdict, "malicious") || same_word(verdict, "suspicious")) {
      words.push_back(view.text("remediationStatus"));
    }
  }
  if (words.empty() || std::ranges::count(words, words.front()) != std::ssize(words)) {
    return;
  }
  const auto& word = words.front();
  if (same_word(word, "blocked") || same_word(word, "prevented")) {
    of.choose("action_id", action::denied);
    of.choose("disposition_id", blocked);
  } else if (same_word(word, "remediated")) {
    of.choose("action_id", action::modified);
    of.choose("disposition_id", corrected);
  } else if (mentions(of.text("title"), "clicked through")) {
    of.choose("action_id", action::allowed);
    of.choose("disposition_id", alerted);
  } else {
    of.choose("action_id", action::observed);
    of.choose("disposition_id", detected);
  }
}

void put_relations(draft& of) {
  const auto incident = of.text("incidentId");
  if (!incident.empty()) {
    of.put("finding_info.related_events",
           json::array({{{"uid", incident}, {"type", "microsoft.graph.security.incident"}}}));
  }
  const auto determination = of.text("determination");
  if (!determination.empty()) {
    of.put("finding_info.tags",
           json::array({{{"name", "determination"}, {"value", determination}}}));
    of.take("determination");
  }
  if (of.has("finding_info.analytic")) {
    of.put("finding_info.analytic.type_id", 0);
  }
  type_user(of, "assignee", 1);
}

auto shape_alert(draft& of) -> std::optional<std::string> {
  if (of.text("id").empty()) {
    return "an alert without an id";
  }
  const auto is_about_data = same_word(of.text("serviceSource"), "dataLossPrevention");
  const auto is_resolved = same_word(of.text("status"), "resolved");
  const auto activity = finding_activity(of, "createdDateTime", "lastUpdateDateTime", is_resolved);
  of.is(is_about_data ? classes::data_security_finding : classes::detection_finding, activity);
  if (activity == finding::create) {
    of.put("is_alert", true);
  }
  of.choose("severity_id", 0);
  of.take("@odata.type");
  put_product(of);
  put_attacks(of);
  put_relations(of);
  put_disposition(of);
  put_verdict(of);
  put_last_comment(of);
  if (is_about_data) {
    put_resources(of);
    return std::nullopt;
  }
  const auto advice = of.text("recommendedActions");
  if (!advice.empty()) {
    of.put("remediation.desc", advice);
    of.take("recommendedActions");
  }
  put_malware(of);
  put_evidence(of);
  return std::nullopt;
}

constexpr auto alert_identity = std::to_array<std::string_view>({"id"});

} // namespace

constinit const source sources::alerts = {.name = "security/alerts_v2",
                                          .provider = graph,
                                          .product = "Microsoft Defender XDR",
                                          .prefix = "alert",
                                          .identity = alert_identity,
                                          .version = "lastUpdateDateTime",
                                          .time = "createdDateTime",
                                          .fields = alert_fields,
                                          .shape = shape_alert};

} // namespace core::ocsf
