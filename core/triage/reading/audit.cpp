#include "core/seams/letters.hpp"
#include "core/triage/reading/readers.hpp"
#include "core/triage/words.hpp"

namespace core::triage {
namespace {

constexpr auto threat_mail = 28;
constexpr auto compliance_alert = 40;
constexpr auto safe_links_click = 41;
constexpr auto automated_investigation = 64;
constexpr auto quarantine = 65;

/// The same alert carries the prefix "fa" in Graph (management-activity-api sheet, 8.4).
auto alert_key(const std::string& provider_id) -> std::string {
  return provider_id.empty() ? std::string() : "alert:fa" + seams::lower_case(provider_id);
}

void read_compliance_alert(const object& what, const record_id& from, loose_facts& out) {
  const auto at = what.time("CreationTime");
  auto said = alert();
  said.id = alert_key(what.text("AlertId"));
  if (said.id.empty() || !at) {
    return;
  }
  const auto data_text = what.embedded("Data");
  const auto data = object(data_text);
  said.updated = *at;
  said.created = at;
  said.title = what.text("Name");
  said.severity = what.word("Severity");
  said.status = what.word("Status") == "active" ? "new" : what.word("Status");
  said.from = from;
  const auto user = address_key(data.text("trc"));
  if (!user.empty()) {
    said.users.push_back(user);
  }
  if (!user.empty() && data.word("ot") == "allowed") {
    said.allowed.push_back(user);
  }
  const auto mail = mail_key(data.text("aii"));
  if (!mail.empty()) {
    said.things.push_back(mail);
  }
  if (data.word("etype") == "maliciousurl") {
    auto url = url_key(data.text("eid"));
    out.known.verdicts.push_back(
        {data.time("md").value_or(*at), judgement::malicious, url, said.title, from});
    said.things.push_back(std::move(url));
  }
  settle(said.things);
  out.known.alerts.push_back(std::move(said));
}

auto mail_place(const object& what) -> delivery {
  const auto latest = what.word("LatestDeliveryLocation");
  const auto action = what.word("DeliveryAction");
  const auto gone = holds(latest, "quarantine") || holds(latest, "deleted");
  if (action == "blocked" || (gone && action != "delivered")) {
    return delivery::blocked;
  }
  return gone                                          ? delivery::removed
         : action == "junked" || holds(latest, "junk") ? delivery::junked
         : action == "delivered"                       ? delivery::delivered
                                                       : delivery::unknown;
}

void read_threat_mail(const object& what, const record_id& from, loose_facts& out) {
  auto said = message();
  said.id = mail_key(what.text("NetworkMessageId"));
  if (said.id.empty()) {
    return;
  }
  said.at = what.time("MessageTime");
  said.sender = address_key(what.text("P2Sender"));
  said.subject = what.text("Subject");
  said.where = mail_place(what);
  said.way = what.word("Directionality") == "inbound"      ? direction::inbound
             : holds(what.word("Directionality"), "intra") ? direction::internal
                                                           : direction::unknown;
  for (const auto one : what.list("SystemOverrides")) {
    const auto exception = object(one);
    const auto details = exception.text("Details");
    if (exception.word("Result") == "allow" || holds(seams::lower_case(details), "simulation")) {
      said.override_by = details;
    }
  }
  said.from = from;
  const auto threat = judgement_of_threats(what.text("Verdict"), what.text("PhishConfidenceLevel"));
  const auto at = what.word("DetectionType") == "inline" ? said.at : what.time("CreationTime");
  if (threat && at) {
    out.known.verdicts.push_back({*at, *threat, said.id, what.text("DetectionType"), from});
  }
  for (const auto& one : what.texts("Recipients")) {
    said.recipient = address_key(one);
    out.known.messages.push_back(said);
  }
}

void read_investigation(const object& what, const record_id& from, loose_facts& out) {
  const auto at = what.time("LastUpdateTimeUtc");
  auto said = investigation();
  said.id = what.text("InvestigationId");
  if (said.id.empty() || (!at && !what.time("CreationTime"))) {
    return;
  }
  said.at = at ? *at : *what.time("CreationTime");
  said.status = what.word("Status");
  said.from = from;
  const auto data_text = what.embedded("Data");
  const auto data = object(data_text);
  said.things.push_back(alert_key(data.text("ProviderAlertId")));
  for (const auto one : data.list("Entities")) {
    const auto entity = object(one);
    said.things.push_back(url_key(entity.text("Url")));
    said.things.push_back(mail_key(entity.text("NetworkMessageId")));
  }
  std::erase(said.things, std::string());
  settle(said.things);
  out.known.investigations.push_back(std::move(said));
}

void read_release(const object& what, const record_id& from, loose_facts& out) {
  constexpr auto release = std::int64_t{2};
  auto said = message();
  said.id = mail_key(what.text("NetworkMessageId"));
  said.at = what.time("CreationTime");
  if (said.id.empty() || what.number("RequestType").value_or(0) != release) {
    return;
  }
  said.recipient = address_key(what.text("ReleaseTo"));
  said.where = delivery::delivered;
  said.override_by = "released from quarantine by " + what.text("UserId");
  said.from = from;
  out.known.messages.push_back(std::move(said));
}

} // namespace

void read_audit(const record& one, loose_facts& out) {
  const auto what = object(one.raw);
  const auto from = id_of(one);
  switch (what.number("RecordType").value_or(0)) {
  case threat_mail:
    return read_threat_mail(what, from, out);
  case compliance_alert:
    return read_compliance_alert(what, from, out);
  case safe_links_click:
    return read_click_record(one, out);
  case automated_investigation:
    return read_investigation(what, from, out);
  case quarantine:
    return read_release(what, from, out);
  default:
    read_mailbox_audit(what, from, out);
    read_entra_audit(what, from, out);
  }
}

} // namespace core::triage
