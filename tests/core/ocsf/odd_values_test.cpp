#include "core/ocsf/document.hpp"
#include "core/ocsf/field.hpp"
#include "core/ocsf/odd_values.hpp"

#include <doctest/doctest.h>

using namespace core::ocsf;
using nlohmann::json;

TEST_SUITE("ocsf_odd_values") {
  TEST_CASE("every form of a date says the same moment") {
    constexpr auto moment = 1'587'185'430'000;
    for (const auto* text : {"2020-04-18T04:50:30Z",
                             "2020-04-18T04:50:30.0000000Z",
                             "2020-04-18T04:50:30",
                             "2020-04-18 04:50:30.000000000",
                             "2020-04-18T04:50:30+00:00",
                             "2020-04-18T06:50:30.0000000+02:00",
                             "2020-04-17T21:20:30-0730",
                             "4/18/2020 4:50:30 AM",
                             "/Date(1587185430000)/",
                             "\\/Date(1587185430000)\\/",
                             "/Date(1587185430000+0200)/",
                             "1587185430000"}) {
      CAPTURE(text);
      CHECK(to_milliseconds(text) == moment);
    }
    CHECK(to_milliseconds(moment) == moment);
    CHECK(to_milliseconds("2020-04-18T04:50:30.4466667Z") == moment + 446);
    CHECK(to_milliseconds("4/18/2020 4:50:30 PM") == moment + 12 * 3'600'000);
    CHECK(to_milliseconds("4/18/2020 12:50:30 AM") == moment - 4 * 3'600'000);
  }

  TEST_CASE("what is no date is none") {
    for (const auto& value : {json("2023-10-10T17:08:65"),
                              json("18/4/2020 4:50:30 AM"),
                              json("4/18/2020 13:50:30 AM"),
                              json("2020-04-18T04:50:30+99:00"),
                              json("/Date(x)/"),
                              json("tomorrow"),
                              json(""),
                              json(),
                              json(true),
                              json(1'587'185'430),
                              json(-5),
                              json(std::uint64_t(-1))}) {
      CAPTURE(value.dump());
      CHECK_FALSE(to_milliseconds(value).has_value());
    }
  }

  TEST_CASE("addresses lose ports, brackets, zones and IPv6 clothes") {
    const auto ip = [](const char* text) { return as_ip(text); };
    CHECK(ip("192.0.2.1") == "192.0.2.1");
    CHECK(ip("192.0.2.1:51234") == "192.0.2.1");
    CHECK(ip("[192.0.2.1]:51234") == "192.0.2.1");
    CHECK(ip("[192.0.2.1]") == "192.0.2.1");
    CHECK(ip("::ffff:192.0.2.1") == "192.0.2.1");
    CHECK(ip("[::FFFF:192.0.2.1]:443") == "192.0.2.1");
    CHECK(ip("2001:db8::1") == "2001:db8::1");
    CHECK(ip("[2001:db8::1]:443") == "2001:db8::1");
    CHECK(ip("fe80::1%eth0") == "fe80::1");
    CHECK(as_port("[2001:db8::1]:443") == 443);
    CHECK(as_port("192.0.2.1:51234") == 51234);
    CHECK(as_port("192.0.2.1:99999").is_null());
    CHECK(as_port("2001:db8::1").is_null());
  }

  TEST_CASE("a name in place of an address is a host, and nothing is nothing") {
    CHECK(as_hostname("localhost:80") == "localhost");
    CHECK(as_hostname("[cool.client.local]:12345") == "cool.client.local");
    CHECK(as_hostname("192.0.2.1").is_null());
    for (const auto* text :
         {"", "<null>", "0.0.0.0", "::", "not an address", "[2001:db8::1", ":"}) {
      CAPTURE(text);
      CHECK(as_ip(text).is_null());
    }
  }

  TEST_CASE("mail addresses are those of OCSF") {
    CHECK(is_mail_address("dana@contoso.com"));
    CHECK(is_mail_address("o'neil+x@a-b.example.co"));
    for (const auto* text : {"<>",
                             "",
                             "a@b",
                             "@contoso.com",
                             "Dana <dana@contoso.com>",
                             "/O=ORG/OU=X/CN=DANA",
                             "app@sharepoint",
                             "NT AUTHORITY\\SYSTEM",
                             "a b@c.de",
                             "a@.de",
                             "d\xc3\xa4na@c.de"}) {
      CAPTURE(text);
      CHECK_FALSE(is_mail_address(text));
    }
  }

  TEST_CASE("types that change are read all the same") {
    CHECK(to_whole("40") == 40);
    CHECK(to_whole(5.0) == 5);
    CHECK_FALSE(to_whole(5.5).has_value());
    CHECK_FALSE(to_whole("5x").has_value());
    CHECK_FALSE(to_whole(std::uint64_t(-1)).has_value());
    CHECK(to_fraction("52.5") == 52.5);
    CHECK(to_fraction(52) == 52.0);
    CHECK_FALSE(to_fraction("nan").has_value());
    for (const auto& yes : {json(true), json("True"), json("1"), json(1)}) {
      CHECK(to_truth(yes) == true);
    }
    CHECK(to_truth("false") == false);
    CHECK_FALSE(to_truth("maybe").has_value());
    CHECK(to_text(41) == "41");
    CHECK_FALSE(to_text("  ").has_value());
    CHECK_FALSE(to_text(json::object()).has_value());
    CHECK(to_mac("1836F3984F9A") == "18:36:F3:98:4F:9A");
    CHECK(to_mac("18-36-f3-98-4f-9a") == "18:36:f3:98:4f:9a");
    CHECK_FALSE(to_mac("1836F3984F9").has_value());
  }

  TEST_CASE("absent, null and empty say nothing") {
    for (const auto* text : {"null", "\"\"", "[]", "{}", "[null,\"\",[]]"}) {
      CHECK(says_nothing(json::parse(text)));
    }
    for (const auto* text : {"0", "false", "\" \"", "[0]", "{\"a\":null}"}) {
      CHECK_FALSE(says_nothing(json::parse(text)));
    }
    CHECK(without_nothings(json::parse(R"({"a":[null,{"b":""}],"c":0})")) ==
          json::parse(R"({"c":0})"));
  }

  TEST_CASE("JSON within a text is read where a list or an object is due") {
    CHECK(unfolded(" [1]") == json::array({1}));
    CHECK(unfolded("[half") == "[half");
    CHECK(unfolded("plain") == "plain");
    CHECK(to_list("[\"a\",\"b\"]").size() == 2);
    CHECK(to_list("a").size() == 1);
    CHECK(to_list(json()).empty());
    const auto record = json::parse(R"({"InitiatedBy":"{\"user\":{\"id\":\"7\"}}"})");
    CHECK(record_view(record).text("initiatedBy.user.id") == "7");
  }

  TEST_CASE("a document loses nothing that parsers lose") {
    CHECK(read_document(R"({"a":"x\ud83d"})").value()["a"] == "x\xef\xbf\xbd");
    CHECK(read_document("98765432109876543210987").value() == "98765432109876543210987");
    CHECK(read_document("18446744073709551615").value() == std::uint64_t(-1));
    CHECK(read_document("1e999").value() == "1e999");
    CHECK(read_document("1e3").value() == 1000.0);
    CHECK(read_document(R"({"a":1,"a":2})").value()["a"] == 2);
    CHECK_FALSE(read_document("{").has_value());
    CHECK_FALSE(read_document(std::string(100, '[') + std::string(100, ']')).has_value());
  }

  TEST_CASE("an address on the web has its parts, where it parses") {
    const auto url = as_url("HTTPS://Dana@Login.Bad.example:8443/a/b?q=1&r#f");
    CHECK(url["url_string"] == "HTTPS://Dana@Login.Bad.example:8443/a/b?q=1&r#f");
    CHECK(url["scheme"] == "https");
    CHECK(url["hostname"] == "login.bad.example");
    CHECK(url["port"] == 8443);
    CHECK(url["path"] == "/a/b");
    CHECK(url["query_string"] == "q=1&r");
    CHECK(as_url("https://[2001:db8::1]/")["hostname"] == "2001:db8::1");
    CHECK(as_url("mailto:a@b.c") == json{{"url_string", "mailto:a@b.c"}});
    CHECK(as_url("https://") == json{{"url_string", "https://"}});
    CHECK(as_url("").is_null());
  }
}
