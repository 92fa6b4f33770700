#include "mock_graph/defender/hunting_tables.hpp"

#include "core/seams/choices.hpp"
#include "mock_graph/defender/hunting_schema.hpp"
#include "mock_graph/defender/hunting_words.hpp"
#include "mock_graph/defender/kept_rows.hpp"
#include "mock_graph/ledger/secret_cuts.hpp"

#include <algorithm>
#include <cassert>

namespace mock_graph::defender {
namespace {

using hunting::value;
using nlohmann::json;
using tenant::threat;

/// Advanced hunting reaches thirty days back.
constexpr auto click_retention = std::chrono::days{30};

auto domain_of(std::string_view address) -> std::string {
  return std::string(address.substr(address.rfind('@') + 1));
}

auto host_of(std::string_view url) -> std::string {
  const auto scheme = url.find("://");
  const auto start = scheme == std::string_view::npos ? 0 : scheme + 3;
  return std::string(url.substr(start, url.find_first_of(":/?#", start) - start));
}

/// Null when clean, as a live row shows it (graph-security sheet, UrlClickEvents).
auto threat_word(threat what) -> value {
  switch (what) {
  case threat::clean:
    return std::monostate();
  case threat::malware:
    return std::string("Malware");
  case threat::phish:
  case threat::impersonation:
    return std::string("Phish");
  }
  return std::monostate();
}

auto detection_methods(threat what) -> value {
  switch (what) {
  case threat::clean:
    return std::monostate();
  case threat::malware:
    return std::string(R"({"Malware":["URL detonation reputation"]})");
  case threat::phish:
    return std::string(R"({"Phish":["URL detonation reputation"]})");
  case threat::impersonation:
    return std::string(R"({"Phish":["Impersonation user"]})");
  }
  return std::monostate();
}

auto workload_word(tenant::workload where) -> std::string {
  return where == tenant::workload::email   ? "Email"
         : where == tenant::workload::teams ? "Teams"
                                            : "Office";
}

auto app_name(tenant::workload where) -> std::string {
  return where == tenant::workload::email ? "Mail" : workload_word(where);
}

auto teams_message_id(const tenant::teams_fact& message) -> std::string {
  return "/chats/" + message.thread_id + "/messages/" + message.message_id;
}

auto recipient_details(const tenant::teams_fact& message) -> json {
  auto out = json::array();
  for (const auto& who : message.recipients) {
    out.push_back({{"RecipientSmtpAddress", who.upn},
                   {"RecipientDisplayName", who.display_name},
                   {"RecipientType", "User"},
                   {"RecipientObjectId", who.object_id}});
  }
  return out;
}

auto delivery_action(const tenant::mail& what) -> std::string {
  return what.location == "Junk"         ? "Junked"
         : what.location == "Quarantine" ? "Blocked"
                                         : "Delivered";
}

/// That an override by the Tenant Allow/Block List is named here as in Threat Explorer's "Primary
/// override: Source" is [inferred]; Allow and Block are the column's words.
auto org_level_action(const tenant::mail_fact& mail) -> value {
  return !mail.stopped_by.empty()           ? value(std::string("Block"))
         : mail.what.let_through_by.empty() ? value()
                                            : value(std::string("Allow"));
}

auto org_level_policy(const tenant::mail_fact& mail) -> value {
  const auto& named = mail.stopped_by.empty() ? mail.what.let_through_by : mail.stopped_by;
  return named.empty() ? value() : value(named);
}

auto is_outbound(const tenant::mail_fact& mail, const tenant::user& to) -> bool {
  return mail.internal_sender && to.object_id.empty();
}

auto direction_of(const tenant::mail_fact& mail, const tenant::user& to) -> std::string {
  return is_outbound(mail, to) ? "Outbound" : mail.internal_sender ? "Intra-org" : "Inbound";
}

auto delivery_location(const tenant::mail_fact& mail, const tenant::user& to) -> std::string {
  return is_outbound(mail, to)           ? "On-premises/External"
         : mail.what.location == "Inbox" ? "Inbox/folder"
                                         : mail.what.location;
}

auto report_id(const tenant::mail_fact& mail, const tenant::user& who, int part) -> std::string {
  return mail.network_message_id + "-" +
         std::to_string(seams::mix(1, who.upn) % 10'000'000'000'000'000'000ULL) + "-" +
         std::to_string(part);
}

auto count_of(std::size_t n) -> value {
  return static_cast<std::int64_t>(n);
}

} // namespace

auto table_log::row_of(seams::instant timestamp, cells named) const -> hunting::row {
  auto out = hunting::row(columns_.size());
  out[0] = timestamp;
  for (const auto& [name, cell] : named) {
    const auto found = std::ranges::find(columns_, name, &hunting::column::name);
    assert(found != columns_.end());
    out[static_cast<std::size_t>(found - columns_.begin())] = cell;
  }
  return out;
}

void table_log::scan(const hunting::time_range& wanted,
                     const std::function<bool(const hunting::row&)>& sink) const {
  auto made = std::vector<std::pair<const made_rows*, made_rows::numbers>>();
  for (const auto& rows : made_) {
    if (const auto some = rows->within(wanted, now_); some.from < some.to) {
      made.emplace_back(rows.get(), some);
    }
  }
  const auto earlier = [](const auto& left, const auto& right) {
    return left.first->at(left.second.from) < right.first->at(right.second.from);
  };
  auto kept = rows_.lower_bound(wanted.from);
  for (;;) {
    while (kept != rows_.end() && kept->second.visible_at > now_) {
      ++kept;
    }
    const auto next = std::ranges::min_element(made, earlier);
    const auto has_kept = kept != rows_.end() && kept->first <= wanted.to;
    if (!has_kept && next == made.end()) {
      return;
    }
    if (has_kept && (next == made.end() || kept->first <= next->first->at(next->second.from))) {
      if (!sink((kept++)->second.cells)) {
        return;
      }
      continue;
    }
    const auto* row = next->first->row(next->second.from);
    if (row != nullptr && !sink(*row)) {
      return;
    }
    if (++next->second.from == next->second.to) {
      made.erase(next);
    }
  }
}

hunting_tables::hunting_tables(const tenant::tenant& owner, ledger& book)
    : tenant_(owner), ledger_(book) {
  for (auto& [name, columns] : hunting_schema()) {
    tables_.try_emplace(std::string(name), std::move(columns), now_);
  }
}

auto hunting_tables::find(std::string_view name) const -> const hunting::table_source* {
  const auto found = tables_.find(name);
  const auto licensed = tenant_.state().plan != tenant::licence::none;
  return found == tables_.end() || !licensed ? nullptr : &found->second;
}

void hunting_tables::note(noted what, seams::instant timestamp, seams::instant visible_at) {
  if (tenant_.state().plan == tenant::licence::none) {
    return;
  }
  auto entry = ledger_entry();
  entry.feed = what.feed;
  entry.key = without_check_token(what.key);
  entry.version = std::move(what.version);
  entry.visible_at = visible_at;
  entry.gone_at = timestamp + std::chrono::days{30};
  entry.why_gone = gone_reason::expired;
  entry.story = std::move(what.story);
  ledger_.appeared(std::move(entry));
}

void hunting_tables::mail_rows(const tenant::mail_fact& mail,
                               const tenant::user& to,
                               seams::instant visible_at) {
  const auto domain = domain_of(mail.what.from);
  const auto& id = mail.network_message_id;
  const auto story = "mail " + mail.what.id + " to " + to.upn + " (" + mail.origin + ")";
  const auto location = delivery_location(mail, to);
  table("EmailEvents")
      .add(mail.at,
           visible_at,
           {{"NetworkMessageId", id},
            {"InternetMessageId", mail.internet_message_id},
            {"SenderMailFromAddress", mail.what.from},
            {"SenderMailFromDomain", domain},
            {"SenderFromAddress", mail.what.from},
            {"SenderFromDomain", domain},
            {"SenderIPv4", mail.sender_ip},
            {"RecipientEmailAddress", to.upn},
            {"RecipientObjectId", to.object_id},
            {"Subject", mail.what.subject},
            {"EmailDirection", direction_of(mail, to)},
            {"DeliveryAction", delivery_action(mail.what)},
            {"DeliveryLocation", location},
            {"LatestDeliveryAction", delivery_action(mail.what)},
            {"LatestDeliveryLocation", location},
            {"ThreatTypes", threat_word(mail.what.verdict)},
            {"DetectionMethods",
             mail.stopped_by.empty() ? detection_methods(mail.what.verdict) : value()},
            {"AttachmentCount", count_of(mail.what.attachments.size())},
            {"UrlCount", count_of(mail.what.urls.size())},
            {"EmailLanguage", std::string("en")},
            {"OrgLevelAction", org_level_action(mail)},
            {"OrgLevelPolicy", org_level_policy(mail)},
            {"ReportId", report_id(mail, to, 1)}});
  note({"email_events", "EmailEvents|" + id + "|" + to.upn, location, story}, mail.at, visible_at);
  for (const auto& file : mail.what.attachments) {
    table("EmailAttachmentInfo")
        .add(mail.at,
             visible_at,
             {{"NetworkMessageId", id},
              {"SenderFromAddress", mail.what.from},
              {"RecipientEmailAddress", to.upn},
              {"RecipientObjectId", to.object_id},
              {"FileName", file.name},
              {"SHA256", file.sha256},
              {"ThreatTypes", threat_word(file.verdict)},
              {"DetectionMethods", detection_methods(file.verdict)},
              {"ReportId", report_id(mail, to, 1)}});
    note({"email_events",
          "EmailAttachmentInfo|" + id + "|" + to.upn + "|" + file.name + "|" + file.sha256,
          "",
          story},
         mail.at,
         visible_at);
  }
}

void hunting_tables::on(const tenant::mail_fact& mail) {
  const auto visible =
      mail.at + mail.what.visible_after.value_or(tenant_.state().delays.hunting_mail);
  for (const auto& who : mail.recipients) {
    mail_rows(mail, who, visible);
  }
  if (mail.internal_sender) {
    for (const auto& address : mail.what.to) {
      if (tenant_.find_user(address) == nullptr) {
        mail_rows(mail, tenant::user{"", address, "", ""}, visible);
      }
    }
  }
  for (const auto& url : mail.what.urls) {
    table("EmailUrlInfo")
        .add(mail.at,
             visible,
             {{"NetworkMessageId", mail.network_message_id},
              {"Url", url},
              {"UrlDomain", host_of(url)},
              {"UrlLocation", std::string("Body")},
              {"ReportId", mail.network_message_id + "-1"}});
    note({"email_events",
          "EmailUrlInfo|" + mail.network_message_id + "|" + url + "|Body",
          "",
          "link of mail " + mail.what.id + " (" + mail.origin + ")"},
         mail.at,
         visible);
  }
}

void hunting_tables::on(const tenant::teams_fact& message) {
  const auto visible = message.at + tenant_.state().delays.hunting_mail;
  const auto id = teams_message_id(message);
  table("MessageEvents")
      .add(message.at,
           visible,
           {{"TeamsMessageId", id},
            {"SenderEmailAddress", message.what.from},
            {"SenderType", std::string("User")},
            {"RecipientDetails", recipient_details(message)},
            {"IsOwnedThread", !message.external_sender},
            {"MessageId", message.message_id},
            {"ParentMessageId", message.message_id},
            {"ThreadId", message.thread_id},
            {"ThreadSubtype", std::string("None")},
            {"IsExternalThread", message.external_sender},
            {"MessageFormatType", std::string("RichText")},
            {"MessageVersion", message.message_id},
            {"ThreatTypes", threat_word(message.what.verdict)},
            {"DeliveryAction", std::string("Delivered")},
            {"DeliveryLocation", std::string("Teams")},
            {"ReportId", seams::named_guid(tenant_.state().seed, "teams/" + message.what.id)}});
  const auto story = "Teams message " + message.what.id + " (" + message.origin + ")";
  note({"teams_messages", "MessageEvents|" + id + "|" + message.message_id, "", story},
       message.at,
       visible);
  for (const auto& url : message.what.urls) {
    note({"teams_messages", "MessageUrlInfo|" + id + "|" + url, "", story}, message.at, visible);
    table("MessageUrlInfo")
        .add(message.at,
             visible,
             {{"TeamsMessageId", id},
              {"Url", url},
              {"UrlDomain", host_of(url)},
              {"ThreatTypes", threat_word(tenant_.verdict_of(url))},
              {"ReportId", seams::named_guid(tenant_.state().seed, "teams/" + message.what.id)}});
  }
}

void hunting_tables::on(const tenant::click_fact& click) {
  click_row(click, click.at, false);
  if (click.went_on) {
    click_row(click, click.went_on_at, true);
  }
}

auto hunting_tables::click_cells(const tenant::click_fact& click, seams::instant at, bool went_on)
    -> hunting::row {
  const auto mail_id = click.in_mail != nullptr ? click.in_mail->network_message_id : "";
  const auto source = click.in_teams != nullptr ? click.in_teams->message_id : mail_id;
  return table("UrlClickEvents")
      .row_of(at,
              {{"Url", click.what.url},
               {"ActionType", action_type(click.outcome)},
               {"AccountUpn", click.who.upn},
               {"Workload", workload_word(click.where)},
               {"NetworkMessageId", mail_id},
               {"ThreatTypes", threat_word(click.known_threat)},
               {"DetectionMethods", detection_methods(click.known_threat)},
               {"IPAddress", click.ip},
               {"IsClickedThrough", went_on},
               {"UrlChain", json::array({click.what.url}).dump()},
               {"ReportId", click.report_id},
               {"AppName", app_name(click.where)},
               {"AppVersion", std::string("0.0.0000")},
               {"SourceId", source}});
}

void hunting_tables::click_row(const tenant::click_fact& click, seams::instant at, bool went_on) {
  const auto visible =
      at + click.what.hunting_after.value_or(tenant_.state().delays.hunting_clicks);
  table("UrlClickEvents").add(at, visible, click_cells(click, at, went_on));
  note({"safe_links",
        click_key(click, at, went_on, click.report_id),
        "",
        click_story(click.what.id, click)},
       at,
       visible);
}

void hunting_tables::on(const tenant::click_run& run) {
  if (std::ranges::any_of(bursts_, [&](const auto& known) { return known->extend(run); })) {
    return;
  }
  auto rows = std::vector<hunting::row>();
  for (const auto& part : *run.parts) {
    rows.push_back(part ? click_cells(*part, run.times.first, false) : hunting::row());
  }
  auto& clicks = table("UrlClickEvents");
  const auto report_id = std::ranges::find(clicks.columns(), "ReportId", &hunting::column::name);
  const auto made =
      std::make_shared<click_rows>(run,
                                   std::move(rows),
                                   static_cast<std::size_t>(report_id - clicks.columns().begin()),
                                   tenant_.state().delays.hunting_clicks,
                                   click_retention);
  bursts_.push_back(made);
  clicks.add(made);
  ledger_.appeared(made);
}

void hunting_tables::on(const tenant::purge_fact& purge) {
  const auto visible = purge.at + tenant_.state().delays.hunting_mail;
  if (purge.in_mail != nullptr) {
    for (const auto& who : purge.in_mail->recipients) {
      table("EmailPostDeliveryEvents")
          .add(purge.at,
               visible,
               {{"NetworkMessageId", purge.in_mail->network_message_id},
                {"InternetMessageId", purge.in_mail->internet_message_id},
                {"Action", std::string("Moved to quarantine")},
                {"ActionType", std::string("Phish ZAP")},
                {"ActionTrigger", std::string("SpecialAction")},
                {"ActionResult", std::string("Success")},
                {"RecipientEmailAddress", who.upn},
                {"DeliveryLocation", std::string("Quarantine")},
                {"ThreatTypes", threat_word(purge.reason)},
                {"ReportId", report_id(*purge.in_mail, who, 2)}});
      note({"email_events",
            "EmailPostDeliveryEvents|" + purge.in_mail->network_message_id + "|" + who.upn +
                "|Phish ZAP|" + seams::to_rfc3339(purge.at),
            "",
            "purge of mail " + purge.in_mail->what.id + " (" + purge.origin + ")"},
           purge.at,
           visible);
    }
  }
  if (purge.in_teams != nullptr) {
    table("MessagePostDeliveryEvents")
        .add(purge.at,
             visible,
             {{"TeamsMessageId", teams_message_id(*purge.in_teams)},
              {"Action", std::string("Moved to quarantine")},
              {"ActionType", std::string("Phish ZAP")},
              {"ActionTrigger", std::string("SpecialAction")},
              {"ActionResult", std::string("Success")},
              {"SenderEmailAddress", purge.in_teams->what.from},
              {"RecipientDetails", recipient_details(*purge.in_teams)},
              {"ThreatTypes", threat_word(purge.reason)},
              {"LatestDeliveryLocation", std::string("Quarantine")},
              {"IsExternalThread", purge.in_teams->external_sender}});
    note({"teams_messages",
          "MessagePostDeliveryEvents|" + teams_message_id(*purge.in_teams) + "|Phish ZAP|" +
              seams::to_rfc3339(purge.at),
          "",
          "purge of Teams message " + purge.in_teams->what.id + " (" + purge.origin + ")"},
         purge.at,
         visible);
  }
}

void hunting_tables::keep(seams::instant at, const tenant::verbatim_record& what) {
  const auto* by = identity_of_table(what.table);
  const auto document = json::parse(what.raw, nullptr, false);
  if (by == nullptr || !document.is_object()) {
    return;
  }
  auto& rows = table(what.table);
  auto cells = cells_of(document, rows.columns());
  const auto* timestamp = std::get_if<seams::instant>(&cells.front());
  const auto when = timestamp == nullptr ? at : *timestamp;
  cells.front() = when;
  auto key = key_of_row(*by, cells, rows.columns());
  if (key.empty()) {
    return;
  }
  note({by->feed.data(),
        std::move(key),
        text_of_cell(by->version, cells, rows.columns()),
        "row of " + what.origin},
       when,
       at);
  rows.add(when, at, std::move(cells));
}

void hunting_tables::on_alert(const alert& what, alert_change change) {
  if (change != alert_change::raised) {
    return;
  }
  const auto product = std::string("Microsoft Defender for Office 365");
  const auto title = std::string(title_of(what.kind));
  const auto techniques = std::string(R"x(["Spearphishing Link (T1566.002)"])x");
  table("AlertInfo")
      .add(what.created,
           what.created,
           {{"AlertId", what.id()},
            {"Title", title},
            {"Category", std::string("InitialAccess")},
            {"Severity", std::string("High")},
            {"ServiceSource", product},
            {"DetectionSource", product},
            {"AttackTechniques", techniques}});
  const auto* mail = what.clicks.front()->in_mail;
  const auto entity = [&](const char* type, const char* role, const std::string& url) {
    table("AlertEvidence")
        .add(what.created,
             what.created,
             {{"AlertId", what.id()},
              {"Title", title},
              {"Categories", std::string(R"(["InitialAccess"])")},
              {"AttackTechniques", techniques},
              {"ServiceSource", product},
              {"DetectionSource", product},
              {"EntityType", std::string(type)},
              {"EvidenceRole", std::string(role)},
              {"RemoteUrl", url},
              {"AccountObjectId", what.who.object_id},
              {"AccountUpn", what.who.upn},
              {"NetworkMessageId", mail != nullptr ? mail->network_message_id : ""},
              {"EmailSubject", mail != nullptr ? mail->what.subject : ""},
              {"Severity", std::string("High")}});
  };
  entity("User", "Impacted", "");
  entity("Url", "Related", what.url);
  if (mail != nullptr) {
    entity("Mailbox", "Impacted", "");
    entity("MailMessage", "Related", "");
  }
}

} // namespace mock_graph::defender
