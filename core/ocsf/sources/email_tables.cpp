// Hunting tables EmailEvents, EmailUrlInfo, EmailAttachmentInfo, EmailPostDeliveryEvents (sheet,
// section 4.4).
#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/schema.hpp"
#include "core/ocsf/sources/shared.hpp"
#include "core/ocsf/sources/sources.hpp"
#include "core/seams/letters.hpp"

#include <algorithm>

namespace core::ocsf {
namespace {

using nlohmann::json;

constexpr auto send = 1;
constexpr auto receive = 2;

constexpr auto email_event_fields = std::to_array<field>({
    {"Timestamp", "time", as_time},
    {"NetworkMessageId", "message_trace_uid"},
    {"NetworkMessageId", "email.uid"},
    {"NetworkMessageId", "metadata.correlation_uid"},
    {"InternetMessageId", "email.message_uid"},
    {"SenderMailFromAddress", "from", as_mail},
    {"SenderMailFromAddress", "email.return_path", as_mail},
    {"SenderFromAddress", "email.from", as_mail},
    {"RecipientEmailAddress", "to[]", as_mail},
    {"RecipientEmailAddress", "email.to[]", as_mail},
    {"Cc", "email.cc[]", as_mail},
    {"Subject", "email.subject"},
    {"EmailSize", "email.size", as_whole},
    {"SenderIPv4", "src_endpoint.ip", as_ip},
    {"SenderIPv6", "src_endpoint.ip", as_ip},
    {"EmailActionPolicy", "policy.name"},
    {"EmailActionPolicyGuid", "policy.uid"},
    {"DeliveryLocation", "status_detail"},
});

/// `EmailDirection` as direction and activity.
struct way {
  std::string_view word;
  int direction;
  int activity;
};
constexpr auto ways =
    std::to_array<way>({{"Inbound", 1, receive}, {"Outbound", 2, send}, {"Intra-org", 3, receive}});

/// `DeliveryAction` as status, action and disposition; a disposition 99 is the word itself.
struct delivery {
  std::string_view word;
  int status;
  int action;
  int disposition;
};
constexpr auto deliveries = std::to_array<delivery>({{"Delivered", 1, action::allowed, 1},
                                                     {"Junked", 1, action::modified, other},
                                                     {"Blocked", 2, action::denied, 2},
                                                     {"Replaced", 1, action::modified, other}});

void put_direction(draft& of) {
  const auto word = of.text("EmailDirection");
  const auto found =
      std::ranges::find_if(ways, [&](const way& one) { return same_word(one.word, word); });
  of.choose("direction_id", found == ways.end() ? 0 : found->direction);
  of.is(classes::email_activity, found == ways.end() ? receive : found->activity);
  if (found != ways.end()) {
    of.take("EmailDirection");
  }
}

void put_delivery(draft& of) {
  constexpr auto quarantined = 3;
  const auto word = of.text("DeliveryAction");
  const auto found = std::ranges::find_if(
      deliveries, [&](const delivery& one) { return same_word(one.word, word); });
  if (word.empty()) {
    return;
  }
  if (found == deliveries.end()) {
    of.choose("status_id", other, word);
    of.choose("action_id", 0);
    of.choose("disposition_id", other, word);
    return;
  }
  const auto in_quarantine =
      found->action == action::denied && mentions(of.text("DeliveryLocation"), "quarantine");
  of.choose("status_id", found->status);
  of.choose("action_id", found->action);
  of.choose("disposition_id", in_quarantine ? quarantined : found->disposition, word);
}

/// {"SPF": "pass", "DKIM": "fail", ...}; a text of any other form stays as it is.
void put_authentication(draft& of) {
  const auto* details = of.record().find("AuthenticationDetails");
  const auto read = details == nullptr ? json() : unfolded(*details);
  for (const auto& [from, to] : {std::pair("SPF", "email_auth.spf"),
                                 std::pair("DKIM", "email_auth.dkim"),
                                 std::pair("DMARC", "email_auth.dmarc")}) {
    const auto* verdict = member_of(read, from);
    const auto word = verdict == nullptr ? std::nullopt : to_text(*verdict);
    if (word) {
      of.put(to, seams::lower_case(*word));
    }
  }
}

/// "High" by itself, or {"Phish": "High"} where the service says of what.
void put_confidence(draft& of) {
  constexpr auto high = 3;
  constexpr auto low = 1;
  const auto word = of.text("ConfidenceLevel");
  if (mentions(word, "high")) {
    of.choose("confidence_id", high);
  } else if (mentions(word, "low") || mentions(word, "normal")) {
    of.choose("confidence_id", low);
  }
}

void put_mail_malware(draft& of) {
  const auto name = of.text("ThreatNames");
  if (!name.empty() && mentions(of.text("ThreatTypes"), "Malware")) {
    of.put("malware", json::array({{{"name", name}, {"classification_ids", {0}}}}));
    of.take("ThreatNames");
  }
}

void put_sender(draft& of) {
  const auto name = of.text("SenderDisplayName");
  const auto address = of.text("SenderFromAddress");
  if (!name.empty() && !address.empty()) {
    of.put("email.from_mailbox", name + " <" + address + ">");
    of.take("SenderDisplayName");
  }
}

/// A threat that reached the reader is high, one that was stopped low.
void put_mail_severity(draft& of) {
  const auto reached = of.number("action_id") == action::allowed;
  const auto is_threat = names_a_threat(of.text("ThreatTypes"));
  of.choose("severity_id",
            !is_threat ? severity::informational
            : reached  ? severity::high
                       : severity::low);
  if (is_threat && reached) {
    of.put("is_alert", true);
  }
}

/// Mail without a sender and a recipient that OCSF could hold (sheet, 4.4: fail loudly).
auto why_no_mail(const draft& of) -> std::optional<std::string> {
  return of.has("email.from") || of.has("email.to")
             ? std::nullopt
             : std::optional<std::string>("neither sender nor recipient is a mail address");
}

auto shape_email_event(draft& of) -> std::optional<std::string> {
  put_direction(of);
  put_delivery(of);
  put_authentication(of);
  put_confidence(of);
  put_mail_malware(of);
  put_sender(of);
  put_mail_severity(of);
  of.put("protocol_name", "SMTP");
  return why_no_mail(of);
}

constexpr auto attachment_fields = std::to_array<field>({
    {"Timestamp", "time", as_time},
    {"NetworkMessageId", "message_trace_uid"},
    {"NetworkMessageId", "email.uid"},
    {"NetworkMessageId", "metadata.correlation_uid"},
    {"SenderFromAddress", "email.from", as_mail},
    {"RecipientEmailAddress", "to[]", as_mail},
    {"RecipientEmailAddress", "email.to[]", as_mail},
});

constexpr auto scan = 3;

/// The row says what was found in the message when it was scanned.
auto shape_attachment(draft& of) -> std::optional<std::string> {
  of.is(classes::email_activity, scan);
  of.choose("direction_id", 0);
  auto file = json{{"name", file_name_of(of.text("FileName"), "")}, {"type_id", 1}};
  put_at(file, "ext", as_text(of.text("FileType")));
  if (const auto* size = of.record().find("FileSize")) {
    put_at(file, "size", as_whole(*size));
  }
  put_at(file, "hashes", hashes_of(of.record(), "", "", "SHA256"));
  of.put("email.files", json::array({std::move(file)}));
  for (const auto* part : {"FileName", "FileType", "FileSize", "SHA256"}) {
    of.take(part);
  }
  put_mail_malware(of);
  put_sender(of);
  const auto is_threat = names_a_threat(of.text("ThreatTypes"));
  of.choose("severity_id", is_threat ? severity::low : severity::informational);
  return why_no_mail(of);
}

constexpr auto url_info_fields = std::to_array<field>({
    {"Timestamp", "time", as_time},
    {"NetworkMessageId", "metadata.correlation_uid"},
});

/// The row names no sender and no recipient, without which there is no Email Activity: the address
/// stays unmapped, under the message it belongs to.
auto shape_part(draft& of) -> std::optional<std::string> {
  of.is(classes::base_event, other, of.text("UrlLocation").empty() ? "Part" : "UrlInfo");
  of.put("message", "A link in a message");
  return std::nullopt;
}

constexpr auto post_delivery_fields = std::to_array<field>({
    {"Timestamp", "time", as_time},
    {"ActionType", "metadata.event_code"},
    {"NetworkMessageId", "message_trace_uid"},
    {"NetworkMessageId", "email.uid"},
    {"NetworkMessageId", "metadata.correlation_uid"},
    {"InternetMessageId", "email.message_uid"},
    {"SenderFromAddress", "email.from", as_mail},
    {"RecipientEmailAddress", "to[]", as_mail},
    {"RecipientEmailAddress", "email.to[]", as_mail},
    {"DeliveryLocation", "status_detail"},
});

/// Words in `Action`, in this order, and the disposition they stand for.
constexpr auto removals = std::to_array<word>(
    {{"quarantine", 3}, {"delete", 5}, {"inbox", 9}, {"restore", 9}, {"redeliver", 9}});

auto shape_post_delivery(draft& of) -> std::optional<std::string> {
  const auto kind = of.text("ActionType");
  of.is(classes::email_activity, other, kind.empty() ? "Post-delivery action" : kind);
  of.choose("direction_id", 0);
  const auto done = of.text("Action");
  const auto found =
      std::ranges::find_if(removals, [&](const word& one) { return mentions(done, one.text); });
  if (!done.empty()) {
    of.choose("disposition_id", found == removals.end() ? other : found->id, done);
  }
  const auto result = of.text("ActionResult");
  if (!result.empty()) {
    const auto id = seams::lower_case(result).starts_with("success") ? status::success
                    : mentions(result, "fail")                       ? status::failure
                                                                     : other;
    of.choose("status_id", id, result);
  }
  of.choose("severity_id", severity::medium);
  return why_no_mail(of);
}

constexpr auto mail_identity =
    std::to_array<std::string_view>({"NetworkMessageId", "RecipientEmailAddress", "ReportId"});
constexpr auto link_identity =
    std::to_array<std::string_view>({"NetworkMessageId", "Url", "UrlLocation"});
constexpr auto attachment_identity = std::to_array<std::string_view>(
    {"NetworkMessageId", "RecipientEmailAddress", "FileName", "SHA256"});
constexpr auto action_identity = std::to_array<std::string_view>(
    {"NetworkMessageId", "RecipientEmailAddress", "ActionType", "Timestamp"});
constexpr auto delivery_kept =
    std::to_array<std::string_view>({"DeliveryAction", "AuthenticationDetails"});

} // namespace

constinit const source sources::email_events = {.name = "EmailEvents",
                                                .provider = graph,
                                                .product = defender_for_office,
                                                .feature = advanced_hunting,
                                                .prefix = "email",
                                                .identity = mail_identity,
                                                .version = "LatestDeliveryLocation",
                                                .time = "Timestamp",
                                                .fields = email_event_fields,
                                                .kept = delivery_kept,
                                                .shape = shape_email_event};

constinit const source sources::email_attachment_info = {.name = "EmailAttachmentInfo",
                                                         .provider = graph,
                                                         .product = defender_for_office,
                                                         .feature = advanced_hunting,
                                                         .prefix = "attachment",
                                                         .identity = attachment_identity,
                                                         .time = "Timestamp",
                                                         .fields = attachment_fields,
                                                         .shape = shape_attachment};

constinit const source sources::email_url_info = {.name = "EmailUrlInfo",
                                                  .provider = graph,
                                                  .product = defender_for_office,
                                                  .feature = advanced_hunting,
                                                  .prefix = "link",
                                                  .identity = link_identity,
                                                  .time = "Timestamp",
                                                  .fields = url_info_fields,
                                                  .shape = shape_part};

constinit const source sources::email_post_delivery = {.name = "EmailPostDeliveryEvents",
                                                       .provider = graph,
                                                       .product = defender_for_office,
                                                       .feature = advanced_hunting,
                                                       .prefix = "delivery",
                                                       .identity = action_identity,
                                                       .time = "Timestamp",
                                                       .fields = post_delivery_fields,
                                                       .shape = shape_post_delivery};

} // namespace core::ocsf
