#include "cli/exit_code.hpp"
#include "cli/import_files.hpp"
#include "core/seams/letters.hpp"
#include "scenarios/model/scenario.hpp"
#include "scenarios/run/run_scenario.hpp"
#include "tests/core/fakes/scratch_folder.hpp"
#include "tests/scenarios/run/test_keys.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace scenarios;
using namespace std::string_literals;
namespace fs = std::filesystem;

namespace {

/// Real public exports beside the project, if they are there: no copy of them is shipped.
const auto samples = fs::path(OFFTENANT_SOURCE_DIR) / ".." / "shared" / "samples";

/// Files of forms that are taken; all others are refused.
const auto taken_samples =
    std::vector<std::string>{"activity/cli_m365_auditlog.json",
                             "activity/demisto_duplicate_records.json",
                             "activity/elastic_ip_formats.ndjson",
                             "activity/elastic_ti_mail_data_rt28.ndjson",
                             "activity/panther_m365_audit.ndjson",
                             "activity/splunk_o365.ndjson",
                             "alerts/demisto_alerts_v2.json",
                             "alerts/graph_docs_alerts_v2.json",
                             "alerts/panther_graph_alerts_v2.ndjson",
                             "copyleft-agpl/graph2otel_streaming_mdo_teams.ndjson",
                             "entra/cribl_graph_signins.ndjson",
                             "entra/graph_docs_directory_audits.json",
                             "entra/graph_docs_risk.json",
                             "exchanges/devproxy_m365_mocks.json",
                             "exchanges/graph_docs_mocks_security_subset.json",
                             "incidents/graph_docs_incidents.json",
                             "messagetrace/cribl_message_trace.ndjson",
                             "messagetrace/graph_docs_message_traces.json",
                             "messagetrace/splunk_message_trace.ndjson",
                             "users/cribl_graph_devices.ndjson",
                             "users/cribl_graph_users.ndjson",
                             "users/graph_docs_users.json"};

/// What an import gave, in a folder that is gone when the test is over.
class import_run {
public:
  explicit import_run(const std::vector<std::string>& files, bool keep_names = false) {
    auto options = cli::import_options();
    options.files = files;
    options.folder = folder().string();
    options.key = keep_names ? "" : (place_.path() / "key").string();
    options.keep_names = keep_names;
    code = cli::import_files(options, out, err);
  }

  [[nodiscard]] auto folder() const -> fs::path { return place_.path() / "fixture"; }

  [[nodiscard]] auto text_of(const std::string& name) const -> std::string {
    auto file = std::ifstream(folder() / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  [[nodiscard]] auto replayed() const -> report::outcome {
    const auto read = model::load_text(text_of("scenario.toml"), folder() / "scenario.toml");
    for (const auto& one : read.wrong) {
      FAIL_CHECK(model::to_text(one));
    }
    REQUIRE(read.what.has_value());
    auto options = run::scenario_options();
    options.wire = run::wire_kind::memory;
    options.world.keys = &tests::keys(run::wire_kind::memory);
    auto unkept = std::string();
    return run::run_scenario(*read.what, options, unkept);
  }

private:
  fakes::scratch_folder place_;

public:
  std::ostringstream out;
  std::ostringstream err;
  int code = 0;
};

/// The fixture lints and runs, and nothing is lost.
void check_replay(const import_run& made) {
  REQUIRE(made.code == cli::exit_held);
  const auto outcome = made.replayed();
  for (const auto& check : outcome.checks) {
    CAPTURE(check.name);
    CAPTURE(check.got);
    for (const auto& detail : check.details) {
      CAPTURE(detail);
    }
    CHECK(check.outcome == report::verdict::passed);
  }
  CHECK(outcome.result == report::verdict::passed);
  CHECK(outcome.stored == outcome.visible);
  CHECK(outcome.stored > 0);
}

/// A folder of exports that a test writes.
class exports {
public:
  auto write(const std::string& name, const std::string& text) -> std::string {
    const auto path = (folder_.path() / name).string();
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

private:
  fakes::scratch_folder folder_;
};

constexpr auto click_rows =
    "\xef\xbb\xbfTimestamp;Url;ActionType;AccountUpn;IsClickedThrough;ReportId;ThreatTypes\r\n"
    "2026-03-10T08:00:00.1234567Z;https://evil-click.com/"
    "a;ClickAllowed;dana@contoso.com;False;r1;\r\n"
    "2026-03-10T08:00:05Z;https://evil-click.com/a;ClickBlocked;dana@contoso.com;False;r2;Phish\r\n"
    "2026-02-20T08:00:05Z;\"https://evil-click.com/"
    "b;c\";ClickAllowed;omar@contoso.com;true;r3;\r\n";

constexpr auto trace_rows =
    "Received,SenderAddress,RecipientAddress,Subject,Status,MessageTraceId\n"
    "3/10/2026 7:55:00 AM,x@evil-click.com,dana@contoso.com,\"Hi, \"\"you\"\"\nthere\",Pending,"
    "6f1c2c6e-2b1d-4c5a-9d7e-111111111111\n"
    "3/10/2026 7:55:00 AM,x@evil-click.com,dana@contoso.com,Hi,Delivered,"
    "6f1c2c6e-2b1d-4c5a-9d7e-111111111111\n"
    "never,x@evil-click.com,dana@contoso.com,Hi,Delivered,1\n";

constexpr auto click_audit =
    R"([{"CreationTime":"2026-03-10T08:00:05","Id":"6f1c2c6e-2b1d-4c5a-9d7e-222222222222",)"
    R"("Operation":"TIUrlClickData","RecordType":41,"Workload":"ThreatIntelligence",)"
    R"("UserId":"dana@contoso.com"},)"
    R"({"CreationTime":"2026-03-10T08:00:05","Id":"6f1c2c6e-2b1d-4c5a-9d7e-222222222222",)"
    R"("Operation":"TIUrlClickData","RecordType":41,"Workload":"ThreatIntelligence",)"
    R"("UserId":"dana@contoso.com","Version":2}])";

} // namespace

TEST_SUITE("imported_run") {
  TEST_CASE("clicks, traces and audit records of one incident run as one fixture") {
    auto from = exports();
    const auto made = import_run({from.write("clicks.csv", click_rows),
                                  from.write("trace.csv", trace_rows),
                                  from.write("audit.json", click_audit)});
    INFO(made.err.str());
    check_replay(made);
    CHECK(made.out.str().find("trace.csv:5: not taken: has no date") != std::string::npos);
    CHECK(made.text_of("bad-rows.txt").find("file-2:5: has no date") != std::string::npos);
    CHECK(made.text_of("README.md").find("Of one Id came another body: 2 records.") !=
          std::string::npos);
    // three clicks, a trace in two states, two bodies of one audit record that are clicks as well
    CHECK(made.replayed().stored == 9);
  }

  TEST_CASE("no name of the exports stands anywhere in the fixture unless it is kept") {
    auto from = exports();
    const auto files =
        std::vector{from.write("clicks.csv", click_rows), from.write("audit.json", click_audit)};
    const auto made = import_run(files);
    const auto kept = import_run(files, true);
    for (const auto& entry : fs::recursive_directory_iterator(made.folder())) {
      if (entry.is_regular_file()) {
        const auto name = fs::relative(entry.path(), made.folder()).string();
        CAPTURE(name);
        for (const auto* secret : {"dana", "omar", "contoso", "evil-click.com", "2b1d-4c5a"}) {
          CHECK(made.text_of(name).find(secret) == std::string::npos);
        }
      }
    }
    CHECK(kept.text_of("records/audit_general.ndjson").find("dana@contoso.com") !=
          std::string::npos);
    check_replay(kept);
  }

  TEST_CASE("a refused file stops the import and nothing is written") {
    auto from = exports();
    const auto made = import_run(
        {from.write("clicks.csv", click_rows), from.write("x.csv", "Time,Computer\n1,2\n")});
    CHECK(made.code == cli::exit_usage);
    CHECK(made.err.str().find("x.csv is a table with the columns Time, Computer") !=
          std::string::npos);
    CHECK(made.err.str().find("What is taken:\n  HAR files") != std::string::npos);
    CHECK_FALSE(fs::exists(made.folder()));
    CHECK(import_run({"no/such/file"}).code == cli::exit_environment);
  }

  TEST_CASE("a later body of an Id is stored beside the first, and health names it") {
    auto from = exports();
    const auto made = import_run({from.write("audit.json", click_audit)}, true);
    REQUIRE(made.code == cli::exit_held);
    auto text = made.text_of("scenario.toml");
    text += "\n[[expect]]\nhealth = 1\ncode = \"id_reused\"\n"
            "says = \"6f1c2c6e-2b1d-4c5a-9d7e-222222222222\"\n";
    std::ofstream(made.folder() / "scenario.toml", std::ios::binary) << text;
    check_replay(made);
  }

  TEST_CASE("the tenant of the scenario is that of the records, under the same stand-ins") {
    auto from = exports();
    const auto made = import_run({from.write(
        "audit.json",
        R"([{"CreationTime":"2026-03-10T08:00:05","Id":"1","Operation":"x","RecordType":1,)"
        R"("OrganizationId":"6f1c2c6e-2b1d-4c5a-9d7e-333333333333",)"
        R"("UserId":"Dana@Contoso.com"}])")});
    const auto record = made.text_of("records/audit_general.ndjson");
    const auto scenario = made.text_of("scenario.toml");
    const auto after = [](const std::string& text, const std::string& mark) {
      const auto at = text.find(mark);
      REQUIRE(at != std::string::npos);
      return text.substr(at + mark.size(), text.find('"', at + mark.size()) - at - mark.size());
    };
    const auto user = after(record, R"("UserId":")");
    CHECK(after(scenario, "[tenant]\nid = \"") == after(record, R"("OrganizationId":")"));
    CHECK(after(scenario, "domain = \"") == seams::lower_case(user.substr(user.find('@') + 1)));
    check_replay(made);
  }

  TEST_CASE("accounts, groups and devices are served by the directory") {
    auto from = exports();
    const auto made = import_run(
        {from.write(
             "users.json",
             R"({"value":[{"id":"6f1c2c6e-2b1d-4c5a-9d7e-444444444444","displayName":"Dana",)"
             R"("userPrincipalName":"dana@contoso.com"},{"id":"g","@removed":{}}]})"),
         from.write("devices.json",
                    R"({"id":"d1","deviceId":"x","displayName":"laptop","trustType":"AzureAd"})"),
         from.write("groups.json", R"([{"id":"g1","displayName":"Sales","groupTypes":[]}])")});
    INFO(made.err.str());
    check_replay(made);
    CHECK(made.replayed().stored == 3);
    CHECK(made.out.str().find("tombstone") != std::string::npos);
  }

  TEST_CASE("a folder that holds something is left alone, and nothing is left of a failed import") {
    auto from = exports();
    const auto file = from.write("clicks.csv", click_rows);
    const auto made = import_run({file});
    REQUIRE(made.code == cli::exit_held);
    auto again = cli::import_options();
    again.files = {file};
    again.folder = made.folder().string();
    auto out = std::ostringstream();
    auto err = std::ostringstream();
    CHECK(cli::import_files(again, out, err) == cli::exit_usage);
    again.folder = file + "/below";
    CHECK(cli::import_files(again, out, err) == cli::exit_environment);
    CHECK_FALSE(fs::exists(made.folder().string() + ".importing"));
    CHECK(fs::exists(made.folder() / "README.md"));
  }

  TEST_CASE("every public sample of a form that is taken runs, the others are refused") {
    if (!fs::is_directory(samples)) {
      MESSAGE("no public samples beside the project: nothing to import");
      return;
    }
    for (const auto& entry : fs::recursive_directory_iterator(samples)) {
      const auto name = fs::relative(entry.path(), samples).generic_string();
      if (!entry.is_regular_file() || name == "README.md" || name.starts_with("licences/")) {
        continue;
      }
      CAPTURE(name);
      const auto made = import_run({entry.path().string()});
      INFO(made.err.str());
      if (std::ranges::find(taken_samples, name) != taken_samples.end()) {
        check_replay(made);
      } else {
        CHECK(made.code == cli::exit_usage);
        CHECK(made.err.str().find("What is taken") != std::string::npos);
      }
    }
  }
}
