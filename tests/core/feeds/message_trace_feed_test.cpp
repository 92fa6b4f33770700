#include "tests/core/feeds/feed_bench.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace fakes;

namespace {

constexpr auto trace_list = "/tracing/messageTraces";
constexpr auto report = "/reporting.svc/MessageTrace";

auto graph_row(const std::string& id, const std::string& to, const std::string& status)
    -> std::string {
  return R"({"id":")" + id + R"(","recipientAddress":")" + to +
         R"(","receivedDateTime":"2026-03-10T07:58:03.2146666Z","status":")" + status + "\"}";
}

auto report_row(const std::string& id,
                const std::string& to,
                const std::string& status,
                const std::string& echo = "1") -> std::string {
  return R"({"__metadata":{"id":"x()" + echo + R"x()"},"Received":"\/Date(1773129483214)\/",)x" +
         R"("RecipientAddress":")" + to + R"(","Status":")" + status + R"(","MessageTraceId":")" +
         id + R"(","StartDate":")" + echo + R"(","EndDate":")" + echo + R"(","Index":)" + echo +
         "}";
}

auto joined(const std::vector<std::string>& rows) -> std::string {
  auto out = std::string("[");
  for (const auto& one : rows) {
    out += (out.size() > 1 ? "," : "") + one;
  }
  return out + "]";
}

auto graph_page(const std::vector<std::string>& rows, const std::string& next = "") -> answer {
  return reply(200,
               "{\"value\":" + joined(rows) +
                   (next.empty() ? "}" : R"(,"@odata.nextLink":")" + next + "\"}"));
}

auto report_page(const std::vector<std::string>& rows, const std::string& next = "") -> answer {
  return reply(200,
               "{\"d\":{\"results\":" + joined(rows) +
                   (next.empty() ? "}}" : R"(,"__next":")" + next + "\"}}"));
}

auto forbidden() -> answer {
  return reply(403, R"({"error":{"code":"Authorization_RequestDenied","message":"no"}})");
}

auto switched_off() -> answer {
  return reply(403, R"({"ErrorCode":"","Message":"No permission to access the report"})");
}

struct trace_bench : feed_bench {
  trace_bench() : feed_bench("message_trace") {
    net.latency = 1s;
    net.on("/InvokeCommand", {reply(401, "")});
  }
  void graph_says(std::vector<answer> list) { net.on(trace_list, std::move(list)); }
  void report_says(std::vector<answer> list) { net.on(report, std::move(list)); }
};

} // namespace

TEST_SUITE("message_trace_feed") {
  TEST_CASE("Graph is asked for the window by the time of receipt") {
    trace_bench world;
    world.cursor_at(start - 1h);
    world.graph_says({graph_page({})});
    CHECK(world.poll().has_value());
    CHECK(world.net.to(trace_list).at(0).what.url ==
          "https://graph.microsoft.com/v1.0/admin/exchange/tracing/messageTraces?$filter="
          "receivedDateTime%20ge%202026-03-08T07%3A00%3A00Z%20and%20receivedDateTime%20le%20"
          "2026-03-10T08%3A00%3A00Z&$top=5000");
    CHECK(world.cursor() == text(start));
    CHECK(world.net.count(report) == 0);
  }

  TEST_CASE("two days are read again in the first poll of an hour, the overlap in the others") {
    trace_bench world;
    world.graph_says({graph_page({})});
    CHECK(world.poll().has_value());
    const auto begins = [&](std::size_t query) {
      const auto url = world.net.to(trace_list).at(query).what.url;
      const auto from = url.find("ge%20") + 5;
      return url.substr(from, url.find("%20and") - from);
    };
    world.run(10min);
    CHECK(world.poll().has_value());
    CHECK(begins(1) == "2026-03-10T02%3A00%3A00Z");
    world.run(50min);
    CHECK(world.poll().has_value());
    CHECK(begins(2).starts_with("2026-03-08T08%3A10"));
  }

  TEST_CASE("a row is known by trace and recipient, and each status is a version") {
    trace_bench world;
    const auto first = graph_row("AB-1", "Dana@contoso.com", "pending");
    world.graph_says({graph_page({first, graph_row("ab-1", "omar@contoso.com", "delivered")}),
                      graph_page({graph_row("ab-1", "dana@contoso.com", "delivered")})});
    CHECK(world.poll().has_value());
    CHECK(world.poll().has_value());
    const auto stored = world.stored();
    REQUIRE(stored.size() == 3);
    CHECK(stored[0].key == "ab-1|dana@contoso.com");
    CHECK(stored[0].version == "delivered");
    CHECK(stored[1].raw == first);
    CHECK(text(stored[1].event_time.value()) == "2026-03-10T07:58:03.2146666Z");
  }

  TEST_CASE("a long absence is read in windows of ten days, and the cursor follows each") {
    trace_bench world;
    world.cursor_at(start - std::chrono::days{25});
    world.graph_says({graph_page({}), graph_page({}), forbidden()});
    world.report_says({forbidden()});
    CHECK_FALSE(world.poll().has_value());
    CHECK(world.cursor() == text(start - std::chrono::days{7}));
  }

  TEST_CASE("what is older than ninety days is declared lost") {
    trace_bench world;
    world.cursor_at(start - std::chrono::days{100});
    world.graph_says({graph_page({})});
    CHECK(world.poll().has_value());
    REQUIRE(world.records.gaps().size() == 1);
    CHECK(world.records.gaps().front().code == "too_old");
  }

  TEST_CASE("refused by Graph, the feed reads the report, page by page, and says so") {
    trace_bench world;
    world.cursor_at(start - 1h);
    world.graph_says({forbidden()});
    world.report_says(
        {report_page({report_row("a", "dana@contoso.com", "Delivered")},
                     "https://reports.office365.com/ecp/reportingwebservice/reporting.svc/"
                     "MessageTrace?$skiptoken=1"),
         report_page({report_row("a", "omar@contoso.com", "FilteredAsSpam")})});
    const auto done = world.poll();
    REQUIRE(done.has_value());
    REQUIRE(done->odd.has_value());
    CHECK(done->odd->state == "retired_api");
    CHECK(done->odd->text.find("ExchangeMessageTrace.Read.All of Microsoft Graph") !=
          std::string::npos);
    CHECK(world.net.to(report).at(0).what.url.starts_with(
        "https://reports.office365.com/ecp/reportingwebservice/reporting.svc/MessageTrace?"
        "$filter=StartDate%20eq%20datetime%272026-03-08T07%3A00%3A00Z%27%20and%20EndDate"));
    const auto stored = world.stored();
    REQUIRE(stored.size() == 2);
    CHECK(stored[1].version == "filteredAsSpam");
    CHECK(text(stored[1].event_time.value()) == "2026-03-10T07:58:03.214Z");
    CHECK(stored[1].cuts == std::vector<std::string>{"query_echo"});
    CHECK(stored[1].raw ==
          R"({"Received":"\/Date(1773129483214)\/","RecipientAddress":"omar@contoso.com",)"
          R"("Status":"FilteredAsSpam","MessageTraceId":"a"})");
  }

  TEST_CASE("a flat page without a link goes on by the count of rows") {
    trace_bench world;
    world.graph_says({forbidden()});
    auto many = std::vector<std::string>();
    for (auto i = 0; i < 2000; ++i) {
      many.push_back(report_row(std::to_string(i), "dana@contoso.com", "Delivered"));
    }
    world.report_says({reply(200, "{\"value\":" + joined(many) + "}"),
                       reply(200, "{\"value\":" + joined({many.front()}) + "}")});
    CHECK(world.poll().has_value());
    CHECK(world.net.to(report).at(1).what.url.ends_with("&$skiptoken=2000"));
    CHECK(world.stored().size() == 2000);
  }

  TEST_CASE("a row of the report is the same row whatever query it echoes") {
    trace_bench world;
    world.graph_says({forbidden()});
    world.report_says({report_page({report_row("a", "dana@contoso.com", "Delivered", "1")}),
                       report_page({report_row("a", "dana@contoso.com", "Delivered", "2")})});
    CHECK(world.poll().has_value());
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 1);
  }

  TEST_CASE("what the report gave is not stored again when Graph shows it, a new status is") {
    trace_bench world;
    world.graph_says({forbidden(),
                      graph_page({graph_row("a", "dana@contoso.com", "delivered"),
                                  graph_row("a", "omar@contoso.com", "failed")})});
    world.report_says({report_page({report_row("a", "Dana@contoso.com", "Delivered"),
                                    report_row("a", "omar@contoso.com", "Pending")})});
    CHECK(world.poll().has_value());
    world.run(31min);
    const auto moved = world.poll();
    REQUIRE(moved.has_value());
    CHECK_FALSE(moved->odd.has_value());
    CHECK(world.stored().size() == 3);
    CHECK(world.net.count(report) == 1);
  }

  TEST_CASE("what one source gave is known when another shows it, and its new status is not") {
    trace_bench world;
    const auto shown = [](const std::string& status) {
      return reply(200,
                   R"({"@adminapi.warnings":[],"value":[{"MessageTraceId":"a","Received":)"
                   R"("2026-03-10T07:58:03.2140000Z","RecipientAddress":"dana@contoso.com",)"
                   R"("Status":")" +
                       status + "\"}]}");
    };
    world.graph_says({forbidden()});
    world.report_says(
        {report_page({report_row("a", "dana@contoso.com", "Pending")}), switched_off()});
    world.net.on("/InvokeCommand", {shown("Pending"), shown("Delivered")});
    CHECK(world.poll().has_value());
    world.run(5min);
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 1);
    world.run(5min);
    CHECK(world.poll().has_value());
    CHECK(world.stored().size() == 2);
    CHECK(world.net.count(report) == 2);
  }

  TEST_CASE("Graph is asked again after half an hour, or when the report refuses") {
    trace_bench world;
    world.graph_says({forbidden()});
    world.report_says({report_page({report_row("a", "dana@contoso.com", "Delivered")}),
                       report_page({}),
                       switched_off()});
    CHECK(world.poll().has_value());
    world.run(5min);
    CHECK(world.poll().has_value());
    CHECK(world.net.count(trace_list) == 1);
    world.run(5min);
    CHECK_FALSE(world.poll().has_value());
    CHECK(world.net.count(trace_list) == 1);
    CHECK_FALSE(world.poll().has_value());
    CHECK(world.net.count(trace_list) == 2);
  }

  TEST_CASE("a report that was read and refuses after the announced day is retired") {
    trace_bench world;
    world.graph_says({forbidden()});
    world.report_says(
        {report_page({report_row("a", "dana@contoso.com", "Delivered")}), switched_off()});
    CHECK(world.poll().has_value());
    const auto early = world.poll();
    REQUIRE_FALSE(early.has_value());
    CHECK(early.error().code == "reporting_service_refused");
    world.run(std::chrono::days{27});
    const auto late = world.poll();
    REQUIRE_FALSE(late.has_value());
    CHECK(late.error().code == "reporting_service_retired");
    CHECK(core::health::state_of(late.error()) == "retired_api");
  }

  TEST_CASE("a report that was never read does not hide why Graph refuses") {
    trace_bench world;
    world.graph_says(
        {reply(401,
               R"({"error":{"code":"Unauthorized","message":"The service principal )"
               R"(for App ID 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373 was not found."}})")});
    world.report_says({reply(401, "<html>401</html>")});
    const auto done = world.poll();
    REQUIRE_FALSE(done.has_value());
    CHECK(done.error().code == "service_principal_missing");
    CHECK(core::health::state_of(done.error()) == "insufficient_permissions");
  }

  TEST_CASE("trouble of Graph is no reason to move") {
    trace_bench world;
    world.graph_says({reply(503, "")});
    CHECK_FALSE(world.poll().has_value());
    CHECK(world.net.count(report) == 0);
    CHECK(world.cursor().empty());
  }

  TEST_CASE("a page without rows to read is no success") {
    trace_bench world;
    world.graph_says({reply(200, R"({"value":{}})")});
    const auto done = world.poll();
    REQUIRE_FALSE(done.has_value());
    CHECK(done.error().code == "answer_malformed");
  }
}
