#include "core/triage/reading/readers.hpp"
#include "core/triage/words.hpp"

namespace core::triage {
namespace {

auto judgement_word(const std::string& said) -> std::optional<judgement> {
  if (said == "malicious") {
    return judgement::malicious;
  }
  if (said == "suspicious") {
    return judgement::suspicious;
  }
  return said == "nothreatsfound" ? std::optional(judgement::clean) : std::nullopt;
}

/// What one alert's evidence gathers while it is read.
struct evidence_reading {
  alert& of;
  loose_facts& out;
  bool accuses_a_url = false;

  void thing(std::string key, const object& what, seams::instant at) {
    if (key.empty()) {
      return;
    }
    const auto said = judgement_word(what.word("verdict"));
    accuses_a_url = accuses_a_url || (key.starts_with("url:") && said && *said != judgement::clean);
    if (said) {
      out.known.verdicts.push_back(
          {what.time("createdDateTime").value_or(at), *said, key, of.title, of.from});
    }
    of.things.push_back(std::move(key));
  }

  void person(const std::string& address) {
    if (!address.empty()) {
      of.users.push_back(address_key(address));
    }
  }
};

auto delivery_word(const std::string& action, const std::string& location) -> delivery {
  if (holds(location, "quarantine") || location == "deletedfolder") {
    return action == "delivered" ? delivery::removed : delivery::blocked;
  }
  if (action == "blocked" || location == "failed" || location == "dropped") {
    return delivery::blocked;
  }
  if (action == "junked" || action == "deliveredasspam" || holds(location, "junk")) {
    return delivery::junked;
  }
  return action == "delivered" ? delivery::delivered : delivery::unknown;
}

auto direction_word(const std::string& said) -> direction {
  return said == "inbound"           ? direction::inbound
         : said == "outbound"        ? direction::outbound
         : said.starts_with("intra") ? direction::internal
                                     : direction::unknown;
}

auto base_message(const object& what, const record_id& from) -> message {
  auto out = message();
  out.at = what.time("receivedDateTime");
  out.subject = what.text("subject");
  out.where = delivery_word(what.word("deliveryAction"), what.word("deliveryLocation"));
  out.from = from;
  return out;
}

void read_mail_evidence(const object& what, seams::instant at, evidence_reading& into) {
  auto said = base_message(what, into.of.from);
  said.id = mail_key(what.text("networkMessageId"));
  said.recipient = address_key(what.text("recipientEmailAddress"));
  said.sender = address_key(what.child("p2Sender").text("emailAddress"));
  said.way = direction_word(what.word("antiSpamDirection"));
  for (const auto& url : what.texts("urls")) {
    said.urls.push_back(url_key(url));
  }
  into.thing(said.id, what, at);
  into.person(said.recipient);
  if (!said.id.empty()) {
    into.out.known.messages.push_back(std::move(said));
  }
}

void read_teams_evidence(const object& what, seams::instant at, evidence_reading& into) {
  auto said = base_message(what, into.of.from);
  said.id = teams_key(what.text("threadId"), what.text("messageId"));
  said.sender = address_key(what.text("senderFromAddress"));
  said.way = direction_word(what.word("messageDirection"));
  for (const auto one : what.list("urls")) {
    const auto url = object(one);
    said.urls.push_back(url_key(url.text("url")));
    into.thing(said.urls.back(), url, at);
  }
  into.thing(said.id, what, at);
  if (said.id.empty()) {
    return;
  }
  auto recipients = what.texts("recipients");
  if (recipients.empty()) {
    recipients.emplace_back();
  }
  for (const auto& one : recipients) {
    said.recipient = address_key(one);
    into.out.known.messages.push_back(said);
  }
}

void read_reported_mail(const object& what, seams::instant at, evidence_reading& into) {
  auto said = message();
  said.id = mail_key(what.text("networkMessageId"));
  said.recipient = address_key(what.text("recipient"));
  said.sender = address_key(what.text("sender"));
  said.subject = what.text("subject");
  said.at = what.time("submissionDateTime");
  said.user_reported = true;
  said.from = into.of.from;
  into.thing(said.id, what, at);
  if (!said.id.empty()) {
    into.out.known.messages.push_back(std::move(said));
  }
}

void read_one_evidence(const object& what, seams::instant at, evidence_reading& into) {
  const auto type = what.word("@odata.type");
  const auto is = [&](std::string_view name) { return type.ends_with(name); };
  if (is(".urlevidence")) {
    into.thing(url_key(what.text("url")), what, at);
  } else if (is(".analyzedmessageevidence")) {
    read_mail_evidence(what, at, into);
  } else if (is(".teamsmessageevidence")) {
    read_teams_evidence(what, at, into);
  } else if (is(".submissionmailevidence")) {
    read_reported_mail(what, at, into);
  } else if (is(".userevidence")) {
    into.person(what.child("userAccount").text("userPrincipalName"));
  } else if (is(".mailboxevidence")) {
    const auto upn = what.text("upn");
    into.person(upn.empty() ? what.text("primaryAddress") : upn);
  } else if (is(".mailclusterevidence")) {
    for (const auto& one : what.texts("networkMessageIds")) {
      into.of.things.push_back(mail_key(one));
    }
  } else if (is(".deviceevidence")) {
    into.of.devices.push_back(what.text("mdeDeviceId"));
  } else if (is(".fileevidence")) {
    const auto hash = what.child("fileDetails").word("sha256");
    into.thing(hash.empty() ? "" : "file:" + hash, what, at);
  }
}

/// A click alert says that its URLs are malicious, where their evidence does not say which of them.
void judge_clicked_urls(const alert& of, loose_facts& out) {
  for (const auto& thing : of.things) {
    if (thing.starts_with("url:")) {
      out.known.verdicts.push_back(
          {of.created.value_or(of.updated), judgement::malicious, thing, of.title, of.from});
    }
  }
}

} // namespace

void read_alert(const record& one, loose_facts& out) {
  const auto what = object(one.raw);
  const auto id = what.word("id");
  const auto created = what.time("createdDateTime");
  const auto updated = what.time("lastUpdateDateTime");
  if (id.empty() || (!created && !updated)) {
    return;
  }
  auto said = alert();
  said.id = "alert:" + id;
  said.updated = updated ? *updated : *created;
  said.created = created;
  said.title = what.text("title");
  said.severity = what.word("severity");
  said.status = what.word("status");
  said.classification = what.word("classification");
  said.determination = what.word("determination");
  said.investigation = what.word("investigationState");
  const auto incident = what.text("incidentId");
  said.incident = incident.empty() ? "" : "incident:" + incident;
  said.from = id_of(one);
  auto into = evidence_reading{said, out, false};
  for (const auto piece : what.list("evidence")) {
    read_one_evidence(object(piece), said.created.value_or(said.updated), into);
  }
  std::erase(said.things, std::string());
  std::erase(said.devices, std::string());
  settle(said.things);
  settle(said.users);
  settle(said.devices);
  if (is_click_alert(said.title) && !into.accuses_a_url) {
    judge_clicked_urls(said, out);
  }
  out.known.alerts.push_back(std::move(said));
}

void read_incident(const record& one, loose_facts& out) {
  const auto what = object(one.raw);
  const auto id = what.text("id");
  const auto updated = what.time("lastUpdateDateTime");
  const auto at = updated ? updated : what.time("createdDateTime");
  if (id.empty() || !at) {
    return;
  }
  const auto target = what.text("redirectIncidentId");
  out.known.incidents.push_back({"incident:" + id,
                                 *at,
                                 what.time("createdDateTime"),
                                 what.text("displayName"),
                                 what.word("status"),
                                 what.word("classification"),
                                 what.word("determination"),
                                 target.empty() ? "" : "incident:" + target,
                                 id_of(one),
                                 what.word("severity")});
  auto nested = one;
  for (const auto piece : what.list("alerts")) {
    nested.raw = std::string(piece);
    read_alert(nested, out);
  }
}

} // namespace core::triage
