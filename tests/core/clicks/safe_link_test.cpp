#include "core/clicks/safe_link.hpp"

#include <doctest/doctest.h>

using core::clicks::comparable;
using core::clicks::read_safe_link;
using core::clicks::unwrapped;

namespace {

const auto tail = std::string("&sdata=Q29t%3D&reserved=0");
const auto wrapped =
    std::string(
        "https://eur02.safelinks.protection.outlook.com/"
        "?url=https%3A%2F%2Flogin.example.net%2Fr%3Fid%3D"
        "7f3a&data=05%7C02%7Cadele.vance%40contoso.com%7CB1d7c0aa52e34f3c9dd108df1235e73f%7C"
        "3f2b9c417d5e4a869b1c5e0d8a7f6c21%7C0%7C0%7C639249694868714020%7CUnknown%7CTWFpbGZsb3d8%7C0"
        "%7C%7C%7C") +
    tail;

} // namespace

TEST_SUITE("safe_link") {
  TEST_CASE("a rewritten address gives its target and what its data says") {
    const auto link = read_safe_link(wrapped);
    REQUIRE(link.has_value());
    CHECK(link->target == "https://login.example.net/r?id=7f3a");
    CHECK(link->recipient == "adele.vance@contoso.com");
    CHECK(link->network_message_id == "b1d7c0aa52e34f3c9dd108df1235e73f");
    CHECK(link->tenant_id == "3f2b9c417d5e4a869b1c5e0d8a7f6c21");
    CHECK(seams::to_rfc3339(link->rewritten_at.value()) == "2026-09-14T07:58:06.871402Z");
    CHECK_FALSE(link->from_teams);
  }

  TEST_CASE("the oldest layout has an address, a message and a tenant") {
    const auto link = read_safe_link(
        "https://emea01.safelinks.protection.outlook.com/"
        "?url=http%3A%2F%2Fa.example&data=01%7C01%7C"
        "x%40y.z%7Cb1d7c0aa52e34f3c9dd108df1235e73f%7C3f2b9c417d5e4a869b1c5e0d8a7f6c21%7C1");
    REQUIRE(link.has_value());
    CHECK(link->recipient == "x@y.z");
    CHECK_FALSE(link->rewritten_at.has_value());
  }

  TEST_CASE("an empty recipient and data of another shape are no reason to refuse") {
    const auto empty =
        read_safe_link("https://apc01.safelinks.protection.outlook.com/?url=https%3A%2F"
                       "%2Fa%2F&data=04%7C01%7C%7Cxyz%7C3f2b9c417d5e4a869b1c5e0d8a7f6c21");
    REQUIRE(empty.has_value());
    CHECK(empty->recipient.empty());
    CHECK(empty->network_message_id.empty());
    CHECK(
        read_safe_link("https://nam06.safelinks.protection.outlook.com/?data=x&url=https%3A%2F%2Fa")
            .has_value());
  }

  TEST_CASE("hosts are known by their end, in any case, and by nothing less") {
    const auto reads = [](const std::string& host) {
      return read_safe_link("https://" + host + "/?url=https%3A%2F%2Fa").has_value();
    };
    CHECK(reads("XYZ99.SafeLinks.protection.outlook.com"));
    CHECK(reads("safelinks.protection.outlook.com"));
    CHECK(reads("usg02.safelinks.protection.office365.us"));
    CHECK_FALSE(reads("evilsafelinks.protection.outlook.com"));
    CHECK_FALSE(reads("safelinks.protection.outlook.com.evil.example"));
    CHECK(read_safe_link("https://outlook.office.com/mail/safelink.html?url=https%3A%2F%2Fa"));
    CHECK_FALSE(read_safe_link("https://outlook.office.com/mail/other.html?url=https%3A%2F%2Fa"));
    CHECK_FALSE(read_safe_link("https://eur02.safelinks.protection.outlook.com/?data=x"));
    CHECK_FALSE(read_safe_link("no address at all"));
  }

  TEST_CASE("what mail bodies do to an address is undone") {
    CHECK(
        unwrapped("https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa%2F&amp;data="
                  "05%7C02") == "https://a/");
    CHECK(
        unwrapped("https://eur02.safelinks.protection.outlook.com/?url=3Dhttps%3A%2F%2Fa=\r\n%2Fb&"
                  "data=3D05") == "https://a/b");
  }

  TEST_CASE("nested wrappings come off, and no number of them keeps us for ever") {
    auto link = std::string("https://a.example/?q=1&r=2");
    const auto wrap = [](const std::string& inner) {
      auto out = std::string("https://eur02.safelinks.protection.outlook.com/?url=");
      for (const auto c : inner) {
        constexpr auto digits = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte / 16];
        out += digits[byte % 16];
      }
      return out;
    };
    CHECK(unwrapped(wrap(wrap(link))) == link);
    CHECK(unwrapped(link) == link);
    CHECK(unwrapped("%zz%") == "%zz%");
  }

  TEST_CASE("the check page of Teams gives its target") {
    const auto link = read_safe_link(
        "https://statics.teams.cdn.office.net/evergreen-assets/safelinks/2/atp-safelinks.html?url="
        "https%3A%2F%2Fa.example%2F&locale=en-us&pc=secret");
    REQUIRE(link.has_value());
    CHECK(link->from_teams);
    CHECK(link->target == "https://a.example/");
  }

  TEST_CASE("addresses compare by scheme and host in any case, without fragment and bare path") {
    CHECK(comparable("HTTPS://A.Example/") == comparable("https://a.example"));
    CHECK(comparable("https://a.example/P#x") == "https://a.example/P");
    CHECK(comparable("https://a.example/P") != comparable("https://a.example/p"));
    CHECK(comparable(wrapped) == "https://login.example.net/r?id=7f3a");
  }
}
