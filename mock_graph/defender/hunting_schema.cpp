#include "mock_graph/defender/hunting_schema.hpp"

namespace mock_graph::defender {
namespace {

using hunting::column;
using hunting::scalar;
using columns = std::vector<column>;

/// "Name" is a string column, "Name:type" one of another type.
auto parse(std::initializer_list<std::string_view> specs) -> columns {
  static constexpr auto types =
      std::to_array<std::pair<std::string_view, scalar>>({{"datetime", scalar::datetime},
                                                          {"bool", scalar::boolean},
                                                          {"int", scalar::int32},
                                                          {"long", scalar::int64},
                                                          {"dynamic", scalar::dynamic}});
  auto out = columns();
  for (const auto spec : specs) {
    const auto colon = spec.find(':');
    auto type = scalar::string;
    for (const auto& [name, kind] : types) {
      if (colon != std::string_view::npos && spec.substr(colon + 1) == name) {
        type = kind;
      }
    }
    out.push_back({std::string(spec.substr(0, colon)), type});
  }
  return out;
}

auto email_events() -> columns {
  return parse({"Timestamp:datetime",
                "NetworkMessageId",
                "InternetMessageId",
                "SenderMailFromAddress",
                "SenderMailFromDomain",
                "SenderFromAddress",
                "SenderFromDomain",
                "SenderDisplayName",
                "SenderObjectId",
                "SenderIPv4",
                "SenderIPv6",
                "RecipientEmailAddress",
                "RecipientObjectId",
                "Subject",
                "EmailClusterId:long",
                "EmailDirection",
                "DeliveryAction",
                "DeliveryLocation",
                "ThreatTypes",
                "ThreatNames",
                "DetectionMethods",
                "ConfidenceLevel",
                "BulkComplaintLevel:int",
                "EmailAction",
                "EmailActionPolicy",
                "EmailActionPolicyGuid",
                "AttachmentCount:int",
                "UrlCount:int",
                "AuthenticationDetails",
                "EmailLanguage",
                "Connectors",
                "OrgLevelAction",
                "OrgLevelPolicy",
                "UserLevelAction",
                "UserLevelPolicy",
                "AdditionalFields",
                "LatestDeliveryLocation",
                "LatestDeliveryAction",
                "ReportId"});
}

auto message_events() -> columns {
  return parse({"Timestamp:datetime",
                "LastEditedTime",
                "TeamsMessageId",
                "SenderEmailAddress",
                "SenderDisplayName",
                "SenderObjectId",
                "SenderType",
                "RecipientDetails:dynamic",
                "IsOwnedThread:bool",
                "MessageId",
                "ParentMessageId",
                "GroupId",
                "GroupName",
                "ThreadId",
                "ThreadSubtype",
                "IsExternalThread:bool",
                "MessageFormatType",
                "MessageFormatSubtype",
                "MessageVersion",
                "MessageSubject",
                "ThreatTypes",
                "DetectionMethods:dynamic",
                "ConfidenceLevel:dynamic",
                "DeliveryAction",
                "DeliveryLocation",
                "ReportId"});
}

auto alert_evidence() -> columns {
  return parse({"Timestamp:datetime",
                "AlertId",
                "Title",
                "Categories",
                "AttackTechniques",
                "ServiceSource",
                "DetectionSource",
                "EntityType",
                "EvidenceRole",
                "EvidenceDirection",
                "FileName",
                "FolderPath",
                "SHA1",
                "SHA256",
                "FileSize:long",
                "ThreatFamily",
                "RemoteIP",
                "RemoteUrl",
                "AccountName",
                "AccountDomain",
                "AccountSid",
                "AccountObjectId",
                "AccountUpn",
                "DeviceId",
                "DeviceName",
                "LocalIP",
                "NetworkMessageId",
                "EmailSubject",
                "Application",
                "ApplicationId:int",
                "OAuthApplicationId",
                "ProcessCommandLine",
                "RegistryKey",
                "RegistryValueName",
                "RegistryValueData",
                "AdditionalFields",
                "Severity",
                "CloudResource",
                "CloudPlatform",
                "ResourceType",
                "ResourceID",
                "SubscriptionId"});
}

auto url_click_events() -> columns {
  return parse({"Timestamp:datetime",
                "Url",
                "ActionType",
                "AccountUpn",
                "Workload",
                "NetworkMessageId",
                "ThreatTypes",
                "DetectionMethods",
                "IPAddress",
                "IsClickedThrough:bool",
                "UrlChain",
                "ReportId",
                "AppName",
                "AppVersion",
                "SourceId"});
}

auto email_url_info() -> columns {
  return parse(
      {"Timestamp:datetime", "NetworkMessageId", "Url", "UrlDomain", "UrlLocation", "ReportId"});
}

auto email_attachment_info() -> columns {
  return parse({"Timestamp:datetime",
                "NetworkMessageId",
                "SenderFromAddress",
                "SenderDisplayName",
                "SenderObjectId",
                "RecipientEmailAddress",
                "RecipientObjectId",
                "FileName",
                "FileType",
                "SHA256",
                "FileSize:long",
                "ThreatTypes",
                "ThreatNames",
                "DetectionMethods",
                "ReportId"});
}

auto email_post_delivery_events() -> columns {
  return parse({"Timestamp:datetime",
                "NetworkMessageId",
                "InternetMessageId",
                "Action",
                "ActionType",
                "ActionTrigger",
                "ActionResult",
                "RecipientEmailAddress",
                "DeliveryLocation",
                "ThreatTypes",
                "DetectionMethods",
                "ReportId"});
}

auto message_url_info() -> columns {
  return parse(
      {"Timestamp:datetime", "TeamsMessageId", "Url", "UrlDomain", "ThreatTypes", "ReportId"});
}

auto message_post_delivery_events() -> columns {
  return parse({"Timestamp:datetime",
                "TeamsMessageId",
                "Action",
                "ActionType",
                "ActionTrigger",
                "ActionResult",
                "SenderEmailAddress",
                "RecipientDetails:dynamic",
                "ThreatTypes",
                "ConfidenceLevel:dynamic",
                "DetectionMethods",
                "LatestDeliveryLocation",
                "ReportId",
                "IsExternalThread:bool"});
}

auto alert_info() -> columns {
  return parse({"Timestamp:datetime",
                "AlertId",
                "Title",
                "Category",
                "Severity",
                "ServiceSource",
                "DetectionSource",
                "AttackTechniques"});
}

} // namespace

auto hunting_schema() -> std::vector<std::pair<std::string_view, columns>> {
  return {{"UrlClickEvents", url_click_events()},
          {"EmailEvents", email_events()},
          {"EmailUrlInfo", email_url_info()},
          {"EmailAttachmentInfo", email_attachment_info()},
          {"EmailPostDeliveryEvents", email_post_delivery_events()},
          {"MessageEvents", message_events()},
          {"MessageUrlInfo", message_url_info()},
          {"MessagePostDeliveryEvents", message_post_delivery_events()},
          {"AlertInfo", alert_info()},
          {"AlertEvidence", alert_evidence()}};
}

} // namespace mock_graph::defender
