#include "core/clicks/click_reading.hpp"

#include <doctest/doctest.h>

using namespace core::clicks;

namespace {

auto read(const std::string& raw) -> std::optional<reading> {
  auto one = core::record();
  one.key = "k";
  one.raw = raw;
  return read_click(one);
}

} // namespace

TEST_SUITE("click_reading") {
  TEST_CASE("a row of hunting") {
    const auto row = read(
        R"({"Timestamp":"2026-03-10T08:28:33.5Z","Url":"https://a/","ActionType":"ClickBlocked",)"
        R"("AccountUpn":"Dana@contoso.com","Workload":"Email","NetworkMessageId":"B1D7",)"
        R"("IsClickedThrough":1,"ReportId":"r","SourceId":"b1d7"})");
    REQUIRE(row.has_value());
    CHECK(row->from == source::hunting);
    CHECK(row->met == action::blocked);
    CHECK(row->went_on);
    CHECK(row->group == "r");
    CHECK(row->workload == "email");
    CHECK(row->network_message_id == "b1d7");
    CHECK(row->teams_message_id.empty());
    CHECK(row->key == "k");
  }

  TEST_CASE("an address that was rewritten for another tenant is told apart from one's own") {
    const auto of_another = [](const std::string& tenant, const std::string& data) {
      return read(R"({"RecordType":41,"TimeOfClick":"2026-03-10T08:28:33","UrlClickAction":2,)"
                  R"("OrganizationId":")" +
                  tenant + R"(","Url":"https://eur02.safelinks.protection.outlook.com/)" +
                  "?url=https%3A%2F%2Fa.example%2F&data=" + data + "\"}")
          .value()
          .of_another_tenant;
    };
    const auto ours = std::string("3F2B9C41-7d5e-4a86-9b1c-5e0d8a7f6c21");
    const auto data = std::string("05%7C02%7C%7Cb1d7c0aa52e34f3c9dd108df1235e73f%7C");
    CHECK_FALSE(of_another(ours, data + "3f2b9c417d5e4a869b1c5e0d8a7f6c21%7C0"));
    CHECK(of_another(ours, data + "11111111222233334444555566667777%7C0"));
    CHECK_FALSE(of_another(ours, ""));
    CHECK_FALSE(of_another("", data + "11111111222233334444555566667777%7C0"));
  }

  TEST_CASE("the four actions of an audit record") {
    const auto action_of = [](const std::string& code) {
      return read(R"({"RecordType":41,"TimeOfClick":"2026-03-10T08:28:33","UrlClickAction":)" +
                  code + "}")
          .value();
    };
    CHECK(action_of("2").met == action::blocked);
    CHECK_FALSE(action_of("2").went_on);
    CHECK(action_of("3").met == action::scan_pending);
    CHECK(action_of("4").met == action::blocked);
    CHECK(action_of("4").went_on);
    CHECK(action_of("5").met == action::scan_pending);
    CHECK(action_of("5").went_on);
    CHECK(action_of("9").met == action::unknown);
  }

  TEST_CASE("the older schema has two truths instead") {
    const auto old = read(
        R"({"RecordType":41,"CreationTime":"2026-03-10T08:28:33","Blocked":true,"ClickedThrough":true,)"
        R"("AppName":"Teams-Desktop","SourceId":"1773129900000"})");
    REQUIRE(old.has_value());
    CHECK(old->met == action::blocked);
    CHECK(old->went_on);
    CHECK(old->workload == "teams");
    CHECK(old->teams_message_id == "1773129900000");
  }

  TEST_CASE("what is no click, or has no time, is none") {
    CHECK_FALSE(read(R"({"RecordType":28,"TimeOfClick":"2026-03-10T08:28:33"})"));
    CHECK_FALSE(read(R"({"RecordType":41})"));
    CHECK_FALSE(read(R"({"ActionType":"ClickAllowed","Timestamp":{}})"));
    CHECK_FALSE(read("[]"));
    CHECK(name_of(read(R"({"ActionType":"New","Timestamp":"2026-03-10T08:28:33Z"})")->met) ==
          "unknown");
  }
}
