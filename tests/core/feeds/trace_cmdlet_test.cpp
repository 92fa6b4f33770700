#include "core/feeds/trace_source.hpp"
#include "tests/core/feeds/feed_bench.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

using namespace std::chrono_literals;
using namespace fakes;
using nlohmann::json;

namespace {

constexpr auto cmdlet_route = "/InvokeCommand";

struct trace {
  std::string id;
  seams::instant received;
  std::string recipient;
  std::string status = "Delivered";
};

/// Seven digits, as the service writes it.
auto received_text(const trace& of) -> std::string {
  auto out = text(std::chrono::floor<std::chrono::seconds>(of.received));
  out.pop_back();
  return out + ".0000000Z";
}

auto row_text(const trace& of) -> std::string {
  return R"({"MessageTraceId":")" + of.id +
         R"(","Received@data.type":"System.DateTime","Received":")" + received_text(of) +
         R"(","RecipientAddress":")" + of.recipient + R"(","Status":")" + of.status + "\"}";
}

auto page_text(const std::vector<std::string>& rows, bool cut) -> answer {
  auto body =
      std::string(R"({"@adminapi.warnings":[)") + (cut ? R"("There are more results")" : "");
  body += R"(],"value":[)";
  for (const auto& one : rows) {
    body += (body.back() == '[' ? "" : ",") + one;
  }
  return reply(200, body + "]}");
}

/// A tenant whose Graph and report refuse, and whose cmdlet gives `most` rows a query, as observed:
/// newest first, by recipient within one instant, the boundary row twice.
struct cmdlet_bench : feed_bench {
  cmdlet_bench() : feed_bench("message_trace") {
    net.respond = [this](const seams::request& query) { return answer_to(query); };
  }

  auto answer_to(const seams::request& query) -> answer {
    if (query.url.find("/token") != std::string::npos) {
      return token_reply("token-1");
    }
    if (query.url.find(cmdlet_route) == std::string::npos) {
      return reply(403, R"({"error":{"code":"Authorization_RequestDenied","message":"no"}})");
    }
    return refusal == 0 ? print(json::parse(query.body)["CmdletInput"]["Parameters"])
                        : reply(refusal, "");
  }

  auto print(const json& asked) -> answer {
    const auto from = asked["StartDate"].get<std::string>();
    const auto to = asked["EndDate"].get<std::string>();
    const auto starting = asked.value("StartingRecipientAddress", "");
    std::ranges::stable_sort(tenant_has, [](const trace& a, const trace& b) {
      return a.received != b.received ? a.received > b.received : a.recipient < b.recipient;
    });
    auto rows = std::vector<std::string>();
    for (const auto& one : tenant_has) {
      const auto at = received_text(one);
      const auto came_before = at == to && one.recipient < starting;
      if (at.substr(0, 19) >= from.substr(0, 19) && at.substr(0, 19) <= to.substr(0, 19) &&
          !came_before) {
        rows.push_back(row_text(one));
      }
    }
    const auto size = std::min(most, asked["ResultSize"].get<std::size_t>());
    const auto cut = rows.size() > size;
    rows.resize(std::min(rows.size(), size));
    return page_text(rows, cut);
  }

  void add(seams::duration ago, const std::string& recipient, std::string status = "Delivered") {
    const auto id = "id-" + std::to_string(tenant_has.size());
    tenant_has.push_back({id, start - ago, recipient, std::move(status)});
  }
  [[nodiscard]] auto queries() const -> std::vector<seen> { return net.to(cmdlet_route); }
  [[nodiscard]] auto parameters(std::size_t query) const -> json {
    return json::parse(queries().at(query).what.body)["CmdletInput"]["Parameters"];
  }

  std::vector<trace> tenant_has;
  std::size_t most = 5000;
  int refusal = 0; ///< status that the cmdlet is refused with
};

auto numbered(std::size_t i) -> std::string {
  const auto digits = std::to_string(i);
  return std::string(5 - digits.size(), '0') + digits + "@x.example";
}

} // namespace

TEST_SUITE("trace_cmdlet") {
  TEST_CASE("refused by Graph and the report, the feed runs the cmdlet for the window") {
    cmdlet_bench world;
    world.cursor_at(start - 1h);
    world.add(10min, "dana@contoso.com", "FilteredAsSpam");
    const auto done = world.poll();
    REQUIRE(done.has_value());
    CHECK_FALSE(done->odd.has_value());
    const auto stored = world.stored();
    REQUIRE(stored.size() == 1);
    CHECK(stored[0].key == "id-0|dana@contoso.com");
    CHECK(stored[0].version == "filteredAsSpam");
    CHECK(stored[0].raw == row_text(world.tenant_has.front()));
    CHECK(stored[0].event_time == start - 10min);
    const auto first = world.queries().at(0).what;
    CHECK(first.method == "POST");
    CHECK(first.fields.find("X-CmdletName") == "Get-MessageTraceV2");
    CHECK(world.parameters(0) == json{{"StartDate", "2026-03-08T07:00:00Z"},
                                      {"EndDate", "2026-03-09T07:00:00Z"},
                                      {"ResultSize", 5000}});
    CHECK(world.cursor().starts_with("2026-03-10T08:00:00"));
  }

  TEST_CASE("what is cut is read on from the last row, and the boundary row is stored once") {
    cmdlet_bench world;
    world.cursor_at(start - 1h);
    world.most = 3;
    for (const auto* to : {"a@x.example", "b@x.example", "c@x.example", "d@x.example"}) {
      world.add(20min, to);
      world.add(10min, to);
    }
    REQUIRE(world.poll().has_value());
    CHECK(world.stored().size() == 8);
    const auto last_window = world.parameters(world.queries().size() - 4);
    CHECK_FALSE(last_window.contains("StartingRecipientAddress"));
    const auto second = world.parameters(world.queries().size() - 3);
    CHECK(second["EndDate"] == "2026-03-10T07:50:00.0000000Z");
    CHECK(second["StartingRecipientAddress"] == "c@x.example");
    CHECK(second["StartDate"] == last_window["StartDate"]);
  }

  TEST_CASE("the boundary row is dropped, with another status it is not") {
    cmdlet_bench world;
    const auto walk = core::feeds::cmdlet_traces(
                          {*core::feeds::find_feed("message_trace"), world.options, world.config})
                          ->walk({start - 1h, start});
    const auto later = trace{"id-1", start - 2min, "b@x.example"};
    const auto last = trace{"id-2", start - 3min, "a@x.example", "Pending"};
    const auto take = [&](const std::vector<trace>& rows, bool cut) {
      auto texts = std::vector<std::string>();
      std::ranges::transform(rows, std::back_inserter(texts), row_text);
      REQUIRE(walk->next().value().has_value());
      return walk->take(page_text(texts, cut)->body).value().rows;
    };
    CHECK(take({later, last}, true).size() == 2);
    const auto rows = take({last, {"id-2", last.received, last.recipient, "Delivered"}}, false);
    REQUIRE(rows.size() == 1);
    CHECK(rows.front().version == "delivered");
    CHECK_FALSE(walk->next().value().has_value());
  }

  TEST_CASE("nothing is lost where thousands of rows share one instant") {
    cmdlet_bench world;
    world.cursor_at(start - 1h);
    world.most = 500;
    for (auto i = std::size_t{0}; i < 3000; ++i) {
      world.add(10min, numbered(i));
    }
    world.add(30min, "early@x.example");
    REQUIRE(world.poll().has_value());
    CHECK(world.stored().size() == 3001);
    CHECK(world.records.gaps().empty());
  }

  TEST_CASE("queries keep within a hundred in five minutes") {
    cmdlet_bench world;
    world.cursor_at(start - 1h);
    world.most = 2;
    for (auto i = std::size_t{0}; i < 150; ++i) {
      world.add(10min, numbered(i));
    }
    REQUIRE(world.poll().has_value());
    CHECK(world.stored().size() == 150);
    const auto asked = world.queries();
    REQUIRE(asked.size() > 150);
    for (auto i = std::size_t{100}; i < asked.size(); ++i) {
      CHECK(asked[i].at - asked[i - 100].at > 5min);
    }
  }

  TEST_CASE("a window that does not end is halved") {
    cmdlet_bench world;
    world.cursor_at(start - 1h);
    world.most = 2;
    for (auto i = std::size_t{0}; i < 500; ++i) {
      world.add(i * 2min + 1min, numbered(i));
    }
    REQUIRE(world.poll().has_value());
    CHECK(world.stored().size() == 500);
    CHECK(world.cursor().starts_with("2026-03-10T08:00:00"));
  }

  TEST_CASE("rows of one instant and one recipient that no query gives are a gap, told once") {
    cmdlet_bench world;
    world.cursor_at(start - 10min);
    world.most = 3;
    world.add(2min, "a@x.example");
    for (auto i = 0; i < 5; ++i) {
      world.add(2min, "b@x.example");
    }
    world.add(2min, "c@x.example");
    world.add(5min, "a@x.example");
    REQUIRE(world.poll().has_value());
    CHECK(world.stored().size() == 6);
    REQUIRE(world.records.gaps().size() == 1);
    CHECK(world.records.gaps().front().code == "list_cut");
    CHECK(world.records.gaps().front().text.find("b@x.example") != std::string::npos);
    world.run(5min);
    REQUIRE(world.poll().has_value());
    CHECK(world.records.gaps().size() == 1);
  }

  TEST_CASE("an answer that has more to give and shows nothing is no answer") {
    cmdlet_bench world;
    world.most = 0;
    world.add(10min, "a@x.example");
    const auto done = world.poll();
    REQUIRE_FALSE(done.has_value());
    CHECK(done.error().code == "answer_malformed");
    CHECK(world.cursor().empty());
  }

  TEST_CASE("a refusal names both grants; Graph's own stays the first word") {
    cmdlet_bench world;
    world.refusal = 401;
    const auto done = world.poll();
    REQUIRE_FALSE(done.has_value());
    CHECK(done.error().code == "Authorization_RequestDenied");
    CHECK(done.error().why.find("ExchangeMessageTrace.Read.All of Microsoft Graph") !=
          std::string::npos);
    CHECK(done.error().why.find("Exchange.ManageAsApp of Office 365 Exchange Online") !=
          std::string::npos);
    CHECK(done.error().why.find("Security Reader") != std::string::npos);
  }

  TEST_CASE("a cmdlet that was run and is refused is what health speaks of") {
    cmdlet_bench world;
    world.add(10min, "a@x.example");
    REQUIRE(world.poll().has_value());
    world.refusal = 403;
    world.run(5min);
    const auto done = world.poll();
    REQUIRE_FALSE(done.has_value());
    CHECK(done.error().code == "directory_role_missing");
    CHECK(done.error().why.find("ExchangeMessageTrace.Read.All") != std::string::npos);
  }

  TEST_CASE("Graph of a cloud that has no message traces is left alone for half an hour") {
    cmdlet_bench world;
    const auto usual = world.net.respond;
    world.net.respond = [&](const seams::request& query) {
      return query.url.find("messageTraces") == std::string::npos
                 ? usual(query)
                 : reply(400,
                         R"({"error":{"code":"BadRequest","message":)"
                         R"("Resource not found for the segment 'tracing'."}})");
    };
    world.add(10min, "a@x.example");
    CHECK(world.poll().has_value());
    world.run(5min);
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 1);
    CHECK(world.net.count("messageTraces") == 1);
  }
}
