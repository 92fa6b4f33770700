#include "mock_graph/activity/audit_records.hpp"

#include "core/seams/choices.hpp"
#include "mock_graph/activity/audit_common.hpp"

#include <algorithm>
#include <charconv>

namespace mock_graph::activity {
namespace {

using json = nlohmann::ordered_json;
using tenant::click_outcome;

/// Seven decimals and 'Z', as inside the `Data` of an alert record.
auto data_time(seams::instant at) -> std::string {
  auto text = creation_time(at);
  auto fraction =
      std::to_string((at - std::chrono::floor<std::chrono::seconds>(at)).count() + 10'000'000);
  return text + "." + fraction.substr(1) + "Z";
}

auto threat_name(tenant::threat what) -> std::string {
  return what == tenant::threat::malware ? "Malware" : "Phish";
}

/// The `Data` of an alert record: JSON text with short keys, numbers as strings.
auto alert_data(const defender::alert& what, const std::string& tenant_id) -> json {
  auto data = json();
  data["etype"] = "MaliciousUrl";
  data["eid"] = what.url;
  data["tid"] = tenant_id;
  data["ts"] = data_time(what.first_activity);
  data["te"] = data_time(what.last_activity);
  data["trc"] = what.who.upn;
  data["tdc"] = "1";
  data["at"] = data_time(what.last_activity);
  data["dm"] = "MDO Safe Links";
  data["ot"] = what.kind == defender::alert_kind::clicked_through ? "BlockPageOverride" : "Allowed";
  data["md"] = data_time(what.updated);
  data["lon"] = "MaliciousUrlClick";
  return data;
}

/// The same record with its members in another order and with other white space.
auto respelled(const std::string& raw, std::uint64_t round) -> std::string {
  const auto record = json::parse(raw, nullptr, false);
  if (!record.is_object()) {
    return raw;
  }
  auto names = std::vector<std::string>();
  for (const auto& [name, value] : record.items()) {
    names.push_back(name);
  }
  std::ranges::rotate(names, names.begin() + static_cast<std::ptrdiff_t>(round % names.size()));
  auto out = json::object();
  for (const auto& name : names) {
    out[name] = record[name];
  }
  return out.dump(static_cast<int>(round % 4));
}

} // namespace

/// What `publish` needs to know besides the record's own fields.
struct audit_records::common {
  seams::instant at;
  std::string cause;
  std::string content_type;
  int record_type;
  std::string operation;
  std::string workload;
  std::string user_id;
  std::string user_key;
  int user_type;
  std::string story;
  seams::duration arrives_after;
  seams::duration listed_after;
  bool clock_id;            ///< types 8, 15, 18, 25, 28 and 50 carry ordinary random ids
  std::string refusal = {}; ///< what its blob answers instead
};

void audit_records::publish(const common& head, json fields) {
  if (!tenant_.state().audit_enabled || head.at < tenant_.state().audit_effective) {
    return;
  }
  const auto& state = tenant_.state();
  const auto name = "audit/" + std::to_string(head.record_type) + "/" + head.operation + "/" +
                    head.cause + "/" + std::to_string(by_cause_[head.cause].size());
  const auto id = head.clock_id ? tenant::clock_guid(state.seed, name, head.at)
                                : seams::named_guid(state.seed, name);
  auto out = json();
  out["CreationTime"] = creation_time(head.at);
  out["Id"] = id;
  out["Operation"] = head.operation;
  out["OrganizationId"] = state.tenant_id;
  out["RecordType"] = head.record_type;
  out["UserKey"] = head.user_key;
  out["UserType"] = head.user_type;
  out["Version"] = 1;
  out["Workload"] = head.workload;
  out["UserId"] = head.user_id;
  for (auto& [key, value] : fields.items()) {
    out[key] = std::move(value);
  }
  auto item = audit_item{
      head.content_type, out["Id"].get<std::string>(), out.dump(), "audit record of " + head.story};
  item.refusal = head.refusal;
  item.record_type = head.record_type;
  by_cause_[head.cause].push_back(item);
  log_.add(item, head.at + head.arrives_after, head.listed_after);
}

void audit_records::on(const tenant::mail_fact& mail) {
  if (mail.what.verdict == tenant::threat::clean) {
    return;
  }
  const auto& state = tenant_.state();
  for (const auto& who : mail.recipients) {
    auto fields = json();
    fields["ObjectId"] =
        mail.network_message_id + std::to_string(seams::mix(state.seed, who.upn)) + "1";
    fields["DeliveryAction"] = mail.what.location == "Quarantine" ? "Blocked" : "Delivered";
    if (mail.stopped_by.empty()) {
      fields["DetectionMethod"] = "URL detonation reputation";
    }
    fields["DetectionType"] = "Inline";
    fields["Directionality"] = mail.internal_sender ? "IntraOrg" : "Inbound";
    fields["EventDeepLink"] =
        "https://security.microsoft.com/threatexplorer?messageParams=" + mail.network_message_id;
    fields["InternetMessageId"] = mail.internet_message_id;
    fields["LatestDeliveryLocation"] = mail.what.location;
    fields["MessageTime"] = creation_time(mail.at);
    fields["NetworkMessageId"] = mail.network_message_id;
    fields["OriginalDeliveryLocation"] = mail.what.location;
    fields["P1Sender"] = mail.what.from;
    fields["P2Sender"] = mail.what.from;
    fields["Recipients"] = json::array({who.upn});
    fields["SenderIp"] = mail.sender_ip;
    fields["Subject"] = mail.what.subject;
    if (!mail.what.let_through_by.empty()) {
      fields["SystemOverrides"] = json::array({{{"Details", mail.what.let_through_by},
                                                {"FinalOverride", "Yes"},
                                                {"Result", "Allow"},
                                                {"Source", "Tenant"}}});
    }
    if (!mail.stopped_by.empty()) {
      fields["SystemOverrides"] = json::array({{{"Details", mail.stopped_by},
                                                {"FinalOverride", "Yes"},
                                                {"Result", "Block"},
                                                {"Source", "Tenant"}}});
    }
    fields["Verdict"] = threat_name(mail.what.verdict);
    publish({mail.at,
             mail.what.id,
             "Audit.General",
             28,
             "TIMailData",
             "ThreatIntelligence",
             "ThreatIntel",
             "ThreatIntel",
             4,
             "mail " + mail.what.id + " (" + mail.origin + ")",
             state.delays.audit_other,
             state.delays.listing,
             false},
            std::move(fields));
  }
}

void audit_records::on(const tenant::teams_fact& message) {
  const auto* sender = tenant_.find_user(message.what.from);
  if (message.what.urls.empty() || sender == nullptr) {
    return;
  }
  auto fields = json();
  fields["ChatThreadId"] = message.thread_id;
  fields["CommunicationType"] = message.what.channel ? "Team" : "GroupChat";
  fields["MessageId"] = message.message_id;
  fields["MessageVersion"] = message.message_id;
  fields["ItemName"] = message.thread_id;
  fields["MessageURLs"] = message.what.urls;
  publish({message.at,
           message.what.id,
           "Audit.General",
           25,
           "MessageCreatedHasLink",
           "MicrosoftTeams",
           sender->upn,
           sender->object_id,
           0,
           "Teams message " + message.what.id + " (" + message.origin + ")",
           tenant_.state().delays.audit_other,
           tenant_.state().delays.listing,
           false},
          std::move(fields));
}

/// There is no value for an allowed click (management-activity-api sheet, 8.1), none is known for
/// an error page, and none verified for a block of the organisation (exchange-and-safelinks
/// sheet, 6.1).
void audit_records::on(const tenant::click_fact& click) {
  const auto blocked = click.outcome == click_outcome::blocked;
  if (!blocked && click.outcome != click_outcome::scan_pending) {
    return;
  }
  click_record(click, click.at, blocked ? 2 : 3);
  if (click.went_on) {
    click_record(click, click.went_on_at, blocked ? 4 : 5);
  }
}

void audit_records::click_record(const tenant::click_fact& click, seams::instant at, int action) {
  const auto source = click.in_mail != nullptr    ? click.in_mail->network_message_id
                      : click.in_teams != nullptr ? click.in_teams->message_id
                                                  : std::string();
  auto fields = json();
  fields["AppName"] = click.where == tenant::workload::email   ? "Mail"
                      : click.where == tenant::workload::teams ? "Teams"
                                                               : "Office";
  fields["AppVersion"] = "0.0.0000";
  fields["EventDeepLink"] = "https://security.microsoft.com/threatexplorer?messageParams=" + source;
  fields["SourceId"] = source;
  fields["TimeOfClick"] = creation_time(at);
  fields["Url"] = click.what.url;
  fields["UrlClickAction"] = action;
  fields["UserIp"] = click.ip;
  const auto& delays = tenant_.state().delays;
  publish({at,
           click.what.id,
           "Audit.General",
           41,
           "TIUrlClickData",
           "ThreatIntelligence",
           click.who.upn,
           "ThreatIntel",
           4,
           "click " + click.what.id + " (" + click.origin + ")",
           click.what.audit_after.value_or(delays.audit_click),
           delays.listing + click.what.audit_listed_after,
           true},
          std::move(fields));
}

void audit_records::on_alert(const defender::alert& what, defender::alert_change change) {
  if (change == defender::alert_change::investigated) {
    investigation_record(what);
  } else if (change != defender::alert_change::moved) {
    alert_record(what, change == defender::alert_change::edited);
  }
}

void audit_records::investigation_record(const defender::alert& what) {
  const auto& state = tenant_.state();
  const auto story = "alert on " + what.story;
  auto fields = json();
  const auto running = what.investigation_state == "running";
  fields["ObjectId"] = what.provider_id;
  fields["InvestigationId"] =
      "urn:UrlVerdictChangeInvestig:" + seams::to_hex(seams::sha256(what.id())).substr(0, 32);
  fields["InvestigationName"] = "Clicked url Verdict changed to malicious - " + what.url;
  fields["InvestigationType"] = "UrlInvestigation";
  fields["LastUpdateTimeUtc"] = creation_time(what.updated);
  fields["StartTimeUtc"] = creation_time(what.created + state.delays.investigation);
  fields["Status"] = running ? "Running" : "Pending Action";
  publish({what.updated,
           "investigation " + what.id(),
           "Audit.General",
           64,
           "AirInvestigationData",
           "AirInvestigation",
           "AirInvestigation",
           "AirInvestigation",
           4,
           story,
           state.delays.audit_other,
           state.delays.listing,
           true},
          std::move(fields));
}

void audit_records::alert_record(const defender::alert& what, bool edited) {
  const auto& state = tenant_.state();
  const auto story = "alert on " + what.story;
  auto fields = json();
  fields["ObjectId"] = edited ? what.provider_id : what.url;
  if (!edited) {
    fields["AlertEntityId"] = what.url;
    fields["EntityType"] = "MaliciousUrl";
  }
  fields["AlertId"] = what.provider_id;
  fields["AlertLinks"] = json::array({{{"AlertLinkHref", ""}}});
  fields["AlertType"] = "System";
  fields["Category"] = "ThreatManagement";
  fields["Comments"] = edited ? "" : "New alert";
  fields["Data"] = alert_data(what, state.tenant_id).dump();
  fields["Name"] = defender::title_of(what.kind);
  fields["PolicyId"] = what.kind == defender::alert_kind::click_detected
                           ? "471d921d-e417-41c4-be33-ad67040f3ece"
                           : std::string(defender::policy_id_of(what.kind));
  fields["ResultStatus"] = "Succeeded";
  fields["Severity"] = "High";
  fields["Source"] = "Office 365 Security & Compliance";
  fields["Status"] = what.status == "resolved" ? "Resolved" : "Active";
  publish({what.updated,
           "alert " + what.id(),
           "Audit.General",
           40,
           edited ? "AlertUpdated" : "AlertEntityGenerated",
           "SecurityComplianceCenter",
           "SecurityComplianceAlerts",
           "SecurityComplianceAlerts",
           4,
           story,
           state.delays.audit_other,
           state.delays.listing,
           true},
          std::move(fields));
}

void audit_records::scripted(seams::instant at,
                             const std::string& origin,
                             const tenant::audit_record& what) {
  const auto story = "audit " + what.id + " (" + origin + ")";
  if (what.raw) {
    word_for_word(at, story, what);
    return;
  }
  const auto text = [&](const char* name, const char* otherwise) {
    const auto found = what.fields.find(name);
    return found != what.fields.end() && found->is_string() ? found->get<std::string>() : otherwise;
  };
  const auto type = what.fields.find("RecordType");
  auto head = common{at,
                     what.id,
                     what.content_type,
                     type != what.fields.end() && type->is_number_integer() ? type->get<int>() : 0,
                     text("Operation", "Unknown"),
                     text("Workload", "Unknown"),
                     text("UserId", ""),
                     text("UserKey", ""),
                     0,
                     story,
                     what.visible_after.value_or(tenant_.state().delays.audit_other),
                     tenant_.state().delays.listing + what.listed_after,
                     true,
                     what.unreadable};
  auto fields = json(what.fields);
  if (what.padding > 0) {
    fields["ExtendedProperties"] =
        json::array({{{"Name", "Padding"}, {"Value", std::string(what.padding, 'x')}}});
  }
  for (auto i = std::uint64_t{0}; i < what.count; ++i) {
    head.at = at + what.over * static_cast<std::int64_t>(i) / static_cast<std::int64_t>(what.count);
    publish(head, fields);
  }
}

void audit_records::on(const tenant::audit_run& run) {
  if (!tenant_.state().audit_enabled) {
    return;
  }
  auto& maker = makers_[run.what->id];
  maker = maker ? maker : std::make_shared<const audit_maker>(tenant_.state(), run);
  const auto& delays = tenant_.state().delays;
  const auto delay = run.what->visible_after.value_or(delays.audit_other);
  for (auto from = std::max(run.from, run.times.before(tenant_.state().audit_effective));
       from < run.to;) {
    const auto minute = std::chrono::ceil<std::chrono::minutes>(run.times.at(from) + delay);
    const auto to = std::min(run.to, run.times.until(minute - delay));
    log_.add(run.what->content_type, {maker, from, to}, minute, delays.listing);
    from = to;
  }
}

auto audit_records::made_item(const std::string& name, seams::instant now) const
    -> std::optional<audit_item> {
  const auto mark = name.rfind('#');
  const auto maker = mark == std::string::npos ? makers_.end() : makers_.find(name.substr(0, mark));
  if (maker == makers_.end()) {
    return std::nullopt;
  }
  auto n = std::uint64_t{0};
  const auto& by = *maker->second;
  const auto* const end = name.data() + name.size();
  const auto read = std::from_chars(name.data() + mark + 1, end, n);
  if (read.ec != std::errc() || read.ptr != end || n >= by.count(now)) {
    return std::nullopt;
  }
  return audit_item{by.content_type(), by.id(n), by.raw(n), by.story(n)};
}

void audit_records::word_for_word(seams::instant at,
                                  const std::string& story,
                                  const tenant::audit_record& what) {
  const auto document = json::parse(*what.raw, nullptr, false);
  const auto id = document.is_object() ? document.find("Id") : document.end();
  const auto has_id = document.is_object() && id != document.end() && id->is_string();
  auto item = audit_item{what.content_type,
                         has_id ? id->get<std::string>() : "",
                         *what.raw,
                         "audit record of " + story};
  item.refusal = what.unreadable;
  by_cause_[what.id].push_back(item);
  log_.add(item,
           at + what.visible_after.value_or(tenant_.state().delays.audit_other),
           tenant_.state().delays.listing + what.listed_after);
}

void audit_records::again(seams::instant at, const tenant::redelivery& what) {
  auto items = std::vector<audit_item>();
  if (const auto found = by_cause_.find(what.of); found != by_cause_.end()) {
    items = found->second;
  } else if (auto made = made_item(what.of, at)) {
    items.push_back(std::move(*made));
  }
  for (auto round = std::uint64_t{0}; round < what.times; ++round) {
    for (const auto& first : items) {
      auto item = first;
      if (what.shuffled) {
        item.respells = seams::sha256(first.raw);
        item.raw = respelled(first.raw, round + 1);
      }
      log_.add(item, at + round * std::chrono::minutes{1}, seams::duration{});
    }
  }
}

} // namespace mock_graph::activity
