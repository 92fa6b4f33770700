#include "mock_graph/tenant/list_rules.hpp"

#include <doctest/doctest.h>

namespace {

using namespace mock_graph::tenant;

auto url_entry(std::string value, bool allow = false) -> list_entry {
  auto out = list_entry();
  out.value = std::move(value);
  out.allow = allow;
  return out;
}

auto sender_entry(std::string value) -> list_entry {
  auto out = url_entry(std::move(value));
  out.type = list_type::sender;
  return out;
}

void means(const list_entry& entry, std::initializer_list<const char*> urls) {
  for (const auto* url : urls) {
    CHECK_MESSAGE(means_url(entry, "https://" + std::string(url)), entry.value, " and ", url);
  }
}

void spares(const list_entry& entry, std::initializer_list<const char*> urls) {
  for (const auto* url : urls) {
    CHECK_MESSAGE(!means_url(entry, "https://" + std::string(url)), entry.value, " and ", url);
  }
}

auto mail_from(std::string sender, bool inside = false) -> mail_fact {
  auto out = mail_fact();
  out.what.from = std::move(sender);
  out.internal_sender = inside;
  return out;
}

} // namespace

// Every row of "URL entry scenarios" of
// learn.microsoft.com/defender-office-365/tenant-allow-block-list-urls-configure.
TEST_SUITE("list_rules") {
  TEST_CASE("an entry of a top-level domain means all below it") {
    means(url_entry("*.tld/*"),
          {"a.TLD", "TLD/abcd", "b.abcd.TLD", "TLD/contoso.com", "www.abcd.TLD/q=a@contoso.com"});
    spares(url_entry("*.tld/*"), {"tld.example", "a.tldx"});
  }

  TEST_CASE("a block without wildcards reaches far, an allow means that address alone") {
    const auto others = {"contoso.com/a",
                         "payroll.contoso.com",
                         "test.com/contoso.com",
                         "test.com/q=contoso.com",
                         "www.contoso.com",
                         "www.contoso.com/q=a@contoso.com"};
    means(url_entry("contoso.com"), {"contoso.com", "contoso.com/", "CONTOSO.com:8080"});
    means(url_entry("contoso.com"), others);
    spares(url_entry("contoso.com"), {"abc-contoso.com", "contoso.com.evil.example"});
    means(url_entry("contoso.com", true), {"contoso.com"});
    spares(url_entry("contoso.com", true), others);
    means(url_entry("contoso.com/r?id=7"), {"contoso.com/r?id=7"});
    spares(url_entry("contoso.com/r?id=7"), {"contoso.com/r?id=77", "contoso.com/r"});
  }

  TEST_CASE("wildcards on the left are subdomains, on the right paths") {
    means(url_entry("*.contoso.com"), {"www.contoso.com", "xyz.abc.contoso.com"});
    spares(url_entry("*.contoso.com"),
           {"123contoso.com", "contoso.com", "test.com/contoso.com", "www.contoso.com/abc"});
    means(url_entry("contoso.com/a/*"),
          {"contoso.com/a/b", "contoso.com/a/b/c", "contoso.com/a/?q=joe@t.com"});
    spares(url_entry("contoso.com/a/*"),
           {"contoso.com", "contoso.com/a", "www.contoso.com", "www.contoso.com/q=a@contoso.com"});
    means(url_entry("contoso.com/*"),
          {"contoso.com/?q=whatever@fabrikam.com", "contoso.com/a", "contoso.com/b/a/c"});
    spares(url_entry("contoso.com/*"), {"contoso.com"});
    means(url_entry("*.contoso.com/*"), {"abc.contoso.com/ab", "abc.xyz.contoso.com/a/b/c"});
    spares(url_entry("*.contoso.com/*"), {"contoso.com/b"});
  }

  TEST_CASE("tildes are domains with their subdomains, and any path") {
    means(url_entry("~contoso.com"), {"contoso.com", "www.contoso.com", "xyz.abc.contoso.com"});
    spares(url_entry("~contoso.com"), {"123contoso.com", "contoso.com/abc", "www.contoso.com/abc"});
    means(url_entry("~contoso.com~"),
          {"contoso.com",
           "contoso.com/a",
           "www.contoso.com/b",
           "abc.xyz.contoso.com/a/b/c",
           "test.com/contoso.com"});
    spares(url_entry("~contoso.com~"), {"123contoso.com", "contoso.org", "test.com/q=contoso.com"});
  }

  TEST_CASE("an address of IP is itself") {
    means(url_entry("1.2.3.4"), {"1.2.3.4"});
    spares(url_entry("1.2.3.4"), {"1.2.3.4/a", "11.2.3.4/a"});
    means(url_entry("1.2.3.4/*"), {"1.2.3.4/b", "1.2.3.4/baaaa"});
  }

  TEST_CASE("entries that the documentation calls invalid are refused") {
    for (const auto* value : {"contoso",
                              "*.contoso.*",
                              "*.com",
                              "*.pdf",
                              "*contoso.com",
                              "contoso.com*",
                              "*1.2.3.4",
                              "1.2.3.4*",
                              "contoso.com/a*",
                              "contoso.com:443",
                              "*",
                              "*.*",
                              "conto*so.com",
                              "conto~so.com",
                              "contoso.com/**",
                              "contoso.com/*/*",
                              ".com",
                              "contoso.",
                              "https://u.example/r",
                              "joe@u.example",
                              "\"u.example\""}) {
      CHECK_MESSAGE(!what_is_wrong_with(url_entry(value)).empty(), value);
    }
    for (const auto* value : {"t.co", "*.ml/*", "~contoso.com~", "1.2.3.4/*", "u.example/r?x=1"}) {
      CHECK_MESSAGE(what_is_wrong_with(url_entry(value)).empty(), value);
    }
    CHECK(what_is_wrong_with(url_entry("u.example/" + std::string(240, 'a'))).empty());
    CHECK(!what_is_wrong_with(url_entry("u.example/" + std::string(241, 'a'))).empty());
  }

  TEST_CASE("subdomains are allowed for phishing drills alone") {
    auto entry = url_entry("*.fabrikam.com", true);
    CHECK(!what_is_wrong_with(entry).empty());
    entry.phishing_drill = true;
    CHECK(what_is_wrong_with(entry).empty());
  }

  TEST_CASE("senders, hashes and addresses of IPv6 have their own forms") {
    CHECK(what_is_wrong_with(sender_entry("x@evil.example")).empty());
    CHECK(what_is_wrong_with(sender_entry("*.ml")).empty());
    CHECK(!what_is_wrong_with(sender_entry("evil")).empty());
    CHECK(!what_is_wrong_with(sender_entry("bad attacker@evil.example")).empty());
    auto entry = url_entry(std::string(64, 'a'));
    entry.type = list_type::file_hash;
    CHECK(what_is_wrong_with(entry).empty());
    entry.value.back() = 'x';
    CHECK(!what_is_wrong_with(entry).empty());
    entry.type = list_type::ip;
    for (const auto* value : {"2001:db8::1", "2001:0db8::/32"}) {
      entry.value = value;
      CHECK_MESSAGE(what_is_wrong_with(entry).empty(), value);
    }
    entry.value = "203.0.113.7";
    CHECK(!what_is_wrong_with(entry).empty());
  }

  TEST_CASE("a domain of senders does not include its subdomains, a wildcard does") {
    CHECK(means_sender(sender_entry("contoso.com"), "x@Contoso.com"));
    CHECK(!means_sender(sender_entry("contoso.com"), "x@marketing.contoso.com"));
    CHECK(means_sender(sender_entry("*.contoso.com"), "x@marketing.contoso.com"));
    CHECK(means_sender(sender_entry("*.contoso.com"), "x@contoso.com"));
    CHECK(means_sender(sender_entry("x@contoso.com"), "X@contoso.com"));
    CHECK(!means_sender(sender_entry("x@contoso.com"), "y@contoso.com"));
  }

  TEST_CASE("blocks come before allows, and malware before allows") {
    const auto both = std::vector{url_entry("u.example", true), url_entry("v.example/*")};
    CHECK(list_on_click(both, "https://u.example/") == list_says::allow);
    CHECK(list_on_click({both[0], url_entry("u.example")}, "https://u.example/") ==
          list_says::block);
    CHECK(list_on_click(both, "https://v.example/a") == list_says::block);
    CHECK(list_on_click(both, "https://v.other/a") == list_says::nothing);
    CHECK(outcome_by_list(list_says::allow, threat::phish) == click_outcome::allowed_by_tenant);
    CHECK(!outcome_by_list(list_says::allow, threat::malware));
  }

  TEST_CASE("links and files are looked for in mail from outside, senders in all mail") {
    const auto list = std::vector{url_entry("u.example"), sender_entry("x@contoso.com")};
    auto mail = mail_from("billing@fabrikam.example");
    CHECK(entry_against(list, mail) == nullptr);
    mail.what.urls = {"https://u.example/r"};
    REQUIRE(entry_against(list, mail) == list.data());
    stop_mail(mail, list[0]);
    CHECK(mail.what.location == "Quarantine");
    CHECK(mail.what.verdict == threat::phish);
    mail.internal_sender = true;
    CHECK(entry_against(list, mail) == nullptr);
    CHECK(entry_against(list, mail_from("x@contoso.com", true)) == &list[1]);
  }
}
