#include "mock_graph/mail_flow/trace_log.hpp"

#include "core/seams/choices.hpp"
#include "core/seams/http.hpp"
#include "core/seams/letters.hpp"
#include "mock_graph/exchange/typed_fields.hpp"

namespace mock_graph::mail_flow {
namespace {

using ordered = nlohmann::ordered_json;

auto status_on_arrival(const tenant::mail& what) -> std::string {
  return what.location == "Junk"         ? "filteredAsSpam"
         : what.location == "Quarantine" ? "quarantined"
                                         : "delivered";
}

auto recipient_address(const tenant::tenant& owner, const std::string& name) -> std::string {
  const auto* who = owner.find_user(name);
  return who == nullptr ? name : who->upn;
}

/// Bytes of a message nobody wrote: between 20 and 120 KB, and never another value for it.
auto size_of(const tenant::standing& state, const tenant::mail_fact& mail) -> std::int64_t {
  return 20'000 + static_cast<std::int64_t>(seams::mix(state.seed, mail.what.id) % 100'000);
}

auto in_pascal_case(std::string word) -> std::string {
  if (!word.empty() && word.front() >= 'a' && word.front() <= 'z') {
    word.front() = static_cast<char>(word.front() - 'a' + 'A');
  }
  return word;
}

auto replaced(std::string text, std::string_view from, std::string_view to) -> std::string {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

} // namespace

trace_log::trace_log(tenant::tenant& owner, ledger& book)
    : tenant_(owner), ledger_(book),
      log_({"message_trace", "receivedDateTime", "status", true}, book) {}

/// Whatever source it is read from, these bytes are the tenant's.
void trace_log::tell_forms(const entity_version& row) {
  ledger_.served(row.raw);
  ledger_.served(cmdlet_row(row).dump());
  for (const auto escaped : {false, true}) {
    ledger_.served(reporting_row(row, tenant_.state(), escaped));
  }
}

void trace_log::put(const tenant::mail_fact& mail,
                    const std::string& recipient,
                    const std::string& status,
                    seams::instant visible_at) {
  auto row = ordered();
  row["id"] = mail.network_message_id;
  row["senderAddress"] = mail.what.from;
  row["recipientAddress"] = recipient;
  row["messageId"] = mail.internet_message_id;
  row["receivedDateTime"] = seams::to_rfc3339(mail.at);
  row["subject"] = mail.what.subject;
  row["size"] = size_of(tenant_.state(), mail);
  row["fromIP"] = mail.sender_ip;
  row["toIP"] = "";
  row["status"] = status;
  auto version = entity_version();
  version.id = trace_key(mail.network_message_id, recipient);
  version.updated = mail.at;
  version.visible_at = visible_at;
  version.raw = row.dump();
  version.document = nlohmann::json::parse(version.raw);
  tell_forms(version);
  log_.put(std::move(version),
           status + " mail " + mail.what.id + " to " + recipient + " (" + mail.origin + ")");
}

void trace_log::on(const tenant::mail_fact& mail) {
  mails_[mail.what.id] = &mail;
  const auto shown = mail.at + tenant_.state().delays.message_trace;
  const auto& waits = mail.what.pending_for;
  for (const auto& name : mail.what.to) {
    const auto recipient = recipient_address(tenant_, name);
    put(mail, recipient, waits ? "pending" : status_on_arrival(mail.what), shown);
    if (waits) {
      tenant_.later().at(mail.at + *waits, [this, &mail, recipient](seams::instant at) {
        put(mail,
            recipient,
            status_on_arrival(mail.what),
            at + tenant_.state().delays.message_trace);
      });
    }
  }
}

void trace_log::on(const tenant::event& what) {
  const auto* change = std::get_if<tenant::trace_change>(&what.what);
  const auto mail = change == nullptr ? mails_.end() : mails_.find(change->of);
  if (mail == mails_.end()) {
    return;
  }
  const auto only = recipient_address(tenant_, change->recipient);
  for (const auto& name : mail->second->what.to) {
    const auto recipient = recipient_address(tenant_, name);
    if (only.empty() || seams::equal_ignoring_case(only, recipient)) {
      put(*mail->second, recipient, change->status, what.at + tenant_.state().delays.message_trace);
    }
  }
}

void trace_log::keep(seams::instant at, const tenant::verbatim_record& what) {
  auto version = entity_version();
  version.document = nlohmann::json::parse(what.raw, nullptr, false);
  if (!version.document.is_object()) {
    return;
  }
  for (const auto* name :
       {"id", "messageId", "senderAddress", "recipientAddress", "subject", "fromIP", "status"}) {
    auto& member = version.document[name];
    member = member.is_string() ? member : nlohmann::json("");
  }
  version.document.emplace("size", 0);
  version.id = trace_key(version.document["id"], version.document["recipientAddress"]);
  version.updated = at;
  version.visible_at = at;
  version.raw = what.raw;
  tell_forms(version);
  log_.put(std::move(version), "row of " + what.origin);
}

auto trace_key(const std::string& id, std::string recipient) -> std::string {
  for (auto& c : recipient) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return id + "|" + recipient;
}

auto reporting_row(const entity_version& row, const tenant::standing& state, bool escaped)
    -> std::string {
  const auto& from = row.document;
  const auto ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(row.updated.time_since_epoch()).count();
  auto out = ordered();
  out["Organization"] = state.domain.substr(0, state.domain.find('.')) + ".onmicrosoft.com";
  out["MessageId"] = from["messageId"];
  out["Received"] = "/Date(" + std::to_string(ms) + ")/";
  out["SenderAddress"] = from["senderAddress"];
  out["RecipientAddress"] = from["recipientAddress"];
  out["Subject"] = from["subject"];
  out["Status"] = in_pascal_case(from["status"].get<std::string>());
  out["ToIP"] = nullptr;
  out["FromIP"] = from["fromIP"];
  out["Size"] = from["size"];
  out["MessageTraceId"] = from["id"];
  auto text = out.dump();
  return escaped ? replaced(replaced(std::move(text), "\"/Date(", "\"\\/Date("), ")/\"", ")\\/\"")
                 : text;
}

auto cmdlet_row(const entity_version& row) -> nlohmann::ordered_json {
  const auto& from = row.document;
  const auto to_ip = from.find("toIP");
  const auto& size = from["size"];
  auto out = ordered();
  out["MessageTraceId"] = from["id"];
  out["MessageId"] = from["messageId"];
  exchange::add_moment(out, "Received", row.updated, "Z");
  out["SenderAddress"] = from["senderAddress"];
  out["RecipientAddress"] = from["recipientAddress"];
  out["FromIP"] = from["fromIP"];
  out["ToIP"] = to_ip != from.end() && to_ip->is_string() ? *to_ip : nlohmann::json("");
  out["Subject"] = from["subject"];
  out["Status"] = in_pascal_case(from["status"].get<std::string>());
  exchange::add_number(out, "Size", size.is_number_integer() ? size.get<std::int64_t>() : 0);
  return out;
}

} // namespace mock_graph::mail_flow
