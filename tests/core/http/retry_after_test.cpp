#include "core/http/retry_after.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace core::http;

namespace {

const auto now =
    seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}} + std::chrono::hours{8};

auto asked(const std::string& value) -> std::optional<seams::duration> {
  return retry_after(seams::headers{{"retry-after", value}}, now);
}

} // namespace

TEST_SUITE("retry_after") {
  TEST_CASE("seconds may be whole or decimal") {
    CHECK(asked("10") == seams::duration{10s});
    CHECK(asked("2.128") == seams::duration{2128ms});
    CHECK(asked(" 7 ") == seams::duration{7s});
    CHECK(asked("0") == seams::duration{0s});
  }

  TEST_CASE("an HTTP date counts from now, and the past is no pause") {
    CHECK(asked("Tue, 10 Mar 2026 08:00:10 GMT") == seams::duration{10s});
    CHECK(asked("Tue, 10 Mar 2026 07:00:00 GMT") == seams::duration{0s});
  }

  TEST_CASE("what is neither is nothing") {
    for (const auto* text : {"",
                             " ",
                             "-5",
                             "soon",
                             "1,5",
                             "0x10",
                             "nan",
                             "inf",
                             "10 s",
                             "Tue, 10 Mar 2026 25:00:00 GMT",
                             "Tue, 10 Mar 2026 -1:00:00 GMT",
                             "Tue, 31 Feb 2026 08:00:00 GMT",
                             "Tue, 10 Mrz 2026 08:00:00 GMT"}) {
      CAPTURE(text);
      CHECK_FALSE(asked(text));
    }
    CHECK_FALSE(retry_after({}, now));
  }

  TEST_CASE("a pause is at most a day") {
    CHECK(asked("99999999") == seams::duration{24h});
    CHECK(asked("Tue, 10 Mar 2099 08:00:10 GMT") == seams::duration{24h});
  }

  TEST_CASE("back-off doubles, is drawn from its upper half, and ends at five minutes") {
    auto chance = seams::seeded_choices(1);
    for (auto attempt = 1U; attempt < 60; ++attempt) {
      const auto whole = std::min<seams::duration>(1s * (1LL << std::min(attempt - 1, 20U)), 5min);
      const auto drawn = back_off(attempt, chance);
      CHECK(drawn >= whole / 2);
      CHECK(drawn <= whole);
    }
    CHECK(back_off(0, chance) <= seams::duration{1s});
  }
}
