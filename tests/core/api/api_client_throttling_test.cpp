#include "tests/core/fakes/bench.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace fakes;
using core::workload;
using core::api::call;

namespace {

const auto graph_url = std::string("https://graph.microsoft.com/v1.0/a");
const auto management_url = std::string("https://manage.office.com/api/v1.0/b");

struct throttle_bench : bench {
  throttle_bench() {
    net.latency = {};
    net.on("/v1.0/", {reply(200, "{}")});
  }
  auto get(const std::string& url = graph_url) -> seams::result<seams::response> {
    return await(api.send(what(url)));
  }
  void spawn(const std::string& url) { spawn(what(url)); }
  void spawn(call one) {
    boost::asio::co_spawn(context, api.send(std::move(one)), [](const auto&, const auto&) {});
  }
  static auto in_bucket(const std::string& name) -> call {
    auto out = call();
    out.url = "https://graph.microsoft.com/v1.0/" + name;
    out.bucket = name;
    return out;
  }
  static auto what(const std::string& url) -> call {
    auto out = call();
    out.of = url == graph_url ? workload::graph : workload::management;
    out.url = url;
    return out;
  }
  void answers(std::vector<answer> list) { net.on("/v1.0/", std::move(list)); }
};

auto throttled(const std::string& retry_after) -> answer {
  return reply(429,
               R"({"error":{"code":"TooManyRequests","message":"Please retry again later."}})",
               {{"Retry-After", retry_after}});
}

auto throttled_in_single_quotes() -> answer {
  return reply(403,
               "{'error':{'code':'AF429','message':'Too many requests. Method=GetBlob, "
               "PublisherId=00000000-0000-0000-0000-000000000000'}}");
}

} // namespace

TEST_SUITE("api_client_throttling") {
  TEST_CASE("Retry-After is kept in each of its forms") {
    const auto forms = std::vector<std::pair<std::string, seams::duration>>{
        {"10", 10s}, {"2.128", 2128ms}, {"Tue, 10 Mar 2026 08:00:45 GMT", 45s}};
    for (const auto& [text, span] : forms) {
      CAPTURE(text);
      throttle_bench world;
      world.answers({throttled(text), reply(200, "{}")});
      CHECK(world.get().has_value());
      const auto sent = world.net.to("/v1.0/");
      REQUIRE(sent.size() == 2);
      CHECK(sent[1].at - sent[0].at == span);
    }
  }

  TEST_CASE("nobody of a bucket sends during its pause, other workloads do") {
    throttle_bench world;
    world.net.on(management_url, {reply(200, "[]")});
    world.net.on("/v1.0/a", {throttled("60"), reply(200, "{}")});
    CHECK(world.get(management_url).has_value());
    world.spawn(graph_url);
    world.run(10s);
    world.spawn(graph_url);
    world.spawn(graph_url);
    world.spawn(management_url);
    world.run(49s);
    CHECK(world.net.count("/v1.0/a") == 1);
    CHECK(world.net.count(management_url) == 2);
    world.run(2s);
    CHECK(world.net.count("/v1.0/a") == 4);
  }

  TEST_CASE("a pause of one bucket holds back no other bucket of the workload") {
    throttle_bench world;
    world.net.on("/v1.0/reports", {throttled("60")});
    world.spawn(throttle_bench::in_bucket("reports"));
    world.run(10s);
    world.spawn(throttle_bench::in_bucket("reports"));
    world.spawn(throttle_bench::in_bucket("directory"));
    world.spawn(throttle_bench::in_bucket("directory"));
    world.spawn(graph_url);
    world.run(10s);
    CHECK(world.net.count("/v1.0/reports") == 1);
    CHECK(world.net.count("/v1.0/directory") == 2);
    CHECK(world.net.count(graph_url) == 1);
  }

  TEST_CASE("a good answer of one bucket does not make another forget its refusals") {
    throttle_bench world;
    world.net.on("/v1.0/reports", {throttled("1")});
    for (auto second = 0; second < 60; ++second) {
      if (second % 20 == 0) {
        world.spawn(throttle_bench::in_bucket("reports"));
      }
      CHECK(world.get().has_value());
      world.run(1s);
    }
    const auto sent = world.net.to("/v1.0/reports");
    REQUIRE(sent.size() > 12);
    CHECK(sent[1].at - sent[0].at == 1s);
    CHECK(sent[12].at - sent[11].at > 2s);
  }

  TEST_CASE("calls of one bucket take turns, others need not wait") {
    throttle_bench world;
    for (auto i = 0; i < 3; ++i) {
      auto slow = throttle_bench::what(graph_url);
      slow.bucket = "reports";
      slow.spacing = 2s;
      boost::asio::co_spawn(
          world.context, world.api.send(std::move(slow)), [](const auto&, const auto&) {});
    }
    world.spawn(graph_url);
    world.run(10s);
    auto times = std::vector<seams::duration>();
    for (const auto& one : world.net.to(graph_url)) {
      times.push_back(one.at);
    }
    REQUIRE(times.size() == 4);
    CHECK(times[1] - times[0] < 1s);
    CHECK(times[2] - times[0] == 2s);
    CHECK(times[3] - times[0] == 4s);
  }

  TEST_CASE("AF429 as a 403 in single quotes is throttling: the token stays") {
    throttle_bench world;
    world.answers({throttled_in_single_quotes(), throttled_in_single_quotes(), reply(200, "[]")});
    CHECK(world.get(management_url).has_value());
    CHECK(world.net.count("/oauth2") == 1);
    CHECK(world.time.elapsed() >= 4s);
  }

  TEST_CASE("without Retry-After the pauses grow, over calls too, up to five minutes") {
    throttle_bench world;
    world.answers({reply(429, "")});
    CHECK(world.get().error().code == "429");
    CHECK(world.get().error().code == "429");
    CHECK(world.get().error().next == seams::reaction::retry_later);
    const auto sent = world.net.to("/v1.0/");
    REQUIRE(sent.size() >= 20);
    CHECK(sent[1].at - sent[0].at >= 2s);
    CHECK(sent[1].at - sent[0].at <= 4s);
    for (auto i = std::size_t{12}; i < sent.size(); ++i) {
      CHECK(sent[i].at - sent[i - 1].at >= 150s);
      CHECK(sent[i].at - sent[i - 1].at <= 300s);
    }
  }

  TEST_CASE("Retry-After 1 for ever does not make a storm") {
    throttle_bench world;
    world.answers({throttled("1")});
    for (auto round = 0; round < 5; ++round) {
      CHECK(world.get().error().code == "429");
    }
    CHECK(world.net.count("/v1.0/") == 50);
    CHECK(world.time.elapsed() >= 1h);
  }

  TEST_CASE("values that are no pause are met with a pause of our own") {
    for (const auto* text : {"-5", "later", ""}) {
      throttle_bench world;
      world.answers({throttled(text), reply(200, "{}")});
      CHECK(world.get().has_value());
      CHECK(world.time.elapsed() >= 2s);
    }
  }

  TEST_CASE("a long pause ends its call and the next ones without a request, and says until when") {
    throttle_bench world;
    world.answers({throttled("3600"), reply(200, "{}")});
    for (auto i = 0; i < 3; ++i) {
      const auto got = world.get();
      CHECK(got.error().code == "429");
      CHECK(got.error().next == seams::reaction::retry_later);
      CHECK(got.error().why.find("throttled; it may go on at 2026-03-10T09:00:00") !=
            std::string::npos);
    }
    CHECK(world.time.elapsed() < 1s);
    CHECK(world.net.count("/v1.0/") == 1);
    world.run(56min);
    CHECK(world.get().has_value());
    CHECK(world.time.elapsed() == 1h);
    CHECK(world.net.count("/v1.0/") == 2);
  }

  TEST_CASE("a call is as patient as it says") {
    throttle_bench world;
    world.answers({throttled("3600"), reply(200, "{}")});
    auto what = throttle_bench::what(graph_url);
    what.patience = 1h;
    CHECK(world.await(world.api.send(std::move(what))).has_value());
    CHECK(world.time.elapsed() == 1h);
  }

  TEST_CASE("a call tells before it waits for a pause") {
    throttle_bench world;
    world.answers({throttled("60"), reply(200, "{}")});
    auto told = std::vector<std::pair<std::string, seams::duration>>();
    world.api.when_held([&](const core::api::hold& what) {
      told.emplace_back(std::string(what.feed) + " " + what.why.code, what.rest);
    });
    auto what = throttle_bench::what(graph_url);
    what.feed = "alerts";
    CHECK(world.await(world.api.send(std::move(what))).has_value());
    REQUIRE(told.size() == 1);
    CHECK(told[0].first == "alerts 429");
    CHECK(told[0].second == 60s);
  }

  TEST_CASE("a 503 with Retry-After pauses the bucket as well") {
    throttle_bench world;
    world.answers({reply(503, "", {{"Retry-After", "30"}}), reply(200, "{}")});
    CHECK(world.get().has_value());
    CHECK(world.time.elapsed() >= 30s);
  }

  TEST_CASE("a 503 with a long Retry-After ends the call without another request") {
    throttle_bench world;
    world.answers({reply(503, "", {{"Retry-After", "3600"}}), reply(200, "{}")});
    for (auto i = 0; i < 2; ++i) {
      const auto got = world.get();
      CHECK(got.error().code == "retry_after");
      CHECK(got.error().next == seams::reaction::retry_later);
      CHECK(got.error().why ==
            "GET " + graph_url + " answered 503; it may go on at " + "2026-03-10T09:00:00Z");
    }
    CHECK(world.time.elapsed() < 1min);
    CHECK(world.net.count("/v1.0/") == 1);
  }

  TEST_CASE("a pause that begins while the token is fetched is kept") {
    throttle_bench world;
    world.net.on("/v1.0/a", {throttled("60"), reply(200, "{}")});
    world.net.on("/oauth2", {token_reply("short", 2), token_reply("long")});
    world.spawn(graph_url);
    world.run(30s);
    CHECK(world.net.count("/v1.0/a") == 1);
    CHECK(world.get().has_value());
    const auto sent = world.net.to("/v1.0/a");
    CHECK(sent.at(1).at - sent.at(0).at >= 60s);
  }
}
