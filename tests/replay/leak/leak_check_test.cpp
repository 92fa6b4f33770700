#include "replay/leak/leak_check.hpp"
#include "replay/redact/exchange_redactor.hpp"
#include "replay/text/base64.hpp"
#include "replay/text/encodings.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

using namespace replay::text;

/// `what` as it could hide.
auto hidden_ways(const std::string& what) -> std::vector<std::string> {
  auto swapped = what;
  auto percent = std::string();
  auto escaped = std::string();
  for (auto& c : swapped) {
    percent += '%' + to_hex(std::string(1, c));
    escaped += "\\u00" + to_hex(std::string(1, c));
    c = is_letter(c) ? static_cast<char>(c ^ 0x20) : c;
  }
  return {what,
          swapped,
          percent,
          escaped,
          to_base64(what),
          to_base64("x" + what + "yz"),
          to_base64("xy" + swapped + "z", base64_form::url),
          to_hex(what),
          to_base64(to_hex(what)),
          percent_encoded(to_base64(to_base64(what))),
          to_utf16(what, byte_order::little),
          to_utf16(what, byte_order::big),
          to_base64("x" + to_utf16(what, byte_order::little))};
}

TEST_SUITE("leak_check") {
  TEST_CASE("a known secret is found in each of its hiding places, and not where it is none") {
    for (const auto* secret : {"hunter2!", "Tr0ub4dor&3", "dana", "correct horse", "pa$$word?"}) {
      for (const auto& one : hidden_ways(secret)) {
        CAPTURE(one);
        const auto found = replay::leaks_in("(" + one + ")", {"nothing", secret});
        CHECK(std::find(found.begin(), found.end(), "known secret 2") != found.end());
        CHECK(std::find(found.begin(), found.end(), "known secret 1") == found.end());
      }
    }
  }

  TEST_CASE("what looks like a token, key, address or domain is found without being known") {
    const std::pair<const char*, const char*> texts[] = {
        {"mail dana@contoso.com now", "a mail address"},
        {"dana%40contoso.com", "a mail address"},
        {"https://www.contoso.com/x", "a real domain"},
        {"contoso.onmicrosoft.com", "a real domain"},
        {"from 203.0.113.9:443", "an IP address"},
        {"2620:10d:c091::17", "an IP address"},
        {"eyJhbGciOiJSUzI1NiJ9.eyJ0aWQiOiIxIn0.c2ln", "a token"},
        {"-----BEGIN PRIVATE KEY-----\nMIIE", "a key"},
        {"abC8Q~0123456789abcdefABCDEF.-_~xyzXYZ12", "a key"},
        {"password=hunter2", "a named secret"}};
    for (const auto& [text, what] : texts) {
      CAPTURE(text);
      const auto found = replay::leaks_in(text, {});
      CHECK(std::find(found.begin(), found.end(), what) != found.end());
    }
  }

  TEST_CASE("a GUID that is neither a stand-in nor Microsoft's is found, unless ids may stay") {
    const auto id = std::string("8ea0e38b-efb3-4757-924a-5f94061cf8c2");
    const auto bare = std::string("8ea0e38befb34757924a5f94061cf8c2");
    CHECK(replay::leaks_in("id " + id, {}) == std::vector<std::string>{"an id"});
    CHECK(replay::leaks_in("id=" + bare, {}) == std::vector<std::string>{"an id"});
    CHECK(replay::leaks_in(R"({"MD5":")" + bare + "\"}", {}).empty());
    CHECK(replay::leaks_in("00000003-0000-0000-c000-000000000000", {}).empty());
    CHECK(replay::leaks_in(replay::pseudonyms("k").guid(id), {}).empty());
    auto policy = replay::redaction_policy();
    policy.keep_ids = {"8EA0E38B-EFB3-4757-924A-5F94061CF8C2"};
    CHECK(replay::leaks_in("id " + id, {}, policy).empty());
    policy = {};
    policy.ids = false;
    CHECK(replay::leaks_in("id " + id, {}, policy).empty());
  }

  TEST_CASE("what a policy lets stay is no finding") {
    auto policy = replay::redaction_policy();
    policy.keep_domains = {"contoso.com"};
    CHECK(replay::leaks_in("https://www.contoso.com/x", {}, policy).empty());
    CHECK_FALSE(replay::leaks_in("https://www.fabrikam.com/x", {}, policy).empty());
    policy.domains = false;
    CHECK(replay::leaks_in("https://www.fabrikam.com/x", {}, policy).empty());
    policy.addresses = false;
    CHECK(replay::leaks_in("from 203.0.113.9", {}, policy).empty());
    CHECK_FALSE(replay::leaks_in("password=hunter2", {}, policy).empty());
  }

  TEST_CASE("what redaction leaves passes") {
    const auto with = replay::text_redactor({}, "a key for tests");
    auto tape = replay::cassette();
    auto one = replay::exchange();
    auto known = std::vector<std::string>{"dana.fox", "contoso", "203.0.113.9", "hunter2!"};
    one.asked = {"GET",
                 "https://graph.microsoft.com/v1.0/users/"
                 "dana.fox@contoso.com?$skiptoken=aB3dE5fG7hJ9kL1mN3pQ",
                 {{"Authorization",
                   "Bearer eyJhbGciOiJSUzI1NiJ9.eyJ1cG4iOiJkYW5hLmZveEBjb250b3NvLmNvbSJ9.c2ln"}},
                 ""};
    auto body = std::string(R"({"value":[)");
    for (const auto& secret : known) {
      for (const auto& hidden : hidden_ways(secret)) {
        body += body.back() == '[' ? "" : ",";
        body += R"({"unheard_of":")" +
                (is_utf8(hidden) && hidden.find('\0') == hidden.npos ? hidden : "") + R"("})";
      }
    }
    one.answered = {
        200, {{"Set-Cookie", "x=hunter2!"}}, body + R"(,{"ip":"203.0.113.9"}]})", false};
    tape.exchanges.push_back(one);
    CHECK(replay::find_leaks(tape, known).size() >= 4);
    tape.exchanges[0] = replay::redacted(one, with);
    for (const auto& leak : replay::find_leaks(tape, known)) {
      FAIL_CHECK(leak.where << ": " << leak.what);
    }
  }

  TEST_CASE("what its name says is secret is found bare, and so are credentials and cookies") {
    const auto found_in = [](const std::string& body, const seams::headers& fields) {
      auto tape = replay::cassette();
      tape.exchanges.emplace_back();
      tape.exchanges.back().asked.fields = fields;
      tape.exchanges.back().answered.body = body;
      return replay::find_leaks(tape, {}).size();
    };
    CHECK(found_in(R"({"a":{"password":"Hunter2zebra"}})", {}) == 1);
    CHECK(found_in("<r><ClientSecret>plainsecret</ClientSecret></r>", {}) == 1);
    CHECK(found_in("", {{"Authorization", "Basic dXNlcjpTdXBlckdlaGVpbTk5"}}) >= 1);
    CHECK(found_in("", {{"Cookie", "sid=q1w2e3r4t5"}}) == 1);
    CHECK(found_in("\xff dana.fox@contoso.com \xfe", {}) == 1);
    CHECK(found_in(R"({"password":"standinabc","expires_in":"3599"})", {}) == 0);
  }

  TEST_CASE("a finding never quotes what it found") {
    for (const auto& one : replay::leaks_in("password=hunter2 dana@contoso.com", {"hunter2"})) {
      CHECK(one.find("hunter2") == std::string::npos);
      CHECK(one.find("contoso") == std::string::npos);
    }
  }
}

} // namespace
