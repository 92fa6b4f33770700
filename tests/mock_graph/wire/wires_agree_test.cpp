#include "core/seams/digest.hpp"
#include "mock_graph/wire/presentation.hpp"
#include "tests/mock_graph/wire/wire_world.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <doctest/doctest.h>

#include <array>
#include <thread>
#include <vector>

using namespace wire_tests;
using namespace std::chrono_literals;
using mock_graph::delivery;
using mock_graph::reply;
using seams::to_text;

namespace {

using trace = std::vector<std::string>;

const auto host = std::string("https://graph.microsoft.com");

auto pattern(std::size_t size) -> std::string {
  auto out = std::string();
  out.reserve(size + 16);
  for (auto i = std::size_t{0}; out.size() < size; ++i) {
    out += std::to_string(i * i % 9973) + (i % 7 == 0 ? "\n" : ",");
  }
  out.resize(size);
  return out;
}

auto travelling(delivery::kind how, std::string body, std::size_t cut_after = 0) -> reply {
  auto out = text_reply(200, std::move(body));
  out.travel.how = how;
  out.travel.cut_after = cut_after;
  return out;
}

auto late(seams::duration delay, reply answer = text_reply(200, "late")) -> reply {
  answer.travel.delay = delay;
  return answer;
}

auto echoed(const seams::request& query) -> reply {
  auto body = query.method + " " + query.url + "\n";
  for (const auto& [name, value] : query.fields) {
    body += name + "=" + value + "\n";
  }
  auto out = text_reply(201, body + query.body);
  out.response.fields.add("X-Twice", "  one ");
  out.response.fields.add("Content-Length", "999");
  out.response.fields.add("X-Twice", "two");
  out.response.fields.add("Date", "Tue, 10 Mar 2026 00:00:00 GMT");
  return out;
}

auto answer_of(const seams::request& query) -> reply {
  const auto path = query.url.substr(std::min(query.url.find('/', 8), query.url.size()));
  const auto is = [&](std::string_view p) { return path == p; };
  using kind = delivery::kind;
  return is("/small")        ? text_reply(200, pattern(200))
         : is("/page")       ? text_reply(200, pattern(5'000))
         : is("/large")      ? text_reply(200, pattern(200'000))
         : is("/huge")       ? text_reply(200, pattern(2'000'000))
         : is("/empty")      ? text_reply(200, "")
         : is("/none")       ? text_reply(204, "ignored")
         : is("/unmodified") ? travelling(kind::cut, "ignored", 2)
         : is("/missing")    ? text_reply(404, "{\"error\":{}}")
         : is("/cut")        ? travelling(kind::cut, pattern(50'000), 20'000)
         : is("/cut-early")  ? travelling(kind::cut, pattern(100), 0)
         : is("/cut-beyond") ? travelling(kind::cut, pattern(100), 100)
         : is("/reset")      ? travelling(kind::reset, "never seen")
         : is("/silent")     ? travelling(kind::silence, "never seen")
         : is("/late-reset") ? late(7s, travelling(kind::reset, ""))
         : is("/late-cut")   ? late(7s, travelling(kind::cut, "0123456789", 5))
         : is("/garbled")    ? travelling(kind::undecodable, pattern(20'000))
         : is("/garbled-0")  ? travelling(kind::undecodable, "")
         : is("/slow")       ? late(30s)
                             : echoed(query);
}

auto post(std::string path, std::string body) -> seams::request {
  auto out = get(host + std::move(path));
  out.method = "POST";
  out.fields = {{"Content-Type", "text/plain"},
                {"Authorization", "Bearer t"},
                {"Accept-Encoding", "br"},
                {"Host", "elsewhere"}};
  out.body = std::move(body);
  return out;
}

auto with_method(std::string method, std::string path) -> seams::request {
  auto out = get(host + std::move(path));
  out.method = std::move(method);
  return out;
}

auto all_exchanges() -> std::vector<seams::request> {
  auto out = std::vector<seams::request>();
  for (const auto* path :
       {"/small",      "/page",       "/large",   "/huge",      "/empty",    "/none",
        "/missing",    "/cut",        "/small",   "/cut-early", "/reset",    "/silent",
        "/cut-beyond", "/late-reset", "/garbled", "/garbled-0", "/late-cut", "/slow",
        "/small",      "/unmodified", "/echo",    "/silent",    "",          "/a%20b?q='x'&y#part",
        "?query=only"}) {
    out.push_back(get(host + path));
  }
  out.push_back(post("/echo", "hello"));
  out.push_back(post("/echo", ""));
  out.push_back(post("/echo", pattern(1'000'000)));
  out.push_back(with_method("HEAD", "/large"));
  out.push_back(with_method("HEAD", "/cut"));
  out.push_back(with_method("HEAD", "/garbled"));
  out.push_back(with_method("DELETE", "/echo"));
  out.push_back(with_method("BAD METHOD", "/echo"));
  out.push_back(get("https://Outlook.Office.COM:8443/echo"));
  out.push_back(get("http://graph.microsoft.com/no space"));
  out.push_back(get("/relative"));
  return out;
}

auto describe(const seams::result<seams::response>& outcome) -> std::string {
  if (!outcome) {
    return outcome.error().code;
  }
  auto out = std::to_string(outcome->status) + (outcome->body_undecodable ? " undecodable" : "");
  for (const auto& [name, value] : outcome->fields) {
    out += " " + name + "=" + value;
  }
  const auto& body = outcome->body;
  return out + " " + (body.size() < 300 ? body : seams::to_hex(seams::sha256(body)));
}

/// One exchange under a limit of virtual time.
auto ask(wire_world& world, seams::request query, seams::duration limit)
    -> net::awaitable<std::string> {
  using namespace net::experimental::awaitable_operators;
  const auto first =
      co_await (world.client->exchange(std::move(query)) || world.time.sleep_for(limit, "limit"));
  co_return first.index() == 0 ? describe(std::get<0>(first)) : "no answer in time";
}

auto ask_all(wire_world& world, std::vector<seams::request> queries, trace& out, bool& finished)
    -> net::awaitable<void> {
  for (auto& query : queries) {
    const auto title = query.method + " " + query.url;
    const auto outcome = co_await ask(world, std::move(query), 10s);
    out.push_back(to_text(world.time.elapsed()) + " " + title + " -> " + outcome);
  }
  finished = true;
}

auto beat(wire_world& world, const bool& finished, int& beats) -> net::awaitable<void> {
  while (!finished) {
    co_await world.time.sleep_for(1s, "heartbeat");
    ++beats;
  }
}

auto trace_of(wire_kind kind, bool accept_gzip) -> trace {
  auto options = world_options();
  options.accept_gzip = accept_gzip;
  auto world = wire_world(kind, answer_of, options);
  auto out = trace();
  auto finished = false;
  auto beats = 0;
  world.spawn(beat(world, finished, beats));
  world.spawn(ask_all(world, all_exchanges(), out, finished));
  CHECK(world.run() == seams::stop_reason::stuck);
  out.push_back("beats " + std::to_string(beats) + " at " + to_text(world.time.elapsed()) +
                ", asked " + std::to_string(world.api.asked));
  return out;
}

void check_same(const trace& expected, const trace& got) {
  REQUIRE(expected.size() == got.size());
  for (auto i = std::size_t{0}; i < expected.size(); ++i) {
    CHECK(got[i] == expected[i]);
  }
}

auto line_with(const trace& lines, const std::string& part) -> std::string {
  for (const auto& line : lines) {
    if (line.find(part) != std::string::npos) {
      return line;
    }
  }
  return {};
}

auto ask_three_times(wire_world& world, std::string name, seams::duration pause, trace& out)
    -> net::awaitable<void> {
  for (auto i = 0; i < 3; ++i) {
    const auto url = host + "/" + name + std::to_string(i);
    const auto outcome = co_await ask(world, get(url), 10s);
    out.push_back(to_text(world.time.elapsed()) + " " + name + " got " + outcome);
    co_await world.time.sleep_for(pause, name);
  }
}

auto concurrent_trace(wire_kind kind) -> trace {
  auto out = trace();
  auto how = [&out](const seams::request& query) {
    out.push_back("served " + query.url);
    return query.url.ends_with("b1") ? late(3s, echoed(query)) : echoed(query);
  };
  auto world = wire_world(kind, how);
  world.spawn(ask_three_times(world, "a", 2s, out));
  world.spawn(ask_three_times(world, "b", 2s, out));
  world.spawn(ask_three_times(world, "c", 1s, out));
  CHECK(world.run() == seams::stop_reason::stuck);
  return out;
}

auto ask_many(wire_world& world, int times, int& good) -> net::awaitable<void> {
  for (auto i = 0; i < times; ++i) {
    const auto outcome = co_await world.client->exchange(get(host + "/small"));
    good += outcome && outcome->status == 200 ? 1 : 0;
    co_await world.time.sleep_for(5min, "next poll");
  }
}

auto ask_in_vain(wire_world& world, std::string path) -> net::awaitable<void> {
  const auto outcome = co_await world.client->exchange(get(host + path));
  CHECK_MESSAGE(false, "an answer came: ", describe(outcome));
}

} // namespace

TEST_SUITE("wires_agree") {
  TEST_CASE("one list of exchanges gives one trace on every wire, times and heartbeats included") {
    const auto expected = trace_of(wire_kind::memory, true);
    check_same(expected, trace_of(wire_kind::tcp, true));
    check_same(expected, trace_of(wire_kind::tls, true));
    check_same(expected, trace_of(wire_kind::tcp, false));
    check_same(expected, trace_of(wire_kind::tls, false));
  }

  TEST_CASE("the trace says what the deliveries mean") {
    const auto lines = trace_of(wire_kind::memory, true);
    CHECK(lines[0].starts_with("0s GET https://graph.microsoft.com/small -> 200 Content-Type"));
    CHECK(line_with(lines, "/cut ").ends_with("-> answer_cut"));
    CHECK(line_with(lines, "/cut-early ").ends_with("-> answer_cut"));
    CHECK(line_with(lines, "/cut-beyond ").find("-> 200 ") != std::string::npos);
    CHECK(line_with(lines, "/reset ").ends_with("-> connection_reset"));
    CHECK(line_with(lines, "10s GET") == "10s GET " + host + "/silent -> no answer in time");
    CHECK(line_with(lines, "/late-reset ") ==
          "17s GET " + host + "/late-reset -> connection_reset");
    CHECK(line_with(lines, "/garbled ").find("200 undecodable ") != std::string::npos);
    CHECK(line_with(lines, "/slow ") == "34s GET " + host + "/slow -> no answer in time");
    CHECK(line_with(lines, "BAD METHOD").ends_with("-> connect_failed"));
    CHECK(line_with(lines, "GET /relative").ends_with("-> connect_failed"));
    CHECK(line_with(lines, "/no space").ends_with("-> connect_failed"));
    CHECK(line_with(lines, "Office.COM").find("GET https://outlook.office.com:8443/echo") !=
          std::string::npos);
    CHECK(lines.back() == "beats 45 at 45s, asked 33");
  }

  TEST_CASE("exchanges that overlap reach the service in the order of their start") {
    const auto expected = concurrent_trace(wire_kind::memory);
    CHECK(expected.size() == 18);
    check_same(expected, concurrent_trace(wire_kind::tcp));
    check_same(expected, concurrent_trace(wire_kind::tls));
  }

  TEST_CASE("a thousand polls use one connection") {
    for (const auto kind : {wire_kind::tcp, wire_kind::tls}) {
      auto world = wire_world(kind, answer_of);
      auto good = 0;
      world.spawn(ask_many(world, 1'000, good));
      CHECK(world.run(200h) == seams::stop_reason::stuck);
      CHECK(good == 1'000);
      CHECK(world.server->accepted() == 1);
      CHECK(world.time.elapsed() == 1'000 * 5min);
    }
  }

  TEST_CASE("worlds on several threads share one certificate and do not disturb each other") {
    auto good = std::array<int, 3>();
    {
      auto threads = std::vector<std::jthread>();
      for (auto& mine : good) {
        threads.emplace_back([&mine] {
          auto world = wire_world(wire_kind::tls, answer_of);
          world.spawn(ask_many(world, 20, mine));
          world.run();
        });
      }
    }
    CHECK(good == std::array{20, 20, 20});
  }

  TEST_CASE("a world that is thrown away with hung and slow answers leaks nothing") {
    for (const auto kind : wire_kinds) {
      auto world = wire_world(kind, answer_of);
      world.spawn(ask_in_vain(world, "/silent"));
      world.spawn(ask_in_vain(world, "/slow"));
      auto good = 0;
      world.spawn(ask_many(world, 1'000, good));
      CHECK(world.run(20s) == seams::stop_reason::time_bound);
      CHECK(good == 1);
      CHECK(!world.total.any());
    }
  }
}
