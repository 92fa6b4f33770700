#include "replay/import/build_fixture.hpp"
#include "replay/import/fixture_text.hpp"
#include "replay/import/read_export.hpp"

#include <doctest/doctest.h>

using namespace replay;
using namespace std::chrono_literals;
using namespace std::string_literals;

namespace {

auto alert_of(const std::string& id, const std::string& day, const std::string& title)
    -> std::string {
  return R"({"id":")" + id + R"(","createdDateTime":")" + day + R"(T08:00:00Z",)" +
         R"("lastUpdateDateTime":")" + day + R"(T09:00:00Z","detectorId":"d","title":")" + title +
         "\"}";
}

auto click_of(const std::string& report, const std::string& time, const std::string& app)
    -> std::string {
  return R"({"Timestamp":")" + time + R"(","Url":"u","ActionType":"ClickAllowed",)" +
         R"("IsClickedThrough":0,"AppName":")" + app + "\"" +
         (report.empty() ? "" : R"(,"ReportId":")" + report + "\"") + "}";
}

auto fixture_of(const std::vector<std::string>& texts, const text_redactor* redactor = nullptr)
    -> fixture {
  auto files = std::vector<export_file>();
  for (const auto& text : texts) {
    files.push_back(
        read_export("file-" + std::to_string(files.size()), text, read_options()).value());
  }
  return build_fixture("incident", std::move(files), redactor);
}

auto file_of(const fixture& from, const std::string& name) -> std::string {
  for (const auto& [path, text] : files_of(from)) {
    if (path == name) {
      return text;
    }
  }
  return "no such file";
}

auto holds(const std::string& text, std::string_view part) -> bool {
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_SUITE("build_fixture") {
  TEST_CASE("several files become one scenario with a table of records for each feed") {
    const auto made = fixture_of({alert_of("1", "2026-03-10", "a") + "\n",
                                  "[" + click_of("r", "2026-03-10T08:30:00Z", "Mail") + "]"});
    CHECK(made.groups.size() == 2);
    CHECK(made.start ==
          seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}} + 8h + 15min);
    const auto scenario = file_of(made, "scenario.toml");
    CHECK(holds(scenario, "start = 2026-03-10T08:15:00Z"));
    CHECK(holds(scenario, "feeds = [\"alerts\", \"safe_links\"]"));
    CHECK(holds(scenario, "table = \"UrlClickEvents\""));
    CHECK(holds(scenario, "by = \"lastUpdateDateTime\"\nafter = \"2m\""));
    CHECK(holds(file_of(made, "README.md"), "| `file-0` | records, one a line | 1 |"));
    CHECK(file_of(made, "bad-rows.txt") == "no such file");
  }

  TEST_CASE("the first body of an Id comes first, others in later rounds, repeats not at all") {
    const auto made = fixture_of(
        {alert_of("1", "2026-03-10", "a") + "\n" + alert_of("2", "2026-03-10", "b") + "\n" +
             alert_of("1", "2026-03-10", "c") + "\n",
         alert_of("1", "2026-03-10", "a") + "\n" + alert_of("1", "2026-03-10", "d") + "\n"});
    REQUIRE(made.groups.size() == 3);
    CHECK(made.groups[0].raws.size() == 2);
    CHECK(made.groups[1].file == "records/alerts-2.ndjson");
    CHECK(made.groups[1].raws == std::vector{alert_of("1", "2026-03-10", "c")});
    CHECK(made.groups[2].raws == std::vector{alert_of("1", "2026-03-10", "d")});
    CHECK(made.repeats == 1);
    CHECK(made.variants == 2);
    CHECK(holds(file_of(made, "scenario.toml"), "records = { at_least = 2 }\nfeed = \"alerts\""));
    CHECK(holds(file_of(made, "README.md"), "left out: 1 record."));
  }

  TEST_CASE("a hunting row that contradicts an earlier one is kept aside") {
    const auto made = fixture_of({click_of("r", "2026-03-10T08:30:00Z", "Mail") + "\n" +
                                  click_of("r", "2026-03-10T08:30:00Z", "Teams") + "\n"});
    CHECK(made.groups.at(0).raws.size() == 1);
    REQUIRE(made.bad.size() == 1);
    CHECK(made.bad[0].line == 2);
    CHECK(holds(file_of(made, "bad-rows.txt"), "file-0:2: has the identity of an earlier row"));
    CHECK(holds(summary_of(made), "file-0:2: not taken: has the identity"));
  }

  TEST_CASE("a hunting row without its id gets one of its content, without a time it is aside") {
    const auto made = fixture_of({click_of("", "2026-03-10T08:30:00Z", "Mail") + "\n" +
                                  click_of("", "2026-03-10T08:30:00Z", "Teams") + "\n" +
                                  click_of("", "someday", "Teams") + "\n"});
    CHECK(made.groups.at(0).raws.size() == 2);
    CHECK(holds(made.groups[0].raws[0], "{\"ReportId\":\""));
    CHECK(made.groups[0].raws[0].substr(0, 40) != made.groups[0].raws[1].substr(0, 40));
    REQUIRE(made.bad.size() == 1);
    CHECK(holds(made.bad[0].why, "Timestamp"));
  }

  TEST_CASE("what a pause or a day parts from the end is history, and old rows move by days") {
    const auto made = fixture_of({click_of("a", "2026-03-10T08:30:00Z", "Mail") + "\n" +
                                  click_of("d", "2026-03-10T03:00:00Z", "Mail") + "\n" +
                                  click_of("b", "2026-03-01T07:00:00Z", "Mail") + "\n" +
                                  click_of("c", "2024-01-01T07:00:00Z", "Mail") + "\n"});
    const auto day = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};
    CHECK(made.start == day + 2h + 45min);
    CHECK(made.live == 5h + 45min);
    CHECK(made.moved == 1);
    CHECK(holds(made.groups.at(0).raws[2], "2026-03-01T07:00:00Z"));
    CHECK(holds(made.groups[0].raws[3], "\"2026-02-13T07:00:00Z\""));
    CHECK(made.history == day + 2h + 45min - (day - 25 * 24h + 7h));
    CHECK(holds(file_of(made, "scenario.toml"), "[connector.feed.safe_links]\nfirst_look_back"));
  }

  TEST_CASE("a run of records lasts a day at most") {
    auto text = std::string();
    for (auto hour = 0; hour < 48; hour += 4) {
      const auto day = hour < 24 ? "2026-03-10T" : "2026-03-11T";
      const auto clock = std::to_string(100 + hour % 24).substr(1);
      text += click_of("r" + std::to_string(hour), day + clock + ":00:00Z", "Mail") + "\n";
    }
    const auto made = fixture_of({text});
    CHECK(made.start ==
          seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}} + 20h - 15min);
    CHECK(made.history == 19h + 45min);
  }

  TEST_CASE("names go before identities are compared, and stay where asked") {
    const auto names = text_redactor({}, "key");
    const auto text = R"({"CreationTime":"2026-03-10T08:00:00","Operation":"x","Id":"1",)"s +
                      R"("UserId":"dana@contoso.com"})" + "\nnot json dana@contoso.com\n";
    const auto made = fixture_of({text}, &names);
    CHECK_FALSE(holds(made.groups.at(0).raws.at(0), "dana"));
    CHECK(holds(made.groups[0].raws[0], ".example\""));
    for (const auto& [path, content] : files_of(made)) {
      CAPTURE(path);
      CHECK_FALSE(holds(content, "contoso"));
    }
    CHECK(holds(fixture_of({text}).groups[0].raws[0], "dana@contoso.com"));
    CHECK(holds(file_of(fixture_of({text}), "bad-rows.txt"), "not json dana"));
  }
}
