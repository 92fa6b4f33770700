#include "core/clicks/click_book.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace core::clicks;

namespace {

constexpr auto noon = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}} + 12h;

struct said {
  source from = source::hunting;
  seams::duration at{};
  action met = action::blocked;
  bool went_on = false;
  std::string group = "";
  std::string user = "dana@contoso.com";
  std::string url = "https://a.example/r";
  std::string message = "";
};

auto of(const said& what) -> reading {
  static auto serial = 0;
  auto out = reading();
  out.from = what.from;
  out.at = noon + what.at;
  out.user = what.user;
  out.url = what.url;
  out.met = what.met;
  out.went_on = what.went_on;
  out.group = what.group;
  out.network_message_id = what.message;
  out.key = std::to_string(++serial);
  return out;
}

auto joined(const std::vector<said>& what) -> std::vector<click> {
  auto readings = std::vector<reading>();
  for (const auto& one : what) {
    readings.push_back(of(one));
  }
  return join(std::move(readings));
}

constexpr auto audit = source::audit;
constexpr auto hunting = source::hunting;

} // namespace

TEST_SUITE("click_book") {
  TEST_CASE("rows that share a report are one click, which was gone on from") {
    const auto clicks = joined({{hunting, 9s, action::blocked, true, "r"},
                                {hunting, 0s, action::blocked, false, "r"},
                                {hunting, 3s, action::allowed, false, "q"}});
    REQUIRE(clicks.size() == 2);
    CHECK(clicks[0].at == noon);
    CHECK(clicks[0].clicked_through);
    CHECK(clicks[0].records.size() == 2);
    CHECK_FALSE(clicks[1].clicked_through);
  }

  TEST_CASE("rows without a report stand alone") {
    CHECK(joined({{hunting, 0s}, {hunting, 1s}}).size() == 2);
  }

  TEST_CASE("two audit records of one page and its override are one click") {
    const auto clicks = joined({{audit, 0s}, {audit, 9s, action::blocked, true}});
    REQUIRE(clicks.size() == 1);
    CHECK(clicks[0].clicked_through);
  }

  TEST_CASE("an override belongs to the latest page before it, and to one of them only") {
    const auto clicks = joined({{audit, 0s},
                                {audit, 10s},
                                {audit, 15s, action::blocked, true},
                                {audit, 20s, action::blocked, true}});
    REQUIRE(clicks.size() == 2);
    CHECK(clicks[0].clicked_through);
    CHECK(clicks[1].clicked_through);
    CHECK(clicks[1].records.size() == 2);
  }

  TEST_CASE("an override much later, of another page or of another message is a click by itself") {
    CHECK(joined({{audit, 0s}, {audit, 5min + 1s, action::blocked, true}}).size() == 2);
    CHECK(joined({{audit, 0s, action::scan_pending}, {audit, 9s, action::blocked, true}}).size() ==
          2);
    CHECK(joined({{audit, 0s, action::blocked, false, "", "dana@contoso.com", "https://a/", "m1"},
                  {audit, 9s, action::blocked, true, "", "dana@contoso.com", "https://a/", "m2"}})
              .size() == 2);
  }

  TEST_CASE("one click from two sources is one click, at the time of the finer clock") {
    const auto clicks = joined({{audit, 0s},
                                {audit, 9s, action::blocked, true},
                                {hunting, 700ms, action::blocked, false, "r"},
                                {hunting, 9700ms, action::blocked, true, "r"}});
    REQUIRE(clicks.size() == 1);
    CHECK(clicks[0].at == noon + 700ms);
    CHECK(clicks[0].sources == std::vector<source>{hunting, audit});
    CHECK(clicks[0].records.size() == 4);
  }

  TEST_CASE("letter case of the user and wrapping of the address make no difference") {
    const auto clicks =
        joined({{audit, 0s, action::blocked, false, "", "DANA@contoso.com"},
                {hunting,
                 0s,
                 action::blocked,
                 false,
                 "r",
                 "dana@contoso.com",
                 "https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2F"
                 "A.example%2Fr"}});
    CHECK(clicks.size() == 1);
  }

  TEST_CASE("three seconds apart, another user, page or message: two clicks") {
    const auto two = [](const said& other) { return joined({{audit, 0s}, other}).size() == 2; };
    CHECK(two({hunting, 3s, action::blocked, false, "r"}));
    CHECK(two({hunting, 0s, action::blocked, false, "r", "omar@contoso.com"}));
    CHECK(two({hunting, 0s, action::allowed, false, "r"}));
    CHECK(
        two({hunting, 0s, action::blocked, false, "r", "dana@contoso.com", "https://a.example/x"}));
    CHECK(joined({{audit, 0s, action::blocked, false, "", "d", "https://a/", "m1"},
                  {hunting, 0s, action::blocked, false, "r", "d", "https://a/", "m2"}})
              .size() == 2);
  }

  TEST_CASE("clicks in quick succession pair off, the nearest first") {
    const auto clicks = joined({{audit, 0s},
                                {audit, 1s},
                                {hunting, 100ms, action::blocked, false, "r"},
                                {hunting, 1100ms, action::blocked, false, "q"},
                                {hunting, 1900ms, action::blocked, false, "p"}});
    REQUIRE(clicks.size() == 3);
    CHECK(clicks[0].sources.size() == 2);
    CHECK(clicks[1].sources.size() == 2);
    CHECK(clicks[2].sources.size() == 1);
  }

  TEST_CASE("an override that the audit log alone tells of joins the row of the going on") {
    const auto clicks = joined({{audit, 9s, action::blocked, true},
                                {hunting, 0s, action::blocked, false, "r"},
                                {hunting, 9s, action::blocked, true, "r"}});
    CHECK(clicks.size() == 1);
  }

  TEST_CASE("stored records of other feeds are passed over") {
    auto stored = std::vector<core::stored_record>(2);
    for (auto& one : stored) {
      one.what.raw = R"({"ActionType":"ClickAllowed","Timestamp":"2026-03-10T08:28:33Z"})";
    }
    stored[0].what.feed = "safe_links";
    stored[1].what.feed = "alerts";
    CHECK(clicks_of(stored).size() == 1);
  }
}
