#include "replay/match/dates_in_text.hpp"
#include "replay/match/lay_tape.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;

namespace {

const auto recorded_at = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};

auto moved(std::string text, std::chrono::seconds by) -> std::string {
  replay::move_dates(text, replay::shift_to(recorded_at, recorded_at + by));
  return text;
}

constexpr auto three_years = std::chrono::days{365 * 3 + 1}; // 2028 is a leap year

} // namespace

TEST_SUITE("dates_in_text_test") {
  TEST_CASE("dates of Graph move and keep their digits") {
    CHECK(moved(R"({"createdDateTime":"2026-03-10T08:29:16.5800000Z"})", three_years) ==
          R"({"createdDateTime":"2029-03-10T08:29:16.5800000Z"})");
    CHECK(moved("2026-03-10T08:29:16Z", 90s) == "2026-03-10T08:30:46Z");
    CHECK(moved("2026-12-31T23:59:59.999Z", 1s) == "2027-01-01T00:00:00.999Z");
    CHECK(moved("2026-03-10T08:29:16+05:30", 1h) == "2026-03-10T09:29:16+05:30");
  }

  TEST_CASE("dates of other shapes move too") {
    CHECK(moved("Tue, 10 Mar 2026 08:29:16 GMT", 24h) == "Wed, 11 Mar 2026 08:29:16 GMT");
    CHECK(moved(R"(\/Date(1773131356000)\/)", 1s) == R"(\/Date(1773131357000)\/)");
    CHECK(moved(R"({"timestamp": 1773131356000})", 1s) == R"({"timestamp": 1773131357000})");
    CHECK(moved("startTime=2026-03-10T08:00&x", 90s) == "startTime=2026-03-10T08:01&x");
    CHECK(moved("Timestamp: 2026-03-10 08:29:16Z", 1s) == "Timestamp: 2026-03-10 08:29:17Z");
    CHECK(moved("ge%202026-03-10T08%3A29%3A16Z&", 1h) == "ge%202026-03-10T09%3A29%3A16Z&");
    CHECK(moved("datetime%272026-03-10T08:29:16%27", 1h) == "datetime%272026-03-10T09:29:16%27");
  }

  TEST_CASE("what is no date of the recording stays") {
    for (const auto* text : {"1970-01-01T00:00:00Z",
                             "9999-12-31T23:59:59Z",
                             "2026-03-10",
                             "2026-13-10T08:00:00Z",
                             "3f2b9c41-2026-4a86-9b1c-5e0d8a7f6c21",
                             R"("1773131356000")",
                             R"({"size":1773131356000.5})",
                             "tel 2026-03-10T8:29"}) {
      CAPTURE(text);
      CHECK(moved(text, three_years) == text);
    }
  }

  TEST_CASE("a date that is cut behind its minutes moves as far as it goes") {
    CHECK(moved("ge 2026-03-10T08:29:", 1h) == "ge 2026-03-10T09:29:");
    CHECK(moved("ge 2026-03-10T08:29:x0", 1h) == "ge 2026-03-10T09:29:x0");
    CHECK(moved("ge 2026-03-10T08%3A29%3A1", 1h) == "ge 2026-03-10T09%3A29%3A1");
  }

  TEST_CASE("moving there and back gives the same bytes") {
    const auto text = std::string("a 2026-03-10T08:29:16.58Z b Tue, 10 Mar 2026 08:29:16 GMT c");
    auto there = moved(text, three_years);
    CHECK(there != text);
    auto back = replay::shift_to(recorded_at + three_years, recorded_at);
    replay::move_dates(there, back);
    CHECK(there == text);
  }

  TEST_CASE("dates can be looked past") {
    CHECK(replay::without_dates("ge 2026-03-10T08:29:16.58Z and x") == "ge <time> and x");
    CHECK(replay::without_dates("datetime'2026-03-10'") == "datetime'<time>'");
    CHECK(replay::is_date("2026-03-10T08:29"));
    CHECK_FALSE(replay::is_date("x 2026-03-10T08:29"));
  }
}
