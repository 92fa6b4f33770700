#include "scenarios/audit/windows.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using scenarios::audit::windows_in;

namespace {

constexpr auto day = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};

auto asked(const std::string& options, int status = 200) -> mock_graph::journal_entry {
  auto out = mock_graph::journal_entry();
  out.at = day + 12h;
  out.method = "GET";
  out.url = "https://manage.office.com/api/v1.0/t/activity/feed/subscriptions/content?contentType="
            "Audit.General" +
            options;
  out.route = "activity.content";
  out.status = status;
  return out;
}

auto span(const std::string& from, const std::string& to) -> std::string {
  return "&startTime=" + from + "&endTime=" + to;
}

} // namespace

TEST_SUITE("windows") {
  TEST_CASE("windows in any order and any spelling of times are laid side by side") {
    const auto found = windows_in({asked(span("2026-03-10T06:00", "2026-03-10T07:00")),
                                   asked(span("2026-03-10", "2026-03-10T06:00:00Z"))});
    REQUIRE(found.contains("Audit.General"));
    const auto& general = found.at("Audit.General");
    CHECK(general.asked.front().span.from == day);
    CHECK(general.gaps.empty());
    CHECK(general.overlaps.empty());
  }

  TEST_CASE("a list without times is of the day before") {
    const auto found = windows_in({asked("")});
    CHECK(found.at("Audit.General").asked.front().span.from == day - 12h);
  }

  TEST_CASE("refused lists and further pages are no windows") {
    const auto window = span("2026-03-10T06:00", "2026-03-10T07:00");
    CHECK(windows_in({asked(window, 400), asked(window + "&nextPage=2")}).empty());
  }

  TEST_CASE("a window within another leaves no gap behind it, and overlaps that touch are one") {
    const auto found = windows_in({asked(span("2026-03-10T00:00", "2026-03-10T04:00")),
                                   asked(span("2026-03-10T01:00", "2026-03-10T02:00")),
                                   asked(span("2026-03-10T02:00", "2026-03-10T05:00")),
                                   asked(span("2026-03-10T06:00", "2026-03-10T07:00"))});
    const auto& general = found.at("Audit.General");
    REQUIRE(general.gaps.size() == 1);
    CHECK(general.gaps[0].from == day + 5h);
    CHECK(general.gaps[0].to == day + 6h);
    REQUIRE(general.overlaps.size() == 1);
    CHECK(general.overlaps[0].from == day + 1h);
    CHECK(general.overlaps[0].to == day + 4h);
  }
}
