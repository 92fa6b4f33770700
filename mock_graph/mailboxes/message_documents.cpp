#include "mock_graph/mailboxes/message_documents.hpp"

#include <algorithm>

namespace mock_graph::mailboxes {
namespace {

using ordered = nlohmann::ordered_json;
using odata::kind;

auto second_of(seams::instant at) -> std::string {
  return seams::to_rfc3339(std::chrono::floor<std::chrono::seconds>(at));
}

auto person(const std::string& address) -> ordered {
  auto out = ordered();
  out["emailAddress"]["name"] = address;
  out["emailAddress"]["address"] = address;
  return out;
}

auto people(const tenant::mail_fact& mail) -> ordered {
  auto out = ordered::array();
  for (const auto& name : mail.what.to) {
    const auto member = std::ranges::find(mail.recipients, name, &tenant::user::name);
    out.push_back(person(member == mail.recipients.end() ? name : member->upn));
  }
  return out;
}

auto body_of(const tenant::mail& what) -> ordered {
  auto html = std::string();
  for (const auto& url : what.urls) {
    html += "<a href=\"" + url + "\">" + url + "</a><br>";
  }
  auto out = ordered();
  out["contentType"] = "html";
  out["content"] = "<html><body>" + html + "</body></html>";
  return out;
}

auto change_key(const stored_message& what) -> std::string {
  return "CQAAAB" + what.id.substr(what.id.size() - 24);
}

auto make_message_schema() -> odata::entity_schema {
  auto out = odata::entity_schema();
  out.type_name = "microsoft.graph.message";
  const auto add = [&](std::initializer_list<const char*> names, kind type) {
    for (const auto* name : names) {
      auto one = odata::property{name, type};
      one.element = kind::complex;
      out.properties.push_back(std::move(one));
    }
  };
  add({"id",
       "changeKey",
       "internetMessageId",
       "subject",
       "bodyPreview",
       "importance",
       "parentFolderId",
       "conversationId",
       "inferenceClassification",
       "webLink"},
      kind::string);
  add({"createdDateTime", "lastModifiedDateTime", "receivedDateTime", "sentDateTime"},
      kind::date_time);
  add({"hasAttachments", "isRead", "isDraft"}, kind::boolean);
  add({"from", "sender", "body", "flag"}, kind::complex);
  add({"toRecipients", "ccRecipients", "bccRecipients", "replyTo", "categories"}, kind::collection);
  return out;
}

} // namespace

auto message_schema() -> const odata::entity_schema& {
  static const auto schema = make_message_schema();
  return schema;
}

auto message_document(const mail_store& store,
                      const tenant::user& owner,
                      const stored_message& what,
                      bool immutable_ids) -> ordered {
  const auto& mail = *what.mail;
  const auto id = immutable_ids ? what.immutable_id : what.id;
  auto out = ordered();
  out["@odata.etag"] = "W/\"" + change_key(what) + "\"";
  out["id"] = id;
  out["createdDateTime"] = second_of(mail.at);
  out["lastModifiedDateTime"] = second_of(what.changed);
  out["changeKey"] = change_key(what);
  out["categories"] = ordered::array();
  out["receivedDateTime"] = second_of(mail.at);
  out["sentDateTime"] = second_of(mail.at);
  out["hasAttachments"] = !mail.what.attachments.empty();
  out["internetMessageId"] = mail.internet_message_id;
  out["subject"] = mail.what.subject;
  out["bodyPreview"] = mail.what.urls.empty() ? "" : mail.what.urls.front();
  out["importance"] = "normal";
  out["parentFolderId"] = what.in == nullptr ? "" : store.folder_id(owner.name, *what.in);
  out["conversationId"] = "AAQkAG" + mail.network_message_id;
  out["isDeliveryReceiptRequested"] = nullptr;
  out["isReadReceiptRequested"] = false;
  out["isRead"] = false;
  out["isDraft"] = false;
  out["webLink"] = "https://outlook.office365.com/owa/?ItemID=" + id + "&exvsurl=1";
  out["inferenceClassification"] = "focused";
  out["body"] = body_of(mail.what);
  out["sender"] = person(mail.what.from);
  out["from"] = person(mail.what.from);
  out["toRecipients"] = people(mail);
  out["ccRecipients"] = ordered::array();
  out["bccRecipients"] = ordered::array();
  out["replyTo"] = ordered::array();
  out["flag"]["flagStatus"] = "notFlagged";
  return out;
}

} // namespace mock_graph::mailboxes
