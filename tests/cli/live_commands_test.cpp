#include "tests/cli/fake_engine.hpp"
#include "tests/core/fakes/scratch_folder.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

using namespace std::chrono_literals;
using test::contains;

namespace {

/// `offtenant COMMAND FILE` with more arguments, on a file that is there.
auto run_on_file(test::fake_engine& fake,
                 const char* command,
                 const std::vector<std::string>& more = {}) -> int {
  const auto folder = fakes::scratch_folder();
  const auto file = folder.path() / "a.file";
  std::ofstream(file) << "x";
  auto arguments = std::vector<std::string>{command, file.string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return fake.run(arguments);
}

/// What `records` complains of with these arguments; "" if it does not.
auto complaint_of_records(const std::vector<std::string>& more) -> std::string {
  auto fake = test::fake_engine();
  return run_on_file(fake, "records", more) == 0 ? "" : fake.err.str();
}

} // namespace

TEST_SUITE("commands around a real connector") {
  TEST_CASE("connect, check and permissions take a config that is there") {
    auto fake = test::fake_engine();
    fake.code = 3;
    CHECK(run_on_file(fake, "connect") == 3);
    CHECK(fake.connected);
    CHECK(run_on_file(fake, "check", {"--json", "--timeout", "5"}) == 3);
    REQUIRE(fake.checked);
    CHECK(fake.checked->json);
    CHECK(fake.checked->limit == 5s);
    CHECK(run_on_file(fake, "permissions") == 3);
    CHECK(!fake.reviewed->json);
    for (const auto* command : {"connect", "check", "permissions", "records"}) {
      CHECK(fake.run({command, "/nowhere/at.all"}) == 2);
      CHECK(contains(fake.err.str(), "no such file or folder: '/nowhere/at.all'"));
    }
  }

  TEST_CASE("a timeout that is no number of seconds is refused") {
    auto fake = test::fake_engine();
    CHECK(run_on_file(fake, "check", {"--timeout", "0"}) == 2);
    CHECK(contains(fake.err.str(), "--timeout"));
  }

  TEST_CASE("records takes filters, bounds and forms") {
    auto fake = test::fake_engine();
    CHECK(run_on_file(fake,
                      "records",
                      {"--filter",
                       "connector_type:ms365_safe_links",
                       "--filter",
                       "url:https://u.example/r",
                       "--user",
                       "dana@contoso.com",
                       "--since",
                       "24h",
                       "--until",
                       "2026-03-10",
                       "--limit",
                       "7",
                       "--format",
                       "raw"}) == 0);
    REQUIRE(fake.listed);
    CHECK(fake.listed->filter.connector_type == "ms365_safe_links");
    CHECK(fake.listed->filter.url == "https://u.example/r");
    CHECK(fake.listed->filter.user == "dana@contoso.com");
    CHECK(fake.listed->since_ago == 24h);
    CHECK(!fake.listed->filter.since);
    CHECK(fake.listed->filter.until ==
          seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}});
    CHECK(fake.listed->limit == 7);
    CHECK(fake.listed->format == cli::record_format::raw);
    CHECK(!fake.listed->count);
  }

  TEST_CASE("records names what it cannot use, and the nearest right word") {
    CHECK(contains(complaint_of_records({"--filter", "conector_type:x"}),
                   "did you mean 'connector_type'?"));
    CHECK(contains(complaint_of_records({"--filter", "alerts"}), "expected name:value"));
    CHECK(contains(complaint_of_records({"--filter", "feed:"}), "feed has no value"));
    CHECK(contains(complaint_of_records({"--filter", "user:a", "--user", "b"}),
                   "user is given twice"));
    CHECK(contains(complaint_of_records({"--since", "yesterday"}), "--since: expected a time"));
    CHECK(contains(complaint_of_records({"--until", "-3h"}), "--until: expected a time"));
    CHECK(contains(complaint_of_records({"--format", "jsonl"}), "none of table, ndjson, raw"));
    CHECK(contains(complaint_of_records({"--limit", "many"}), "--limit"));
  }

  TEST_CASE("feeds prints every feed with its permission, for people and for programs") {
    auto fake = test::fake_engine();
    CHECK(fake.run({"feeds"}) == 0);
    CHECK(contains(fake.out.str(), "FEED "));
    CHECK(contains(fake.out.str(), "ActivityFeed.ReadDlp"));
    fake.out.str("");
    CHECK(fake.run({"feeds", "--json"}) == 0);
    const auto all = nlohmann::json::parse(fake.out.str());
    REQUIRE(all.size() > 5);
    CHECK(all[0]["name"] == "alerts");
    CHECK(all[0]["api"] == "Microsoft Graph");
    CHECK(all[0]["poll_s"] == 300);
    CHECK(all[0]["page_size"] == 500);
  }

  TEST_CASE("feeds names what a second source needs and which wider roles will do") {
    auto fake = test::fake_engine();
    CHECK(fake.run({"feeds"}) == 0);
    for (const auto* text :
         {"ThreatHunting.Read.All + ActivityFeed.Read ",
          "ExchangeMessageTrace.Read.All or ReportingWebService.Read.All or Exchange.ManageAsApp ",
          " User.Read.All or Directory.Read.All ",
          " Device.Read.All or Directory.Read.All ",
          "MailboxSettings.Read + (User.Read.All or Directory.Read.All) "}) {
      CAPTURE(text);
      CHECK(contains(fake.out.str(), text));
    }
    fake.out.str("");
    CHECK(fake.run({"feeds", "--json"}) == 0);
    const auto all = nlohmann::json::parse(fake.out.str());
    const auto of = [&](const char* name) {
      return *std::ranges::find(all, name, [](const auto& one) { return one["name"]; });
    };
    CHECK(of("mailbox_settings")["wider"] ==
          nlohmann::json{{"User.Read.All", "Directory.Read.All"}});
    CHECK(of("alerts")["wider"].empty());
    CHECK(of("alerts")["other_sources"].empty());
    CHECK(of("safe_links")["other_sources"][0]["permissions"][0] == "ActivityFeed.Read");
    CHECK(of("safe_links")["other_sources"][0]["either_will_do"] == false);
    const auto traces = of("message_trace")["other_sources"];
    REQUIRE(traces.size() == 2);
    CHECK(traces[0]["permissions"][0] == "ReportingWebService.Read.All");
    CHECK(traces[1]["permissions"][0] == "Exchange.ManageAsApp");
    CHECK(traces[1]["either_will_do"] == true);
  }
}
