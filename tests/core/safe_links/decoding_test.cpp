#include "core/safe_links/decoding.hpp"

#include <doctest/doctest.h>

using namespace core::safe_links;

namespace {

constexpr auto mail_link =
    "https://eur02.safelinks.protection.outlook.com/"
    "?url=https%3A%2F%2Flogin-contoso.example.net%2Fr%3Fid%3D7f3a&data=05%7C02%7Cadele.vance%"
    "40contoso.com%7Cb1d7c0aa52e34f3c9dd108df1235e73f%7C3f2b9c417d5e4a869b1c5e0d8a7f6c21%7C0%7C0%"
    "7C639249694868714020%7CUnknown%7CTWFpbGZsb3d8%7C0%7C%7C%7C&sdata=x&reserved=0";

} // namespace

TEST_SUITE("decoding") {
  TEST_CASE("a link from mail tells target, recipient, message, tenant and both times") {
    const auto found = decode(mail_link, "3F2B9C41-7D5E-4A86-9B1C-5E0D8A7F6C21");
    CHECK(found["form"] == "mail");
    CHECK(found["target"] == "https://login-contoso.example.net/r?id=7f3a");
    CHECK(found["recipient"] == "adele.vance@contoso.com");
    CHECK(found["claims_own_tenant"] == true);
    CHECK(found["nested"] == false);
    CHECK(found["rewritten_at"].get<std::string>().starts_with("2026-09-14T07:58:06"));
    CHECK(found["received_at"].get<std::string>().starts_with("2026-09-14T07:58:0"));
  }

  TEST_CASE("another tenant's link is told apart, and what is no rewritten link is nothing") {
    CHECK(decode(mail_link, "11111111-7d5e-4a86-9b1c-5e0d8a7f6c21")["claims_own_tenant"] == false);
    CHECK(!decode(mail_link, "").contains("claims_own_tenant"));
    CHECK(decode("https://contoso.com/?url=https%3A%2F%2Fx.example", "").is_null());
  }

  TEST_CASE("a link from Teams gives its target, and nothing of the token in it") {
    const auto found = decode(
        "https://statics.teams.cdn.office.net/evergreen-assets/safelinks/2/atp-safelinks.html"
        "?url=https%3A%2F%2Fx.example%2Fa&pc=a-token&locale=en",
        "");
    CHECK(found["form"] == "teams");
    CHECK(found["target"] == "https://x.example/a");
    CHECK(found["recipient"].is_null());
    CHECK(found.dump().find("a-token") == std::string::npos);
  }

  TEST_CASE("the id of a message carries when it was received") {
    CHECK(received_at("00000000000000000000"
                      "08d92fe5b9a5")
              .has_value());
    CHECK(!received_at("zz"));
    CHECK(!received_at("00000000000000000000"
                       "000000000000"));
  }
}
