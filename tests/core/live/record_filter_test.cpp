#include "core/live/record_filter.hpp"

#include <doctest/doctest.h>

using namespace core::live;
using namespace std::chrono_literals;

namespace {

const auto noon = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}} + 12h;

auto search_in(std::string raw) -> core::stored_record {
  auto out = core::stored_record();
  out.what.raw = std::move(raw);
  out.what.event_time = noon;
  out.received_at = noon + 1h;
  return out;
}

auto by_user(std::string user) -> record_filter {
  auto out = record_filter();
  out.user = std::move(user);
  return out;
}

auto by_url(std::string url) -> record_filter {
  auto out = record_filter();
  out.url = std::move(url);
  return out;
}

} // namespace

TEST_SUITE("record_filter") {
  TEST_CASE("an empty filter takes everything") {
    CHECK(matches({}, search_in("no JSON")));
  }

  TEST_CASE("a user is a whole text of the record, letter case aside, at any depth") {
    const auto record = search_in(R"({"a":[{"upn":"Dana@Contoso.com"}]})");
    CHECK(matches(by_user("dana@contoso.COM"), record));
    CHECK_FALSE(matches(by_user("ana@contoso.com"), record));
    CHECK_FALSE(matches(by_user("upn"), record));
  }

  TEST_CASE("a URL is a part of a text as it reads after decoding") {
    const auto record = search_in(R"({"Url":"https:\/\/u.ex\u0061mple\/Path"})");
    CHECK(matches(by_url("u.example/path"), record));
    CHECK_FALSE(matches(by_url("v.example"), record));
  }

  TEST_CASE("JSON within a text is searched as JSON") {
    const auto record = search_in(R"({"AuditData":"{\"UserId\":\"dana@contoso.com\"}"})");
    CHECK(matches(by_user("dana@contoso.com"), record));
    CHECK_FALSE(matches(by_user("UserId"), record));
    const auto blanks = search_in(R"({"AuditData":" \n[\"dana@contoso.com\"]"})");
    CHECK(matches(by_user("dana@contoso.com"), blanks));
  }

  TEST_CASE("a record that is no JSON is searched as it stands") {
    CHECK(matches(by_user("dana"), search_in("user=DANA; broken")));
    CHECK(matches(by_url("u.example"), search_in(R"({"Url":"https://u.example/)")));
  }

  TEST_CASE("bounds hold for when it happened, the first included and the last not") {
    auto filter = record_filter();
    filter.since = noon;
    CHECK(matches(filter, search_in("{}")));
    filter.since = noon + 1s;
    CHECK_FALSE(matches(filter, search_in("{}")));
    filter = {};
    filter.until = noon;
    CHECK_FALSE(matches(filter, search_in("{}")));
    filter.until = noon + 1s;
    CHECK(matches(filter, search_in("{}")));
  }

  TEST_CASE("a record without a time counts by when it was received") {
    auto record = search_in("{}");
    record.what.event_time.reset();
    auto filter = record_filter();
    filter.since = noon + 30min;
    CHECK(matches(filter, record));
  }

  TEST_CASE("all that is set must hold") {
    auto filter = by_user("dana");
    filter.url = "u.example";
    CHECK(matches(filter, search_in(R"(["dana","https://u.example"])")));
    CHECK_FALSE(matches(filter, search_in(R"(["dana"])")));
  }

  TEST_CASE("feed, type and key are the store's to look for") {
    const auto query = query_of({"alerts", "ms365_alerts", "a1", "", "", {}, {}});
    CHECK(query.feed == "alerts");
    CHECK(query.connector_type == "ms365_alerts");
    CHECK(query.key == "a1");
    CHECK_FALSE(query.after);
  }

  TEST_CASE("deeply nested bytes of an enemy end the search and not the process") {
    CHECK_FALSE(matches(by_user("dana"), search_in(std::string(1'000'000, '['))));
  }
}
