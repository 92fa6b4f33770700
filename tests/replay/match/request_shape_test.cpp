#include "replay/match/difference.hpp"
#include "replay/match/request_shape.hpp"

#include <doctest/doctest.h>

using replay::resource_key;
using replay::shape_of;

namespace {

auto get(std::string url) -> seams::request {
  return {"GET", std::move(url), {}, ""};
}

auto hunt(const std::string& query) -> seams::request {
  return {"POST",
          "https://graph.microsoft.com/v1.0/security/runHuntingQuery",
          {{"Content-Type", "application/json"}},
          R"({"Query":")" + query + R"("})"};
}

auto same(const seams::request& a, const seams::request& b) -> bool {
  return resource_key(shape_of(a)) == resource_key(shape_of(b));
}

const auto alerts = std::string("https://graph.microsoft.com/v1.0/security/alerts_v2");

} // namespace

TEST_SUITE("request_shape_test") {
  TEST_CASE("a window that moves is the same list") {
    CHECK(same(get(alerts + "?$filter=lastUpdateDateTime%20ge%202026-03-10T08:00:00Z&$top=5"),
               get(alerts + "?$filter=lastUpdateDateTime%20ge%202029-01-01T09:30:01.5Z&$top=5")));
    const auto content =
        std::string("https://manage.office.com/api/v1.0/t/activity/feed/subscriptions/content");
    CHECK(
        same(get(content + "?contentType=Audit.General&startTime=2026-03-10T08:00:00&endTime="
                           "2026-03-10T08:05:00&PublisherIdentifier=x"),
             get(content + "?contentType=Audit.General&startTime=2026-03-11&endTime=2026-03-12")));
  }

  TEST_CASE("how a request is written does not matter") {
    const auto plain = get(alerts + "?$filter=status eq 'new'&$top=5");
    CHECK(same(plain, get(alerts + "?%24top=5&%24filter=status+eq+%27new%27")));
    CHECK(same(plain, get(alerts + "?$TOP=5&$Filter=status%20eq%20'new'&client-request-id=7")));
    CHECK(same(plain,
               get("https://GRAPH.microsoft.com:443/v1.0/security/Alerts_v2?&$top=5&"
                   "$filter=status%20%20eq%20'new'")));
    CHECK(same(get("https://graph.microsoft.com/v1.0/users('a@b.c')/mailboxSettings"),
               get("https://graph.microsoft.com/v1.0/users/a%40b.c/mailboxSettings")));
  }

  TEST_CASE("what is asked for does matter") {
    const auto plain = get(alerts + "?$filter=status eq 'new'&$top=5");
    CHECK_FALSE(same(plain, get(alerts + "?$filter=status eq 'resolved'&$top=5")));
    CHECK_FALSE(same(plain, get(alerts + "?$filter=status eq 'new'&$top=50")));
    CHECK_FALSE(same(plain, get(alerts + "?$filter=status eq 'new'&$top=5&$select=id")));
    CHECK_FALSE(same(get(alerts + "/a1"), get(alerts + "/a2")));
    CHECK_FALSE(same(get(alerts), get("https://graph.microsoft.us/v1.0/security/alerts_v2")));
  }

  TEST_CASE("times and limits of a hunting query are the poller's choice") {
    const auto one = hunt("UrlClickEvents | where Timestamp >= datetime(2026-03-10T08:00:00Z) | "
                          "take 10000");
    CHECK(same(one,
               hunt("UrlClickEvents | where Timestamp >= datetime(2027-03-10T08:00:00.1Z) |  "
                    "take 50")));
    CHECK_FALSE(same(one,
                     hunt("EmailEvents | where Timestamp >= datetime(2026-03-10T08:00:00Z) | "
                          "take 10000")));
    CHECK(same(hunt("EmailEvents | where Timestamp > ago(1h)"),
               hunt("EmailEvents | where Timestamp > ago(7d)")));
    CHECK_FALSE(same(hunt("T | where x == 'a'"), hunt("T | where x == 'b'")));
  }

  TEST_CASE("a login is the same whatever proves it") {
    const auto login = [](const std::string& form) {
      return seams::request{"POST",
                            "https://login.microsoftonline.com/t/oauth2/v2.0/token",
                            {{"content-type", "application/x-www-form-urlencoded"}},
                            form};
    };
    CHECK(same(login("client_id=a&scope=x%2F.default&client_secret=one"),
               login("scope=x/.default&client_id=a&client_secret=two")));
    CHECK_FALSE(same(login("client_id=a&scope=x"), login("client_id=a&scope=y")));
  }

  TEST_CASE("odd requests have a shape too") {
    for (const auto* url : {"", "?", "https://", "https://h?a", "/x", "https://h/%zz?%zz=%"}) {
      CAPTURE(url);
      CHECK_FALSE(resource_key(shape_of(get(url))).empty());
    }
    auto deep = std::string(100'000, '[');
    CHECK(shape_of({"POST", "https://h/", {}, deep}).body.size() == 1);
  }

  TEST_CASE("differences are told field by field") {
    const auto asked = shape_of(get(alerts + "?$top=999&$count=true"));
    const auto recorded = shape_of(
        {"POST", "https://graph.microsoft.us/v1.0/security/incidents?$top=50", {}, R"({"a":1})"});
    const auto found = replay::differences(asked, recorded);
    const auto expected =
        std::vector<std::string>{"method: asked 'GET', recorded 'POST'",
                                 "host: asked 'graph.microsoft.com', recorded 'graph.microsoft.us'",
                                 "path segment 3: asked 'alerts_v2', recorded 'incidents'",
                                 "parameter $count: asked 'true', not recorded",
                                 "parameter $top: asked '999', recorded '50'",
                                 "body a: not asked, recorded '1'"};
    CHECK(found == expected);
    CHECK(replay::differences(asked, asked).empty());
  }
}
