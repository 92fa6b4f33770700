#include "tests/core/feeds/feed_bench.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace fakes;

namespace {

constexpr auto hunting = "/runHuntingQuery";
constexpr auto list = "/subscriptions/list";
constexpr auto content = "/subscriptions/content";
constexpr auto blob = "/audit/b1";

constexpr auto click_row =
    R"({"Timestamp":"2026-03-10T07:00:00Z","ReportId":"r","ActionType":"ClickBlocked",)"
    R"("IsClickedThrough":0})";
constexpr auto click_record =
    R"({"CreationTime":"2026-03-10T07:00:00","Id":"i","RecordType":41,"Url":"https://a/"})";

auto refused(int status, const std::string& code) -> answer {
  return reply(status, R"({"error":{"code":")" + code + R"(","message":"no"}})");
}

struct both_bench : feed_bench {
  both_bench() : feed_bench("safe_links") {
    hunts({reply(200, std::string(R"({"results":[)") + click_row + "]}")});
    net.on(list, {reply(200, R"([{"contentType":"Audit.General","status":"enabled"}])")});
    net.on(content,
           {reply(200,
                  R"([{"contentId":"b1","contentUri":"https://manage.office.com/audit/b1",)"
                  R"("contentExpiration":"2026-03-17T07:00:00.000Z"}])")});
    net.on(blob,
           {reply(200, "[" + std::string(click_record) + R"(,{"Id":"x","RecordType":28},7])")});
  }
  void hunts(std::vector<answer> answers) { net.on(hunting, std::move(answers)); }
  [[nodiscard]] auto keys() const -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (const auto& one : stored()) {
      out.push_back(one.key);
    }
    return out;
  }
};

const auto row_key = std::string("r|ClickBlocked|0|2026-03-10T07:00:00Z");

} // namespace

TEST_SUITE("safe_links_feed") {
  TEST_CASE("both sources are stored, each record under a key of its own") {
    both_bench world;
    const auto done = world.poll();
    REQUIRE(done.has_value());
    CHECK_FALSE(done->odd.has_value());
    CHECK(world.keys() == std::vector<std::string>{"audit|i", row_key});
    CHECK(world.stored().front().raw == click_record);
    CHECK(world.stored().front().connector_type == "ms365_safe_links");
  }

  TEST_CASE("cursors are apart, and blobs are read once") {
    both_bench world;
    CHECK(world.poll().has_value());
    CHECK(world.poll().has_value());
    CHECK(world.net.count(blob) == 1);
    CHECK(world.records.cursors.contains("safe_links"));
    CHECK(world.records.cursors.contains("safe_links/audit"));
  }

  TEST_CASE("without the hunting permission the audit log is read, and health says what it hides") {
    both_bench world;
    world.hunts({refused(403, "Forbidden")});
    const auto done = world.poll();
    REQUIRE(done.has_value());
    REQUIRE(done->odd.has_value());
    CHECK(done->odd->state == "insufficient_permissions");
    CHECK(done->odd->code == "clicks_from_audit_only");
    CHECK(world.keys() == std::vector<std::string>{"audit|i"});
  }

  TEST_CASE("without the audit permission hunting is enough") {
    both_bench world;
    world.net.on(list, {refused(401, "AF10001")});
    const auto done = world.poll();
    REQUIRE(done.has_value());
    CHECK_FALSE(done->odd.has_value());
    CHECK(world.keys() == std::vector<std::string>{row_key});
  }

  TEST_CASE("without both the missing hunting permission is named") {
    both_bench world;
    world.hunts({refused(403, "Forbidden")});
    world.net.on(list, {refused(401, "AF10001")});
    const auto done = world.poll();
    REQUIRE_FALSE(done.has_value());
    CHECK(done.error().code == "Forbidden");
  }

  TEST_CASE("trouble of one source is told, and the other is stored") {
    both_bench world;
    world.net.on(list, {refused(503, "AF50000")});
    const auto done = world.poll();
    REQUIRE_FALSE(done.has_value());
    CHECK(done.error().code == "503");
    CHECK(world.keys() == std::vector<std::string>{row_key});
  }

  TEST_CASE("the token of a Teams check page is cut before storing") {
    both_bench world;
    world.hunts({reply(
        200,
        R"({"results":[{"Timestamp":"2026-03-10T07:00:00Z","ReportId":"r","ActionType":"ClickBlocked",)"
        R"("Url":"https://statics.teams.cdn.office.net/evergreen-assets/safelinks/2/atp-safelinks.html)"
        R"(?url=https%3A%2F%2Fa%2F&pc=t0ken~canary&si=1"}]})")});
    CHECK(world.poll().has_value());
    const auto kept = world.stored().at(1);
    CHECK(kept.raw.find("t0ken") == std::string::npos);
    CHECK(kept.raw.find("&pc=&si=1") != std::string::npos);
    CHECK(kept.cuts == std::vector<std::string>{"pc"});
  }
}
