#include "core/ocsf/document.hpp"
#include "tests/core/ocsf/normalized.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

using namespace core::ocsf;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

/// Real public records beside the project, if they are there: no copy of them is shipped.
const auto samples = fs::path(OFFTENANT_SOURCE_DIR) / ".." / "shared" / "samples";

struct sample {
  std::string feed;
  std::string raw;
};

auto text_of_file(const fs::path& path) -> std::string {
  auto file = std::ifstream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The feed a request of Graph's documentation would be of; "" for one that no feed reads.
auto feed_of_url(const std::string& url) -> std::string {
  static const auto parts = std::vector<std::pair<std::string, std::string>>{
      {"security/alerts", "alerts"},
      {"security/incidents", "incidents"},
      {"auditLogs/signIns", "sign_ins"},
      {"auditLogs/directoryAudits", "directory_audits"},
      {"iskDetections", "risk_detections"},
      {"riskyUsers", "risky_users"},
      {"riskyServicePrincipals", "risky_users"},
      {"runHuntingQuery", "safe_links"},
      {"mailboxSettings", "mailbox_settings"},
      {"messageTraces", "message_trace"},
      {"essages", "teams_messages"},
      {"v1.0/users?", "users"},
      {"v1.0/users/", "users"},
      {"v1.0/groups", "groups"},
      {"v1.0/devices", "devices"},
  };
  for (const auto& [part, feed] : parts) {
    if (url.find(part) != std::string::npos) {
      return feed;
    }
  }
  return {};
}

/// Collects the records of a document: of lists, pages, hunting answers, recorded exchanges.
class collector {
public:
  explicit collector(std::string feed) : feed_(std::move(feed)) {}

  void look(const json& value) {
    if (value.is_array()) {
      for (const auto& one : value) {
        look(one);
      }
      return;
    }
    if (!value.is_object()) {
      found.push_back({feed_, value.is_string() ? value.get<std::string>() : value.dump()});
      return;
    }
    if (value.contains("request") && (value.contains("response") || value.contains("responses"))) {
      look_at_exchange(value);
      return;
    }
    for (const auto* name :
         {"mocks", "errors", "body", "value", "results", "Results", "d", "message_trace_report"}) {
      const auto is_page = value.contains(name) && !value.contains("id") &&
                           (value[name].is_array() || value[name].is_object());
      if (is_page) {
        look(value[name]);
        return;
      }
    }
    if (value.contains("doc") && value.contains("text")) {
      const auto text = value["text"].get<std::string>();
      const auto open = text.find_first_of("[{");
      const auto close = text.find_last_of("]}");
      const auto inner =
          open < close && close != std::string::npos ? text.substr(open, close - open + 1) : text;
      const auto read = read_document(inner);
      if (read) {
        look(*read);
      } else {
        found.push_back({feed_, text});
      }
      return;
    }
    found.push_back({feed_, to_line(value)});
  }

  std::vector<sample> found;

private:
  void look_at_exchange(const json& value) {
    const auto before = feed_;
    const auto named = feed_of_url(value["request"].value("url", ""));
    feed_ = named.empty() ? feed_ : named;
    auto body = value.contains("response") && value["response"].contains("body")
                    ? value["response"]["body"]
                    : json(nullptr);
    if (body.is_string()) {
      const auto read = read_document(body.get<std::string>());
      body = read ? *read : body;
    }
    look(body);
    feed_ = before;
  }

  std::string feed_;
};

auto split_csv(const std::string& text) -> std::vector<std::vector<std::string>> {
  auto rows = std::vector<std::vector<std::string>>(1, {""});
  auto quoted = false;
  for (auto i = std::size_t{0}; i < text.size(); ++i) {
    const auto c = text[i];
    if (c == '"') {
      if (quoted && i + 1 < text.size() && text[i + 1] == '"') {
        rows.back().back() += '"';
        ++i;
      } else {
        quoted = !quoted;
      }
    } else if (quoted || (c != ',' && c != '\n' && c != '\r')) {
      rows.back().back() += c;
    } else if (c == ',') {
      rows.back().emplace_back();
    } else if (c == '\n') {
      rows.emplace_back(1, "");
    }
  }
  rows.pop_back();
  return rows;
}

auto csv_records(const std::string& feed, std::string text) -> std::vector<sample> {
  text = text.starts_with("\xef\xbb\xbf") ? text.substr(3) : text;
  const auto rows = split_csv(text);
  auto out = std::vector<sample>();
  for (auto i = std::size_t{1}; i < rows.size(); ++i) {
    auto one = json::object();
    for (auto column = std::size_t{0}; column < rows[0].size(); ++column) {
      one[rows[0][column]] = column < rows[i].size() ? rows[i][column] : "";
    }
    out.push_back({feed, to_line(one)});
  }
  return out;
}

auto records_of(const fs::path& path, const std::string& feed) -> std::vector<sample> {
  const auto text = text_of_file(path);
  if (path.extension() == ".csv") {
    return csv_records(feed, text);
  }
  if (path.extension() == ".ndjson") {
    auto out = std::vector<sample>();
    for (auto from = std::size_t{0}; from < text.size();) {
      const auto end = std::min(text.find('\n', from), text.size());
      if (end > from) {
        out.push_back({feed, text.substr(from, end - from)});
      }
      from = end + 1;
    }
    return out;
  }
  const auto read = read_document(text);
  if (!read) {
    return {{feed, text}};
  }
  auto all = collector(feed);
  all.look(*read);
  return all.found;
}

/// The feed each file is an export of.
auto feed_of_file(const std::string& name) -> std::string {
  static const auto parts =
      std::vector<std::pair<std::string, std::string>>{{"activity/", "audit_general"},
                                                       {"alerts/", "alerts"},
                                                       {"copyleft-agpl/", "safe_links"},
                                                       {"signin", "sign_ins"},
                                                       {"risk", "risk_detections"},
                                                       {"entra/", "directory_audits"},
                                                       {"hunting/", "safe_links"},
                                                       {"incidents/", "incidents"},
                                                       {"messagetrace/", "message_trace"},
                                                       {"policies/", "safe_links_policies"},
                                                       {"teams/", "teams_messages"},
                                                       {"devices", "devices"},
                                                       {"users/", "users"},
                                                       {"exchanges/", "a feed nobody reads"}};
  for (const auto& [part, feed] : parts) {
    if (name.find(part) != std::string::npos) {
      return feed;
    }
  }
  return {};
}

struct expected_count {
  std::string_view file;
  std::size_t records;
  std::size_t events;
};

/// What the samples of November 2026 hold. Documentation has much that is no record: schemas,
/// requests, errors, lists of other things.
constexpr auto expected_counts =
    std::to_array<expected_count>({{"activity/cli_m365_auditlog.json", 1, 1},
                                   {"activity/demisto_duplicate_records.json", 5, 5},
                                   {"activity/elastic_ip_formats.ndjson", 15, 15},
                                   {"activity/elastic_ti_mail_data_rt28.ndjson", 4, 4},
                                   {"activity/msdocs_management_activity_examples.json", 72, 10},
                                   {"activity/msticpy_exchange_admin.csv", 1334, 1334},
                                   {"activity/otrf_office_activity.ndjson", 1, 1},
                                   {"activity/panther_m365_audit.ndjson", 19, 19},
                                   {"activity/splunk_o365.ndjson", 18, 18},
                                   {"alerts/cli_m365_alert_legacy.json", 1, 1},
                                   {"alerts/cribl_graph_alert_legacy.ndjson", 1, 1},
                                   {"alerts/demisto_alerts_v2.json", 2, 2},
                                   {"alerts/graph_docs_alerts_legacy.json", 1, 1},
                                   {"alerts/graph_docs_alerts_v2.json", 2, 2},
                                   {"alerts/msticpy_sentinel_security_alerts.csv", 189, 189},
                                   {"alerts/panther_graph_alerts_v2.ndjson", 4, 4},
                                   {"alerts/splunk_defender_suspicious_url_clicked.json", 1, 1},
                                   {"copyleft-agpl/graph2otel_streaming_mdo_teams.ndjson", 7, 7},
                                   {"entra/cribl_graph_signins.ndjson", 2, 2},
                                   {"entra/graph_docs_directory_audits.json", 4, 3},
                                   {"entra/graph_docs_risk.json", 7, 7},
                                   {"entra/graph_docs_signins.json", 3, 0},
                                   {"entra/otrf_aad_audit.ndjson", 4, 4},
                                   {"entra/panther_entra_signin_audit.ndjson", 25, 19},
                                   {"entra/splunk_entra_diagnostics.ndjson", 16, 16},
                                   {"exchanges/azurecli_graph_users_vcr.yaml", 1, 0},
                                   {"exchanges/devproxy_errors.json", 1, 0},
                                   {"exchanges/devproxy_m365_mocks.json", 8, 2},
                                   {"exchanges/graph_docs_mocks_security_subset.json", 553, 65},
                                   {"hunting/graph_docs_run_hunting_query.json", 2, 2},
                                   {"hunting/otrf_m365_defender_events.ndjson", 9, 9},
                                   {"hunting/panther_streaming_alertinfo_evidence.ndjson", 2, 2},
                                   {"hunting/rapid7_advanced_hunting.json", 2, 2},
                                   {"incidents/graph_docs_incidents.json", 3, 3},
                                   {"incidents/rapid7_defender_incidents.json", 3, 2},
                                   {"messagetrace/cribl_message_trace.ndjson", 50, 50},
                                   {"messagetrace/graph_docs_message_traces.json", 1, 1},
                                   {"messagetrace/sekoia_message_trace_odata_verbose.json", 2, 2},
                                   {"messagetrace/splunk_message_trace.ndjson", 1, 1},
                                   {"policies/demisto_safe_links_policies.json", 2, 2},
                                   {"teams/graph_docs_chat_messages.json", 45, 34},
                                   {"teams/rapid7_teams_messages.json", 5, 5},
                                   {"users/cribl_graph_devices.ndjson", 1, 1},
                                   {"users/cribl_graph_users.ndjson", 1, 1},
                                   {"users/graph_docs_users.json", 17, 13},
                                   {"users/rapid7_entra_devices_pages.json", 11, 11}});

struct count {
  std::size_t records = 0;
  std::size_t events = 0;
  std::map<std::string, std::size_t> unknown;
};

auto count_file(const fs::path& path, const std::string& name) -> count {
  auto out = count();
  auto around = context();
  around.otherwise_at = seams::instant{};
  for (const auto& one : records_of(path, feed_of_file(name))) {
    ++out.records;
    const auto made = normalize(one.feed, one.raw, around);
    CAPTURE(one.raw.substr(0, 2000));
    CHECK(made.events.empty() != made.unknown.empty());
    out.events += made.events.size();
    if (made.events.empty()) {
      ++out.unknown[made.unknown];
    }
    for (const auto& event : made.events) {
      CHECK(to_text(validate(event)) == "");
      CHECK(event == normalize(one.feed, one.raw, around).events[&event - made.events.data()]);
    }
  }
  return out;
}

} // namespace

TEST_SUITE("ocsf_samples") {
  TEST_CASE("every real record becomes a valid event or is named unknown with its reason") {
    if (!fs::is_directory(samples)) {
      MESSAGE("no samples beside the project: nothing to normalise");
      return;
    }
    auto report = std::string();
    auto names = std::vector<std::string>();
    for (const auto& entry : fs::recursive_directory_iterator(samples)) {
      const auto name = fs::relative(entry.path(), samples).generic_string();
      if (entry.is_regular_file() && entry.path().extension() != ".md" &&
          !name.starts_with("licences/")) {
        names.push_back(name);
      }
    }
    std::sort(names.begin(), names.end());
    for (const auto& name : names) {
      CAPTURE(name);
      const auto found = count_file(samples / name, name);
      CHECK(found.records > 0);
      for (const auto& known : expected_counts) {
        if (known.file == name) {
          CHECK(found.records == known.records);
          CHECK(found.events == known.events);
        }
      }
      report += name + ": " + std::to_string(found.records) + " records, " +
                std::to_string(found.events) + " events\n";
      for (const auto& [why, times] : found.unknown) {
        report += "    " + std::to_string(times) + " unknown: " + why.substr(0, 120) + "\n";
      }
    }
    MESSAGE(report);
  }
}
