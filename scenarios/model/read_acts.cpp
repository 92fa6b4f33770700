#include "scenarios/model/event_draft.hpp"

namespace scenarios::model {
namespace {

namespace tenant = mock_graph::tenant;

/// Records of this type are clicks, in two feeds at once.
constexpr auto click_record_type = 41;
constexpr auto burst_records_max = std::int64_t{10'000'000};
const auto content_types = std::vector<std::string>{
    "Audit.AzureActiveDirectory", "Audit.Exchange", "Audit.SharePoint", "Audit.General", "DLP.All"};
/// The last is no loss at first: the service fails for as long as it keeps the blob.
const auto loss_codes = std::vector<std::string>{"AF20050", "AF20051", "AF50000"};
constexpr auto records_max = std::int64_t{1'000'000};
constexpr auto redeliveries_max = std::int64_t{1000};
constexpr auto padding_max = std::int64_t{32} << 20;
const auto switches = std::vector<std::string>{"enable_for_email",
                                               "enable_for_teams",
                                               "enable_for_office",
                                               "track_clicks",
                                               "allow_click_through",
                                               "scan_urls",
                                               "enable_for_internal_senders"};
const auto analyst_fields =
    std::vector<std::string>{"status", "classification", "determination", "assignedTo"};

void read_defender(event_draft& with) {
  with.each("verdict", [&](table_reader& read) {
    auto what = tenant::url_verdict();
    const auto [id, at] = with.begin(read, event_kind::other, "verdict");
    what.id = id;
    what.url = read.text("url", need::required).value_or("");
    what.verdict = threat_of(read.word("verdict", threat_words()).value_or("phish"));
    with.end(read, at, std::move(what));
  });
  with.each("purge", [&](table_reader& read) {
    auto what = tenant::zero_hour_purge();
    const auto [id, at] = with.begin(read, event_kind::other, "purge");
    what.message = with.earlier(
        read, "message", {event_kind::message}, "mail or Teams message", at, need::required);
    with.end(read, at, what);
  });
  with.each("policy_change", [&](table_reader& read) {
    auto what = tenant::policy_change();
    const auto [id, at] = with.begin(read, event_kind::other, "policy-change");
    what.policy = with.policy(read);
    what.set = read.flag_map("set", switches);
    with.end(read, at, std::move(what));
  });
}

/// The table `fields`; empty if there is none.
auto fields_of(table_reader& read) -> nlohmann::json {
  const auto* fields = read.table("fields");
  if (fields != nullptr && fields->what == node::kind::table) {
    return to_json(*fields);
  }
  if (fields != nullptr) {
    read.shared().complain(
        fields->at, "\"fields\" is " + std::string(to_text(fields->what)), "a table");
  }
  return nlohmann::json::object();
}

void read_audit_bursts(event_draft& with) {
  with.each("audit_burst", [&](table_reader& read) {
    auto what = tenant::audit_burst();
    const auto [id, at] = with.begin(read, event_kind::audit_burst, "audit-burst");
    what.id = id;
    what.content_type = read.word("content_type", content_types).value_or("Audit.General");
    what.operation = read.text("operation", need::required).value_or("");
    what.fields = fields_of(read);
    for (const auto* made : {"Id", "CreationTime", "Operation"}) {
      if (what.fields.contains(made)) {
        read.shared().complain(read.at("fields"),
                               "\"fields\" holds " + std::string(made),
                               "other fields: this one is made for each record");
      }
    }
    if (what.fields.value("RecordType", nlohmann::json()) == click_record_type) {
      read.shared().complain(
          read.at("fields"), "\"fields\" makes clicks", "another RecordType, or [[click_burst]]");
    }
    what.count = static_cast<std::uint64_t>(
        read.whole("count", 1, burst_records_max, need::required).value_or(1));
    what.over = read.span("over", need::required).value_or(seams::duration{});
    what.visible_after = read.span("visible_after");
    with.end(read, at, std::move(what));
  });
}

void read_trace_changes(event_draft& with) {
  static const auto statuses = std::vector<std::string>{"gettingStatus",
                                                        "pending",
                                                        "failed",
                                                        "delivered",
                                                        "expanded",
                                                        "quarantined",
                                                        "filteredAsSpam",
                                                        "recalled"};
  with.each("trace_change", [&](table_reader& read) {
    auto what = tenant::trace_change();
    const auto [id, at] = with.begin(read, event_kind::other, "trace-change");
    what.of = with.earlier(read, "of", {event_kind::message}, "mail", at, need::required);
    what.recipient = read.text("recipient").value_or("");
    what.status = read.word("status", statuses, need::required).value_or("");
    with.end(read, at, std::move(what));
  });
}

void read_audit(event_draft& with) {
  with.each("audit", [&](table_reader& read) {
    auto what = tenant::audit_record();
    const auto [id, at] = with.begin(read, event_kind::audit, "audit");
    what.id = id;
    what.content_type = read.word("content_type", content_types).value_or("Audit.General");
    what.fields = fields_of(read);
    what.visible_after = read.span("visible_after");
    what.listed_after = read.span("listed_after").value_or(seams::duration{});
    what.count = static_cast<std::uint64_t>(read.whole("count", 1, records_max).value_or(1));
    what.over = read.span("over").value_or(seams::duration{});
    what.padding = static_cast<std::uint64_t>(read.whole("padding", 0, padding_max).value_or(0));
    what.raw = read.text("raw");
    what.unreadable = read.word("unreadable", loss_codes).value_or("");
    with.end(read, at, std::move(what));
  });
  with.each("redelivery", [&](table_reader& read) {
    auto what = tenant::redelivery();
    const auto [id, at] = with.begin(read, event_kind::other, "redelivery");
    what.of = with.earlier(read,
                           "of",
                           {event_kind::click, event_kind::audit},
                           "click or audit event",
                           at,
                           need::required);
    what.shuffled = read.flag("shuffled").value_or(false);
    what.times = static_cast<std::uint64_t>(read.whole("times", 1, redeliveries_max).value_or(1));
    with.end(read, at, std::move(what));
  });
  with.each("subscription_change", [&](table_reader& read) {
    auto what = tenant::subscription_change();
    const auto [id, at] = with.begin(read, event_kind::other, "subscription-change");
    what.content_type = read.word("content_type", content_types, need::required).value_or("");
    what.enabled = read.flag("enabled").value_or(false);
    what.stopped = read.flag("stopped").value_or(false);
    with.end(read, at, std::move(what));
  });
}

void read_analysts(event_draft& with) {
  const auto of = [&](table_reader& read, seams::instant at) {
    return with.earlier(
        read, "of", {event_kind::click, event_kind::message}, "click or message", at);
  };
  with.each("alert_change", [&](table_reader& read) {
    auto what = tenant::alert_change();
    const auto [id, at] = with.begin(read, event_kind::other, "alert-change");
    what.of = of(read, at);
    what.set = read.text_map("set", analyst_fields);
    with.end(read, at, std::move(what));
  });
  with.each("incident_change", [&](table_reader& read) {
    auto what = tenant::incident_change();
    const auto [id, at] = with.begin(read, event_kind::other, "incident-change");
    what.of = of(read, at);
    what.set = read.text_map("set", analyst_fields);
    with.end(read, at, std::move(what));
  });
}

void read_merges(event_draft& with) {
  with.each("incident_merge", [&](table_reader& read) {
    auto what = tenant::incident_merge();
    const auto [id, at] = with.begin(read, event_kind::other, "incident-merge");
    const auto about = [&](const char* key) {
      return with.earlier(read,
                          key,
                          {event_kind::click, event_kind::message},
                          "click or message",
                          at,
                          need::required);
    };
    what.of = about("of");
    what.into = about("into");
    with.end(read, at, std::move(what));
  });
}

} // namespace

void read_acts(event_draft& with) {
  read_defender(with);
  read_audit_bursts(with);
  read_trace_changes(with);
  read_audit(with);
  read_analysts(with);
  read_merges(with);
}

} // namespace scenarios::model
