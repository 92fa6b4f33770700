#include "core/seams/letters.hpp"
#include "core/triage/reading/readers.hpp"
#include "core/triage/words.hpp"

namespace core::triage {
namespace {

auto where_of(const std::string& action, const std::string& first, const std::string& latest)
    -> delivery {
  const auto gone = [](const std::string& place) {
    return holds(place, "quarantine") || holds(place, "deleted") || holds(place, "dropped") ||
           holds(place, "failed");
  };
  if (action == "blocked" || (gone(first) && action != "delivered")) {
    return delivery::blocked;
  }
  if (gone(latest)) {
    return delivery::removed;
  }
  if (action == "junked" || action == "deliveredasspam" || holds(latest, "junk")) {
    return delivery::junked;
  }
  return action.empty() ? delivery::unknown : delivery::delivered;
}

auto way_of(const std::string& said) -> direction {
  return said == "inbound"           ? direction::inbound
         : said == "outbound"        ? direction::outbound
         : said.starts_with("intra") ? direction::internal
                                     : direction::unknown;
}

/// The policy that overruled the filters: an allow entry, a phishing simulation, a mailbox for
/// security operations
/// (learn.microsoft.com/defender-office-365/advanced-delivery-policy-configure).
auto override_in(const object& row) -> std::string {
  for (const auto level : {"OrgLevel", "UserLevel"}) {
    const auto policy = row.text(std::string(level) + "Policy");
    if (row.word(std::string(level) + "Action") == "allow" ||
        holds(seams::lower_case(policy), "simulation")) {
      return policy.empty() ? "allowed" : policy;
    }
  }
  return {};
}

void add_judgement(const object& row, const message& of, std::string by, loose_facts& out) {
  const auto said = judgement_of_threats(row.text("ThreatTypes"), row.text("ConfidenceLevel"));
  if (said && of.at) {
    out.known.verdicts.push_back({*of.at, *said, of.id, std::move(by), of.from});
  }
}

void read_email_events(const object& row, message said, loose_facts& out) {
  const auto first = row.word("DeliveryLocation");
  const auto latest = row.word("LatestDeliveryLocation");
  said.sender = address_key(row.text("SenderFromAddress"));
  said.subject = row.text("Subject");
  said.where = where_of(row.word("DeliveryAction"), first, latest.empty() ? first : latest);
  said.way = way_of(row.word("EmailDirection"));
  said.override_by = override_in(row);
  said.report_id = row.text("ReportId");
  said.internet_id = row.text("InternetMessageId");
  add_judgement(row, said, "EmailEvents", out);
  out.known.messages.push_back(std::move(said));
}

/// "Phish ZAP", "Manual remediation", ...; an action that failed changed nothing.
void read_afterwards(const object& row, message said, loose_facts& out) {
  const auto done = row.word("ActionResult") != "error" && row.word("ActionResult") != "failure";
  const auto action = row.word("Action");
  if (holds(action, "quarantine") || holds(action, "delete") || holds(action, "blocked")) {
    said.where = done ? delivery::removed : delivery::unknown;
  } else if (holds(action, "inbox")) {
    said.where = done ? delivery::delivered : delivery::unknown;
  }
  const auto by = row.text("ActionType");
  add_judgement(row, said, by, out);
  if (holds(seams::lower_case(by), "phish zap") || holds(seams::lower_case(by), "malware zap")) {
    out.known.verdicts.push_back(
        {said.at.value_or(seams::instant()), judgement::malicious, said.id, by, said.from});
  }
  out.known.messages.push_back(std::move(said));
}

void add_for_recipients(const object& row, message said, loose_facts& out) {
  const auto details = row.embedded("RecipientDetails");
  const auto people = details.empty() ? row.list("RecipientDetails") : elements_of(details);
  for (const auto one : people) {
    said.recipient = address_key(object(one).text("RecipientSmtpAddress"));
    out.known.messages.push_back(said);
  }
  if (people.empty()) {
    out.known.messages.push_back(std::move(said));
  }
}

void read_message_events(const object& row, message said, loose_facts& out) {
  said.sender = address_key(row.text("SenderEmailAddress"));
  const auto subject = row.text("MessageSubject");
  said.subject = subject.empty() ? row.text("Subject") : subject;
  const auto place = row.word("DeliveryLocation");
  said.where = where_of(row.word("DeliveryAction"), place, place);
  const auto outside = row.truth("IsExternalThread");
  said.way = !outside ? direction::unknown : *outside ? direction::inbound : direction::internal;
  add_judgement(row, said, "MessageEvents", out);
  add_for_recipients(row, std::move(said), out);
}

void read_url_row(const object& row, message said, loose_facts& out) {
  auto url = url_key(row.text("Url"));
  if (url.empty()) {
    return;
  }
  const auto threat = judgement_of_threats(row.text("ThreatTypes"), "");
  if (threat && said.at) {
    out.known.verdicts.push_back({*said.at, *threat, url, "MessageUrlInfo", said.from});
  }
  said.urls.push_back(std::move(url));
  out.known.messages.push_back(std::move(said));
}

/// The trace knows that a mail arrived; its states are those of Exchange, not of Defender.
auto traced(const std::string& status) -> delivery {
  return status == "delivered"        ? delivery::delivered
         : status == "filteredasspam" ? delivery::junked
         : status == "quarantined"    ? delivery::blocked
         : status == "failed"         ? delivery::blocked
                                      : delivery::unknown;
}

} // namespace

void read_email_row(const record& one, loose_facts& out) {
  const auto row = object(one.raw);
  auto said = message();
  said.id = mail_key(row.text("NetworkMessageId"));
  said.recipient = address_key(row.text("RecipientEmailAddress"));
  said.at = row.time("Timestamp");
  said.from = id_of(one);
  if (said.id.empty()) {
    return;
  }
  if (row.has("ActionTrigger") || row.has("ActionResult")) {
    read_afterwards(row, std::move(said), out);
  } else if (row.has("Url")) {
    read_url_row(row, std::move(said), out);
  } else if (row.has("SHA256") || row.has("FileName")) {
    const auto hash = row.word("SHA256");
    const auto threat = judgement_of_threats(row.text("ThreatTypes"), "");
    if (threat && said.at && !hash.empty()) {
      out.known.verdicts.push_back({*said.at, *threat, "file:" + hash, "attachment", said.from});
      said.files.push_back("file:" + hash);
    }
    add_judgement(row, said, "attachment", out);
    out.known.messages.push_back(std::move(said));
  } else {
    read_email_events(row, std::move(said), out);
  }
}

void read_teams_row(const record& one, loose_facts& out) {
  const auto row = object(one.raw);
  auto said = message();
  said.id = teams_key(row.text("ThreadId"), row.text("TeamsMessageId"));
  said.at = row.time("Timestamp");
  said.from = id_of(one);
  if (said.id.empty()) {
    return;
  }
  if (row.has("ActionTrigger") || row.has("ActionResult")) {
    auto people = loose_facts();
    read_afterwards(row, said, out);
    said.where = out.known.messages.back().where;
    out.known.messages.pop_back();
    add_for_recipients(row, std::move(said), out);
  } else if (row.has("Url")) {
    read_url_row(row, std::move(said), out);
  } else {
    read_message_events(row, std::move(said), out);
  }
}

void read_trace(const record& one, loose_facts& out) {
  const auto row = object(one.raw);
  const auto either = [&](std::string_view graph, std::string_view service) {
    const auto text = row.text(graph);
    return text.empty() ? row.text(service) : text;
  };
  auto said = message();
  said.id = mail_key(either("id", "MessageTraceId"));
  said.recipient = address_key(either("recipientAddress", "RecipientAddress"));
  said.sender = address_key(either("senderAddress", "SenderAddress"));
  said.subject = either("subject", "Subject");
  said.internet_id = either("messageId", "MessageId");
  said.at = row.time("receivedDateTime") ? row.time("receivedDateTime") : one.event_time;
  said.where = traced(seams::lower_case(either("status", "Status")));
  said.from = id_of(one);
  if (!said.id.empty()) {
    out.known.messages.push_back(std::move(said));
  }
}

} // namespace core::triage
