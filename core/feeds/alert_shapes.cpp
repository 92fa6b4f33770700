#include "core/feeds/alert_shapes.hpp"

#include "core/feeds/items.hpp"
#include "core/json/slice.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace core::feeds {
namespace {

constexpr auto service_sources = std::to_array<std::string_view>({"azureAdIdentityProtection",
                                                                  "dataLossPrevention",
                                                                  "microsoft365Defender",
                                                                  "microsoftAppGovernance",
                                                                  "microsoftDefenderForCloud",
                                                                  "microsoftDefenderForCloudApps",
                                                                  "microsoftDefenderForEndpoint",
                                                                  "microsoftDefenderForIdentity",
                                                                  "microsoftDefenderForOffice365",
                                                                  "microsoftInsiderRiskManagement",
                                                                  "microsoftSecurityForAI",
                                                                  "microsoftSentinel",
                                                                  "microsoftThreatIntelligence",
                                                                  "unknown",
                                                                  "unknownFutureValue"});

constexpr auto detection_sources =
    std::to_array<std::string_view>({"antivirus",
                                     "appGovernanceDetection",
                                     "appGovernancePolicy",
                                     "automatedInvestigation",
                                     "azureAdIdentityProtection",
                                     "builtInMl",
                                     "cloudAppSecurity",
                                     "customDetection",
                                     "customTi",
                                     "manual",
                                     "microsoft365Defender",
                                     "microsoftDataLossPrevention",
                                     "microsoftDefenderForAIServices",
                                     "microsoftDefenderForApiManagement",
                                     "microsoftDefenderForAppService",
                                     "microsoftDefenderForCloud",
                                     "microsoftDefenderForContainers",
                                     "microsoftDefenderForDNS",
                                     "microsoftDefenderForDatabases",
                                     "microsoftDefenderForEndpoint",
                                     "microsoftDefenderForIdentity",
                                     "microsoftDefenderForIoT",
                                     "microsoftDefenderForKeyVault",
                                     "microsoftDefenderForNetwork",
                                     "microsoftDefenderForOffice365",
                                     "microsoftDefenderForResourceManager",
                                     "microsoftDefenderForServers",
                                     "microsoftDefenderForStorage",
                                     "microsoftDefenderThreatIntelligenceAnalytics",
                                     "microsoftInsiderRiskManagement",
                                     "microsoftSentinel",
                                     "microsoftThreatExperts",
                                     "microsoftThreatIntelligence",
                                     "nrtAlerts",
                                     "scheduledAlerts",
                                     "securityCopilot",
                                     "smartScreen",
                                     "unknown",
                                     "unknownFutureValue"});

/// Without the namespace before and "Evidence" behind.
constexpr auto evidence_kinds = std::to_array<std::string_view>({"activeDirectoryDomain",
                                                                 "aiAgent",
                                                                 "amazonResource",
                                                                 "analyzedMessage",
                                                                 "azureResource",
                                                                 "blob",
                                                                 "blobContainer",
                                                                 "cloudApplication",
                                                                 "cloudLogonRequest",
                                                                 "cloudLogonSession",
                                                                 "container",
                                                                 "containerImage",
                                                                 "containerRegistry",
                                                                 "device",
                                                                 "dns",
                                                                 "file",
                                                                 "fileHash",
                                                                 "gitHubOrganization",
                                                                 "gitHubRepo",
                                                                 "gitHubUser",
                                                                 "googleCloudResource",
                                                                 "hostLogonSession",
                                                                 "ioTDevice",
                                                                 "ip",
                                                                 "kubernetesCluster",
                                                                 "kubernetesController",
                                                                 "kubernetesNamespace",
                                                                 "kubernetesPod",
                                                                 "kubernetesSecret",
                                                                 "kubernetesService",
                                                                 "kubernetesServiceAccount",
                                                                 "mailCluster",
                                                                 "mailbox",
                                                                 "mailboxConfiguration",
                                                                 "malware",
                                                                 "networkConnection",
                                                                 "nic",
                                                                 "oauthApplication",
                                                                 "process",
                                                                 "registryKey",
                                                                 "registryValue",
                                                                 "sasToken",
                                                                 "securityGroup",
                                                                 "servicePrincipal",
                                                                 "submissionMail",
                                                                 "teamsMessage",
                                                                 "url",
                                                                 "user"});

constexpr auto word_bytes_max = std::size_t{100};
constexpr auto evidence_prefix = std::string_view("#microsoft.graph.security.");
constexpr auto evidence_suffix = std::string_view("Evidence");

auto is_listed(std::span<const std::string_view> words, std::string_view word) -> bool {
  return word.empty() || std::ranges::find(words, word) != words.end();
}

auto is_known_evidence(std::string_view type) -> bool {
  if (!type.starts_with(evidence_prefix) || !type.ends_with(evidence_suffix)) {
    return type.empty();
  }
  type.remove_prefix(evidence_prefix.size());
  type.remove_suffix(evidence_suffix.size());
  return is_listed(evidence_kinds, type);
}

} // namespace

void note_alert_novelties(std::string_view alert, std::set<std::string>& into) {
  const auto note = [&](std::string_view what, std::string_view word, bool known) {
    if (!known) {
      into.insert(std::string(what) + " is spelled " + std::string(word.substr(0, word_bytes_max)));
    }
  };
  const auto service = text_of(alert, "serviceSource");
  const auto detection = text_of(alert, "detectionSource");
  note("serviceSource", service, is_listed(service_sources, service));
  note("detectionSource", detection, is_listed(detection_sources, detection));
  (void)json::for_each_element(json::member(alert, "evidence").value_or(""),
                               [&](std::string_view one) {
                                 const auto type = text_of(one, "@odata.type");
                                 note("evidence", type, is_known_evidence(type));
                               });
}

} // namespace core::feeds
