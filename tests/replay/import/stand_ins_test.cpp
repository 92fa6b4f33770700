#include "replay/import/stand_ins.hpp"

#include <doctest/doctest.h>

using replay::stand_in_names;
using replay::stand_ins;

namespace {

auto has(const std::string& text, std::string_view part) -> bool {
  return text.find(part) != std::string::npos;
}

auto redact(const std::string& record) -> std::string {
  auto names = stand_ins("key");
  names.look_at(record);
  return names.redacted(record);
}

} // namespace

TEST_SUITE("stand_ins") {
  TEST_CASE("the same person is the same stand-in everywhere, and another under another key") {
    const auto names = stand_in_names("key");
    const auto dana = names.address("dana", "contoso.com");
    const auto out =
        redact(R"({"a":"Dana@Contoso.com","b":"mail from dana@contoso.com to omar@contoso.com",)"
               R"("c":"x?data=05%7C01%7Cdana%40contoso.com%7Cz"})");
    CHECK(has(out, "\"a\":\"" + dana + "\""));
    CHECK(has(out, "mail from " + dana + " to user-"));
    CHECK(has(out, "%7C01%7C" + dana + "%7Cz"));
    CHECK_FALSE(has(out, "contoso"));
    CHECK(stand_in_names("other").address("dana", "contoso.com") != dana);
  }

  TEST_CASE("ids and IP addresses join on, and the service's own stay") {
    const auto out = redact(
        R"({"id":"6f1c2c6e-2b1d-4c5a-9d7e-111111111111","url":"https://x.microsoft.com/?tid=)"
        R"(6F1C2C6E-2b1d-4c5a-9d7e-111111111111","app":"00000003-0000-0ff1-ce00-000000000000",)"
        R"("ip":"[203.0.113.9]:4711","six":"2a01:4f8::1","in":"192.168.1.7","agent":)"
        R"("Chrome/107.0.0.0","at":"2026-03-10T08:29:16Z","sid":"S-1-5-21-1825954961-3338807533-)"
        R"(2873504967-1105"})");
    const auto names = stand_in_names("key");
    const auto id = names.guid("6f1c2c6e-2b1d-4c5a-9d7e-111111111111");
    CHECK(has(out, "\"id\":\"" + id + "\""));
    CHECK(has(out, "https://x.microsoft.com/?tid=" + id));
    CHECK(has(out, "00000003-0000-0ff1-ce00-000000000000"));
    CHECK(has(out, "[" + names.ipv4("203.0.113.9") + "]:4711"));
    CHECK(has(out, "\"six\":\"2001:db8:"));
    CHECK(has(out, "\"in\":\"10."));
    CHECK(has(out, "Chrome/107.0.0.0"));
    CHECK(has(out, "2026-03-10T08:29:16Z"));
    CHECK(has(out, "S-1-5-21-"));
    CHECK(has(out, "-1105\""));
    CHECK_FALSE(has(out, "1825954961"));
  }

  TEST_CASE("hosts of one organisation keep one domain") {
    const auto names = stand_in_names("key");
    const auto domain = names.host("contoso.co.uk");
    CHECK(domain.ends_with(".example"));
    CHECK(names.host("mail.Contoso.co.uk").ends_with("." + domain));
    CHECK(names.host("contoso.onmicrosoft.com").ends_with(".onmicrosoft.com"));
    CHECK_FALSE(has(names.host("contoso.onmicrosoft.com"), "contoso"));
    CHECK(names.host("graph.microsoft.com") == "graph.microsoft.com");
    CHECK(has(redact(R"({"u":"see https://evil.test/a?b=1."})"), "https://d-"));
  }

  TEST_CASE("names that a member tells are replaced in every text of every record") {
    auto names = stand_ins("key");
    names.look_at(R"({"displayName":"Dana Fox"})");
    names.look_at(R"({"upn":"homer.simpson@corp.example.net"})");
    const auto out =
        names.redacted(R"({"text":"Clicked by DANA FOX (homer.simpson), not Dana Foxx"})");
    CHECK_FALSE(has(out, "DANA FOX ("));
    CHECK_FALSE(has(out, "homer"));
    CHECK(has(out, "not Dana Foxx"));
  }

  TEST_CASE("subjects, devices and files go, endings and the service's words stay") {
    const auto out =
        redact(R"({"Subject":"Merger with Fabrikam","DeviceName":"dana-laptop",)"
               R"("FileName":"salaries.xlsx","Workload":"Exchange","Severity":"High"})");
    CHECK_FALSE(has(out, "Merger"));
    CHECK_FALSE(has(out, "laptop"));
    CHECK(has(out, ".xlsx\""));
    CHECK_FALSE(has(out, "salaries"));
    CHECK(has(out, R"("Workload":"Exchange","Severity":"High")"));
  }

  TEST_CASE("a name that is a word of the service's does not change that word") {
    const auto out = redact(R"({"displayName":"Exchange","Workload":"Exchange"})");
    CHECK(has(out, R"("Workload":"Exchange")"));
  }

  TEST_CASE("JSON within strings and name-value pairs are looked into") {
    const auto out = redact(
        R"({"Data":"{\"eid\":\"dana@contoso.com\"}","P":[{"Name":"Subject","Value":"Payroll"}]})");
    CHECK_FALSE(has(out, "contoso"));
    CHECK(has(out, R"({\"eid\":\"user-)"));
    CHECK_FALSE(has(out, "Payroll"));
    CHECK(has(out, R"("Name":"Subject")"));
  }

  TEST_CASE("tokens are removed") {
    const auto out = redact(
        R"({"u":"https://a.example/?t=eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl"})");
    CHECK(has(out, "t=token-removed\""));
  }

  TEST_CASE("all other bytes stay as they are") {
    const auto odd =
        std::string(R"({ "n":1e3,"n":12345678901234567890 , "s":"\u0041\/b", "z":[]})");
    CHECK(redact(odd) == odd);
  }
}
