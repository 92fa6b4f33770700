#include "core/auth/base64.hpp"
#include "core/auth/key_files.hpp"
#include "tests/core/auth/test_pairs.hpp"

#include <doctest/doctest.h>

using namespace core::auth;
using namespace auth_tests;

namespace {

auto code_of(const seams::result<key_pair>& read) -> std::string {
  return read ? "readable" : read.error().code;
}

/// OpenSSL's own example of an encrypted key would do as well: what counts is the heading.
constexpr auto encrypted_key = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                               "MIIBvTBXBgkqhkiG9w0BBQ0wSjApBgkqhkiG9w0BBQwwHAQI\n"
                               "-----END ENCRYPTED PRIVATE KEY-----\n";

} // namespace

TEST_SUITE("key_files") {
  TEST_CASE("PEM texts, apart or in one, give the pair with its thumbprints and dates") {
    const auto& made = the_pair();
    const auto apart = read_pem(made.key_pem, made.certificate_pem).value();
    const auto both = made.certificate_pem + made.key_pem;
    CHECK(apart.certificate().sha256 == made.pair.certificate().sha256);
    CHECK(read_pem(both, both).value().certificate().sha1 == made.pair.certificate().sha1);
    CHECK(apart.certificate().from == now());
    CHECK(apart.certificate().until == now() + std::chrono::days{90});
    CHECK(apart.portal_thumbprint().size() == 40);
  }

  TEST_CASE("a PFX is read as bytes and as base64 with line breaks") {
    const auto& made = the_pair();
    CHECK(read_pfx(made.pfx, passphrase).value().portal_thumbprint() ==
          made.pair.portal_thumbprint());
    auto text = to_base64(made.pfx, base64_form::plain);
    for (auto at = std::size_t{64}; at < text.size(); at += 66) {
      text.insert(at, "\r\n");
    }
    CHECK(read_pfx(text + "\n", passphrase).value().portal_thumbprint() ==
          made.pair.portal_thumbprint());
    const auto open = fresh_pair("without passphrase", "");
    CHECK(code_of(read_pfx(open.pfx)) == "readable");
  }

  TEST_CASE("what cannot be used is named by its code") {
    const auto& made = the_pair();
    const auto other = fresh_pair("another");
    CHECK(code_of(read_pfx(made.pfx, "wrong")) == "passphrase_wrong");
    CHECK(code_of(read_pfx(made.pfx)) == "passphrase_wrong");
    CHECK(code_of(read_pfx("no pfx at all")) == "certificate_unreadable");
    CHECK(code_of(read_pfx("")) == "certificate_unreadable");
    CHECK(code_of(read_pfx(std::string(300'000, 'A'))) == "certificate_unreadable");
    CHECK(code_of(read_pem(made.certificate_pem, made.certificate_pem)) == "key_unreadable");
    CHECK(code_of(read_pem(made.key_pem, made.key_pem)) == "certificate_unreadable");
    CHECK(code_of(read_pem(encrypted_key, made.certificate_pem)) == "passphrase_wrong");
    CHECK(code_of(read_pem(other.key_pem, made.certificate_pem)) == "key_mismatch");
  }

  TEST_CASE("no failure tells anything of a key or passphrase") {
    const auto& made = the_pair();
    const auto why = read_pfx(made.pfx, "canary-passphrase").error();
    CHECK((why.code + why.why).find("canary") == std::string::npos);
  }

  TEST_CASE("a pair made of an impossible name or a short key is refused") {
    auto order = pair_order{"", now(), now() + std::chrono::days{1}, 2048, ""};
    CHECK(make_self_signed(order).error().code == "pair_not_made");
    order.common_name = std::string(65, 'x');
    CHECK(make_self_signed(order).error().code == "pair_not_made");
    order.common_name = "short";
    order.bits = 1024;
    CHECK(make_self_signed(order).error().code == "key_too_short");
  }

  TEST_CASE("base64 goes there and back in each form") {
    using namespace std::string_literals;
    const auto bytes = "\x00\xff\xfe\x3f~"s;
    CHECK(to_base64(bytes, base64_form::plain) == "AP/+P34=");
    CHECK(to_base64(bytes, base64_form::url_padded) == "AP_-P34=");
    CHECK(to_base64(bytes, base64_form::url) == "AP_-P34");
    for (const auto form : {base64_form::plain, base64_form::url, base64_form::url_padded}) {
      CHECK(from_base64(to_base64(bytes, form)) == bytes);
    }
    CHECK_FALSE(from_base64("AP /").has_value());
  }
}
