#include "tests/core/ocsf/normalized.hpp"
#include "tests/core/ocsf/sample_records.hpp"

#include <doctest/doctest.h>

#include <array>
#include <map>

using namespace core::ocsf;
using namespace ocsf_tests;

namespace {

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

auto count_file(const std::string& name) -> count {
  auto out = count();
  auto around = context();
  around.otherwise_at = seams::instant{};
  for (const auto& one : sample_records(name)) {
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
    const auto names = sample_files();
    if (names.empty()) {
      MESSAGE("no samples beside the project: nothing to normalise");
      return;
    }
    auto report = std::string();
    for (const auto& name : names) {
      CAPTURE(name);
      const auto found = count_file(name);
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
