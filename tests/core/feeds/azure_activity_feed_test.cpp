#include "core/feeds/azure_activity_feed.hpp"
#include "tests/core/feeds/feed_bench.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace fakes;

namespace {

const auto log_path = std::string("/providers/Microsoft.Insights/eventtypes/management/values");

auto entry_of(const std::string& id) -> std::string {
  return R"({"eventDataId":")" + id + R"(","eventTimestamp":"2026-03-10T07:00:00.0000000Z"})";
}

auto log_page(const std::vector<std::string>& entries, const std::string& next = "") -> answer {
  auto body = std::string(R"({"value":[)");
  for (const auto& one : entries) {
    body += (body.back() == '[' ? "" : ",") + one;
  }
  body += "]";
  return reply(200, body + (next.empty() ? "}" : R"(,"nextLink":")" + next + "\"}"));
}

auto not_authorized() -> answer {
  return reply(403, R"({"error":{"code":"AuthorizationFailed","message":"The client 'x' ..."}})");
}

struct azure_bench : feed_bench {
  explicit azure_bench(std::vector<std::string> ids) : feed_bench("azure_activity") {
    config.subscriptions = std::move(ids);
    renew();
  }
};

} // namespace

TEST_SUITE("azure_activity_feed") {
  TEST_CASE("ids may come one by one or with commas between them") {
    CHECK(core::feeds::subscription_ids({"a, b", "", " c ,,a"}) ==
          std::vector<std::string>{"a", "b", "c"});
  }

  TEST_CASE("each subscription is asked for the overlap up to now, both ends named") {
    azure_bench world({"a,b"});
    world.net.on(log_path, {log_page({entry_of("e1")})});
    CHECK(world.poll().has_value());
    const auto asked = world.net.to(log_path);
    REQUIRE(asked.size() == 2);
    CHECK(asked[0].what.url ==
          "https://management.azure.com/subscriptions/a" + log_path +
              "?api-version=2015-04-01&$filter=eventTimestamp%20ge%20%272026-03-09T05%3A00%3A00Z%27"
              "%20and%20eventTimestamp%20le%20%272026-03-10T08%3A00%3A00Z%27");
    CHECK(asked[1].what.url.find("/subscriptions/b/") != std::string::npos);
    REQUIRE(world.stored().size() == 1);
    CHECK(world.stored()[0].key == "e1");
    CHECK(text(world.stored()[0].event_time.value()) == "2026-03-10T07:00:00Z");
  }

  TEST_CASE(
      "a subscription that is forbidden is named, and keeps neither the others nor their cursor") {
    azure_bench world({"a", "b"});
    world.net.on("/subscriptions/a/", {not_authorized()});
    world.net.on("/subscriptions/b/", {log_page({entry_of("e1")})});
    const auto outcome = world.poll();
    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().code == "AuthorizationFailed");
    CHECK(outcome.error().why.find("subscription a") != std::string::npos);
    CHECK(outcome.error().why.find("Reader") != std::string::npos);
    CHECK(core::health::state_of(outcome.error()) == "insufficient_permissions");
    CHECK(world.stored().size() == 1);
    CHECK(world.cursor().starts_with("b 2026-03-10T08:00:0"));
  }

  TEST_CASE("all subscriptions that fail are named, by what a person has to mend") {
    azure_bench world({"a", "b", "c"});
    world.net.on("/subscriptions/a/", {reply(500, "")});
    world.net.on("/subscriptions/b/", {not_authorized()});
    world.net.on("/subscriptions/c/", {not_authorized()});
    const auto outcome = world.poll();
    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().code == "AuthorizationFailed");
    for (const auto* name : {"subscription a", "subscription b", "subscription c"}) {
      CHECK(outcome.error().why.find(name) != std::string::npos);
    }
  }

  TEST_CASE("after a restart each subscription goes on from where it was") {
    azure_bench world({"a", "b"});
    world.records.cursors["azure_activity"] = "a 2026-03-10T07:30:00Z\nb 2026-03-01T00:00:00Z";
    world.net.on(log_path, {log_page({})});
    CHECK(world.poll().has_value());
    const auto asked = world.net.to(log_path);
    CHECK(asked[0].what.url.find("2026-03-10T04%3A30%3A00Z") != std::string::npos);
    CHECK(asked[1].what.url.find("2026-02-28T21%3A00%3A00Z") != std::string::npos);
  }

  TEST_CASE("pages are followed on the service's own host only") {
    azure_bench world({"a"});
    world.net.on(log_path,
                 {log_page({entry_of("e1")}, "https://management.azure.com/next?$skiptoken=1")});
    world.net.on("/next", {log_page({entry_of("e2")}, "https://evil.example/")});
    const auto outcome = world.poll();
    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().code == "foreign_link");
    CHECK(world.stored().size() == 2);
    CHECK(world.cursor().empty());
    CHECK(world.net.count("evil.example") == 0);
  }

  TEST_CASE("what is older than ninety days is declared lost, once") {
    azure_bench world({"a"});
    world.records.cursors["azure_activity"] = "a 2025-10-01T00:00:00Z";
    world.net.on(log_path, {log_page({})});
    CHECK(world.poll().has_value());
    CHECK(world.poll().has_value());
    CHECK(world.records.gaps().size() == 1);
  }

  TEST_CASE("without subscriptions there is nothing to read, and it says so") {
    azure_bench world({});
    const auto outcome = world.poll();
    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().code == "no_subscriptions");
  }
}
