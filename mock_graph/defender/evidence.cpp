#include "mock_graph/defender/evidence.hpp"

#include "core/seams/digest.hpp"
#include "core/seams/http.hpp"

namespace mock_graph::defender::evidence {
namespace {

/// The fields every evidence has, in the order seen on the wire (graph-security sheet, 2.1).
auto base(std::string_view type, seams::instant added, std::string_view verdict) -> json {
  auto out = json();
  out["@odata.type"] = "#microsoft.graph.security." + std::string(type);
  out["createdDateTime"] = seams::to_rfc3339(added);
  out["verdict"] = verdict;
  out["remediationStatus"] = "none";
  out["remediationStatusDetails"] = nullptr;
  out["roles"] = json::array();
  out["detailedRoles"] = json::array();
  out["tags"] = json::array();
  return out;
}

auto account(const tenant::user& who) -> json {
  const auto at = who.upn.find('@');
  auto out = json();
  out["accountName"] = who.upn.substr(0, at);
  out["domainName"] = at == std::string::npos ? "" : who.upn.substr(at + 1);
  out["userSid"] = nullptr;
  out["azureAdUserId"] = who.object_id;
  out["userPrincipalName"] = who.upn;
  out["displayName"] = who.display_name;
  return out;
}

auto sender(const std::string& address) -> json {
  auto out = json();
  out["emailAddress"] = address;
  out["displayName"] = "";
  out["domainName"] = address.substr(address.rfind('@') + 1);
  return out;
}

auto urn(std::string_view kind, std::string_view identity) -> std::string {
  return "urn:" + std::string(kind) + ":" + seams::to_hex(seams::sha256(identity)).substr(0, 32);
}

} // namespace

auto user(const tenant::user& who, seams::instant added) -> json {
  auto out = base("userEvidence", added, "suspicious");
  out["userAccount"] = account(who);
  return out;
}

auto mailbox(const tenant::user& who, seams::instant added) -> json {
  auto out = base("mailboxEvidence", added, "suspicious");
  out["primaryAddress"] = who.upn;
  out["displayName"] = who.display_name;
  out["upn"] = who.upn;
  out["userAccount"] = account(who);
  return out;
}

auto url(const std::string& address, seams::instant added) -> json {
  auto out = base("urlEvidence", added, "malicious");
  out["url"] = address;
  return out;
}

auto ip(const std::string& address, seams::instant added) -> json {
  auto out = base("ipEvidence", added, "suspicious");
  out["ipAddress"] = address;
  out["countryLetterCode"] = nullptr;
  return out;
}

auto analyzed_message(const tenant::mail_fact& mail,
                      const tenant::user& recipient,
                      const std::string& threat,
                      seams::instant added) -> json {
  auto out = base("analyzedMessageEvidence", added, "malicious");
  out["networkMessageId"] = mail.network_message_id;
  out["internetMessageId"] = mail.internet_message_id;
  out["subject"] = mail.what.subject;
  out["language"] = "en";
  out["senderIp"] = mail.sender_ip;
  out["recipientEmailAddress"] = recipient.upn;
  out["antiSpamDirection"] = mail.internal_sender ? "Intraorg" : "Inbound";
  out["deliveryAction"] = mail.what.location == "Junk"         ? "DeliveredAsSpam"
                          : mail.what.location == "Quarantine" ? "Blocked"
                                                               : "Delivered";
  out["deliveryLocation"] = mail.what.location;
  out["urn"] = urn("MailEntity", mail.network_message_id + recipient.upn);
  out["threats"] = json::array({threat});
  out["threatDetectionMethods"] = json::array();
  out["urls"] = mail.what.urls;
  out["urlCount"] = mail.what.urls.size();
  out["attachmentsCount"] = mail.what.attachments.size();
  out["receivedDateTime"] = seams::to_rfc3339(mail.at);
  out["p1Sender"] = sender(mail.what.from);
  out["p2Sender"] = sender(mail.what.from);
  return out;
}

auto mail_cluster(const std::string& clicked_url,
                  const std::vector<std::string>& network_message_ids,
                  seams::instant added) -> json {
  auto out = base("mailClusterEvidence", added, "malicious");
  out["clusterBy"] = "NormalizedUrl;ContentType";
  out["clusterByValue"] = clicked_url + ";1";
  out["query"] = "NormalizedUrl:\"" + clicked_url + "\" AND ContentType: 1";
  out["urn"] = urn("MailClusterEntity", clicked_url);
  out["emailCount"] = network_message_ids.size();
  out["networkMessageIds"] = network_message_ids;
  return out;
}

auto teams_message(const tenant::teams_fact& message, seams::instant added) -> json {
  auto out = base("teamsMessageEvidence", added, "malicious");
  auto addresses = json::array();
  for (const auto& who : message.recipients) {
    addresses.push_back(who.upn);
  }
  auto urls = json::array();
  for (const auto& address : message.what.urls) {
    urls.push_back(url(address, added));
  }
  out["campaignId"] = nullptr;
  out["sourceId"] = nullptr;
  out["sourceAppName"] = "desktop";
  out["messageId"] = message.message_id;
  out["parentMessageId"] = message.message_id;
  out["threadId"] = message.thread_id;
  out["threadType"] = message.what.channel ? "Space" : "Chat";
  out["channelId"] = message.what.channel ? json(message.thread_id) : json(nullptr);
  out["groupId"] = nullptr;
  out["subject"] = nullptr;
  out["senderFromAddress"] = message.what.from;
  out["senderIP"] = nullptr;
  out["recipients"] = addresses;
  out["suspiciousRecipients"] = json::array();
  out["messageDirection"] = message.external_sender ? "inbound" : "intraorg";
  out["deliveryAction"] = "delivered";
  out["deliveryLocation"] = "teams";
  out["isExternal"] = message.external_sender;
  out["isOwned"] = !message.external_sender;
  out["owningTenantId"] = nullptr;
  out["receivedDateTime"] = seams::to_rfc3339(message.at);
  out["lastModifiedDateTime"] = seams::to_rfc3339(message.at);
  out["urls"] = urls;
  out["files"] = json::array();
  return out;
}

} // namespace mock_graph::defender::evidence
