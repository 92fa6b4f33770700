#include "replay/cassette/cassette_text.hpp"
#include "replay/cassette/cassette_writer.hpp"
#include "tests/replay/cassette/cassette_in_memory.hpp"

#include <doctest/doctest.h>

namespace {

using namespace std::chrono_literals;

auto head() -> replay::cassette_head {
  return {.created_by = "offtenant 1.2.3",
          .base = seams::instant(std::chrono::sys_days{std::chrono::year{2026} / 3 / 10} + 8h),
          .policy = "default 1"};
}

auto poll() -> replay::exchange {
  auto out = replay::exchange();
  out.at = 1500ms;
  out.took = 80ms;
  out.asked = {
      "GET", "https://graph.microsoft.com/v1.0/security/alerts_v2", {{"Accept", "*/*"}}, ""};
  out.answered = {200, {{"Content-Type", "application/json"}}, R"({"value":[]})", false};
  return out;
}

auto is_same(const replay::exchange& a, const replay::exchange& b) -> bool {
  return replay::to_line(a) == replay::to_line(b) && a.asked.body == b.asked.body &&
         a.answered.body == b.answered.body;
}

TEST_SUITE("cassette_writer") {
  TEST_CASE("a cassette has one line for its head and one for each exchange, in a stable order") {
    auto files = test::cassette_in_memory();
    auto writer = replay::cassette_writer(files);
    REQUIRE(writer.begin(head()).has_value());
    REQUIRE(writer.add(poll()).has_value());
    CHECK(files.text ==
          R"({"format":"offtenant-cassette","version":1,"created_by":"offtenant 1.2.3",)"
          R"("base_time":"2026-03-10T08:00:00Z","policy":"default 1"})"
          "\n"
          R"({"at":1500,"took":80,"method":"GET",)"
          R"("url":"https://graph.microsoft.com/v1.0/security/alerts_v2",)"
          R"("request_headers":[["Accept","*/*"]],"status":200,)"
          R"("response_headers":[["Content-Type","application/json"]],)"
          R"("response_body":{"text":"{\"value\":[]}"}})"
          "\n");
  }

  TEST_CASE("what is written is read back to the byte: text, binary, large, and no answer") {
    auto exchanges = std::vector<replay::exchange>(4, poll());
    exchanges[1].answered.body = std::string("\xff\x00\n", 3);
    exchanges[1].answered.body_undecodable = true;
    exchanges[2].asked.body = "a=1\r\n\xc3\xa4";
    exchanges[2].answered.body = std::string(replay::inline_bytes_max + 1, 'x');
    exchanges[3].answered = {};
    exchanges[3].failed = "connection_reset";
    auto files = test::cassette_in_memory();
    auto writer = replay::cassette_writer(files);
    REQUIRE(writer.begin(head()).has_value());
    for (const auto& one : exchanges) {
      REQUIRE(writer.add(one).has_value());
    }
    CHECK(files.bodies.size() == 1);
    const auto read = files.read();
    REQUIRE(read.has_value());
    CHECK(read->torn.empty());
    CHECK(read->head.base == head().base);
    CHECK(read->head.policy == "default 1");
    REQUIRE(read->exchanges.size() == exchanges.size());
    for (auto i = std::size_t{0}; i < exchanges.size(); ++i) {
      CAPTURE(i);
      CHECK(is_same(read->exchanges[i], exchanges[i]));
    }
    CHECK(read->exchanges[1].answered.body_undecodable);
  }

  TEST_CASE("wherever the writer is killed, what was whole before is read") {
    auto files = test::cassette_in_memory();
    auto writer = replay::cassette_writer(files);
    REQUIRE(writer.begin(head()).has_value());
    REQUIRE(writer.add(poll()).has_value());
    const auto whole = files.text;
    REQUIRE(writer.add(poll()).has_value());
    const auto all = files.text;
    for (auto size = whole.size() + 1; size < all.size() - 1; ++size) {
      files.text = all.substr(0, size);
      const auto read = files.read();
      REQUIRE(read.has_value());
      CHECK(read->exchanges.size() == 1);
      CHECK(read->torn == "line 3, " + std::to_string(size - whole.size()) + " bytes");
    }
    files.text = all.substr(0, all.size() - 1);
    CHECK(files.read()->exchanges.size() == 2);
  }

  TEST_CASE("after a failed write nothing is added behind the half line") {
    auto files = test::cassette_in_memory();
    auto writer = replay::cassette_writer(files);
    REQUIRE(writer.begin(head()).has_value());
    files.full = true;
    CHECK_FALSE(writer.add(poll()).has_value());
    files.full = false;
    CHECK_FALSE(writer.add(poll()).has_value());
    const auto read = files.read();
    REQUIRE(read.has_value());
    CHECK(read->exchanges.empty());
    CHECK_FALSE(read->torn.empty());
  }

  TEST_CASE("a header that is no UTF-8 does not spoil the line") {
    auto files = test::cassette_in_memory();
    auto writer = replay::cassette_writer(files);
    auto odd = poll();
    odd.answered.fields.add("X-Odd", "a\xff");
    REQUIRE(writer.begin(head()).has_value());
    REQUIRE(writer.add(odd).has_value());
    CHECK(files.read()->exchanges[0].answered.fields.find("x-odd") == "a\xef\xbf\xbd");
  }
}

} // namespace
