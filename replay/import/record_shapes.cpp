#include "replay/import/record_shapes.hpp"

#include "core/seams/letters.hpp"
#include "replay/import/json_text.hpp"

#include <algorithm>
#include <array>
#include <ranges>
#include <set>

namespace replay {
namespace {

using namespace std::chrono_literals;

/// Delays are those of `[tenant.delays]` in docs/scenario-format.md.
const auto shapes = std::vector<feed_shape>{
    {"alerts", "", {"id"}, "lastUpdateDateTime", 2min, "lastUpdateDateTime"},
    {"incidents", "", {"id"}, "lastUpdateDateTime", 2min, "lastUpdateDateTime"},
    {"sign_ins", "", {"id"}, "createdDateTime", 5min},
    {"directory_audits", "", {"id"}, "activityDateTime", 5min},
    {"risk_detections", "", {"id"}, "lastUpdatedDateTime", 10min, "lastUpdatedDateTime"},
    {"risky_users", "", {"id"}, "riskLastUpdatedDateTime", 10min, "riskLastUpdatedDateTime"},
    {"users", "", {"id"}, "", 0s},
    {"groups", "", {"id"}, "", 0s},
    {"devices", "", {"id"}, "", 0s},
    {"message_trace", "", {"id", "recipientAddress"}, "receivedDateTime", 5min, "status"},
    {"audit_general", "", {"Id"}, "CreationTime", 30min},
    {"safe_links",
     "UrlClickEvents",
     {"ReportId", "ActionType", "IsClickedThrough", "Timestamp"},
     "Timestamp",
     5min},
    {"email_events",
     "EmailEvents",
     {"NetworkMessageId", "RecipientEmailAddress"},
     "Timestamp",
     5min,
     "LatestDeliveryLocation"},
    {"email_events", "EmailUrlInfo", {"NetworkMessageId", "Url", "UrlLocation"}, "Timestamp", 5min},
    {"email_events",
     "EmailAttachmentInfo",
     {"NetworkMessageId", "RecipientEmailAddress", "FileName", "SHA256"},
     "Timestamp",
     5min},
    {"email_events",
     "EmailPostDeliveryEvents",
     {"NetworkMessageId", "RecipientEmailAddress", "ActionType", "Timestamp"},
     "Timestamp",
     5min},
    {"teams_messages", "MessageEvents", {"TeamsMessageId", "MessageVersion"}, "Timestamp", 5min},
    {"teams_messages", "MessageUrlInfo", {"TeamsMessageId", "Url"}, "Timestamp", 5min},
    {"teams_messages",
     "MessagePostDeliveryEvents",
     {"TeamsMessageId", "ActionType", "Timestamp"},
     "Timestamp",
     5min}};

/// Names of members, in lower case.
class name_set {
public:
  explicit name_set(std::span<const std::string> names) {
    for (const auto& one : names) {
      names_.insert(seams::lower_case(one));
    }
  }

  [[nodiscard]] auto all(std::initializer_list<std::string_view> wanted) const -> bool {
    return std::ranges::all_of(wanted, [&](std::string_view one) { return names_.contains(one); });
  }
  [[nodiscard]] auto any(std::initializer_list<std::string_view> wanted) const -> bool {
    return std::ranges::any_of(wanted, [&](std::string_view one) { return names_.contains(one); });
  }

  /// ": it has a, b, c, ..."
  [[nodiscard]] auto some() const -> std::string {
    auto out = std::string();
    for (const auto& one : names_ | std::views::take(6)) {
      out += (out.empty() ? ": it has " : ", ") + one;
    }
    return out + (names_.size() > 6 ? ", ..." : "");
  }

private:
  std::set<std::string, std::less<>> names_;
};

auto names_in(const json_members& record) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& [name, value] : record) {
    out.push_back(string_of(name));
  }
  return out;
}

auto teams_table(const name_set& has) -> std::string_view {
  if (has.any({"actiontype", "actiontrigger"})) {
    return "MessagePostDeliveryEvents";
  }
  return has.any({"url", "urldomain"}) ? "MessageUrlInfo" : "MessageEvents";
}

auto mail_table(const name_set& has) -> std::string_view {
  if (has.any({"actiontrigger", "actionresult"})) {
    return "EmailPostDeliveryEvents";
  }
  if (has.any({"emaildirection", "deliveryaction", "internetmessageid", "senderfromaddress"}) &&
      !has.any({"url", "filename"})) {
    return "EmailEvents";
  }
  if (has.any({"filename", "sha256", "filetype"})) {
    return "EmailAttachmentInfo";
  }
  return has.any({"url", "urldomain"}) ? "EmailUrlInfo" : "";
}

auto hunting_table(const name_set& has) -> std::string_view {
  if (!has.all({"timestamp"})) {
    return "";
  }
  if (has.all({"url", "actiontype"}) &&
      has.any({"isclickedthrough", "urlchain", "accountupn", "ipaddress"})) {
    return "UrlClickEvents";
  }
  if (has.all({"teamsmessageid"})) {
    return teams_table(has);
  }
  return has.all({"networkmessageid"}) ? mail_table(has) : "";
}

/// What of Graph's lists a record is; "" if none.
auto graph_list(const name_set& has) -> std::string_view {
  if (has.any({"azuretenantid", "vendorinformation", "timegenerated"})) {
    return "";
  }
  if (has.all({"riskeventtype"}) && has.any({"detecteddatetime", "activitydatetime"})) {
    return "risk_detections";
  }
  if (has.all({"risklastupdateddatetime"})) {
    return "risky_users";
  }
  if (has.all({"activitydatetime"}) && has.any({"activitydisplayname", "initiatedby"})) {
    return "directory_audits";
  }
  if (has.all({"createddatetime"}) &&
      has.any({"alertweburl", "detectionsource", "servicesource", "detectorid"})) {
    return "alerts";
  }
  if (has.any({"incidentweburl"}) || has.all({"redirectincidentid", "displayname"})) {
    return "incidents";
  }
  const auto signed_in = has.any({"conditionalaccessstatus", "clientappused", "signineventtypes"});
  return has.all({"createddatetime"}) && signed_in ? "sign_ins" : "";
}

/// What kind of object of the directory a record is; "" if none, or its tombstone in a delta round.
auto directory_list(const name_set& has) -> std::string_view {
  if (!has.all({"id"}) || has.any({"@removed"})) {
    return "";
  }
  if (has.all({"deviceid"}) && has.any({"trusttype", "operatingsystem", "ismanaged"})) {
    return "devices";
  }
  if (has.any({"grouptypes", "membershiprule"}) || has.all({"securityenabled", "mailenabled"})) {
    return "groups";
  }
  return has.all({"userprincipalname", "displayname"}) ? "users" : "";
}

auto audit_feed(const json_members& record) -> std::string {
  const auto type = std::string(find_member(record, "RecordType").value_or("0"));
  static constexpr auto dlp = std::to_array<std::string_view>({"11", "13", "33", "63", "107"});
  if (std::ranges::find(dlp, type) != dlp.end()) {
    return "dlp";
  }
  const auto workload = seams::lower_case(string_of(find_member(record, "Workload").value_or("")));
  if (workload == "exchange") {
    return "audit_exchange";
  }
  if (workload == "sharepoint" || workload == "onedrive") {
    return "audit_sharepoint";
  }
  return workload == "azureactivedirectory" ? "audit_entra" : "audit_general";
}

/// What a record is that nobody serves, as far as its members tell.
auto unserved(const name_set& has) -> std::string {
  if (has.any({"azuretenantid", "vendorinformation"})) {
    return "an alert of Graph's retired /security/alerts, which no feed reads";
  }
  if (has.all({"request"}) && has.any({"response", "responses"})) {
    return "a recorded exchange of another tool, which is no export";
  }
  if (has.all({"timegenerated"}) || has.any({"systemalertid", "officeworkload"})) {
    return "a row of a Sentinel table, which has other columns than the service's records";
  }
  if (has.any({"alertid", "incidentid"}) && has.any({"lastupdatetime", "lastupdatedtime"})) {
    return "an alert or incident of the older Defender API, not of Graph";
  }
  if (has.all({"resourceid", "category", "properties"})) {
    return "a record of a diagnostic setting (event hub, storage): export it from Graph";
  }
  if (has.any({"@removed"})) {
    return "a tombstone of a delta round, which holds no object";
  }
  if (has.any({"messagetype", "chatid"})) {
    return "a chat message, which no feed reads";
  }
  return has.all({"timestamp"}) ? "a row of a table of advanced hunting that no feed reads"
                                : "no record of a feed" + has.some();
}

} // namespace

auto feed_shapes() -> std::span<const feed_shape> {
  return shapes;
}

auto is_audit_feed(std::string_view feed) -> bool {
  return feed.starts_with("audit_") || feed == "dlp";
}

auto shape_of(std::string_view feed, std::string_view table) -> const feed_shape& {
  const auto name = is_audit_feed(feed) ? std::string_view("audit_general") : feed;
  const auto found = std::ranges::find_if(shapes, [&](const feed_shape& one) {
    return one.feed == name && (table.empty() || one.table == table);
  });
  return found == shapes.end() ? shapes.front() : *found;
}

auto hunting_table_of(std::span<const std::string> names) -> std::string_view {
  return hunting_table(name_set(names));
}

auto feed_of_table(std::string_view table) -> std::string_view {
  const auto found = std::ranges::find(shapes, table, &feed_shape::table);
  return table.empty() || found == shapes.end() ? std::string_view() : found->feed;
}

auto is_served_feed(std::string_view feed) -> bool {
  static constexpr auto audit = std::to_array<std::string_view>(
      {"audit_general", "audit_exchange", "audit_entra", "audit_sharepoint", "dlp"});
  return std::ranges::find(audit, feed) != audit.end() ||
         std::ranges::find(shapes, feed, &feed_shape::feed) != shapes.end();
}

auto destination_of(const json_members& record) -> destination {
  const auto names = names_in(record);
  const auto has = name_set(names);
  if (has.all({"creationtime"}) && has.any({"recordtype", "operation"})) {
    return {audit_feed(record), "", ""};
  }
  if (has.all({"messagetraceid", "recipientaddress"}) ||
      has.all({"receiveddatetime", "recipientaddress"})) {
    return {"message_trace", "", ""};
  }
  if (const auto table = hunting_table(has); !table.empty()) {
    return {std::string(feed_of_table(table)), std::string(table), ""};
  }
  const auto listed = graph_list(has);
  const auto list = listed.empty() ? directory_list(has) : listed;
  return {std::string(list), "", list.empty() ? unserved(has) : ""};
}

} // namespace replay
