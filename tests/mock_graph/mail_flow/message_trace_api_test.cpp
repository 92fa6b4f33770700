#include "tests/mock_graph/mail_flow/traces.hpp"

using namespace std::chrono_literals;
using namespace tests;
using nlohmann::json;

namespace {

auto rows(const seams::response& answer) -> json {
  return json::parse(answer.body).at("value");
}

auto span(const std::string& from, const std::string& to) -> std::string {
  return "?$filter=receivedDateTime ge " + from + " and receivedDateTime le " + to;
}

} // namespace

TEST_SUITE("message_trace_api") {
  TEST_CASE("a row has the members of exchangeMessageTrace, in order") {
    auto world = mailing(mailing_tenant(), {mail(1min, "m", {"dana"})});
    const auto answer = world.graph(10min, "");
    REQUIRE(answer.status == 200);
    const auto list = nlohmann::ordered_json::parse(answer.body).at("value");
    REQUIRE(list.size() == 1);
    auto names = std::vector<std::string>();
    for (const auto& [name, value] : list[0].items()) {
      names.push_back(name);
    }
    CHECK(names == std::vector<std::string>{"id",
                                            "senderAddress",
                                            "recipientAddress",
                                            "messageId",
                                            "receivedDateTime",
                                            "subject",
                                            "size",
                                            "fromIP",
                                            "toIP",
                                            "status"});
    CHECK(list[0]["toIP"] == "");
    CHECK(list[0]["size"].is_number_integer());
  }

  TEST_CASE("nothing shows before its time, and without a filter only two days do") {
    auto world =
        mailing(mailing_tenant(), {mail(1min, "old", {"dana"}), mail(72h, "new", {"dana"})});
    CHECK(rows(world.graph(5min, "")).empty());
    CHECK(rows(world.graph(72h + 10min, "")).size() == 1);
  }

  TEST_CASE("pages follow the skip token while mail arrives") {
    auto state = mailing_tenant();
    state.pages.message_trace = 2;
    auto world = mailing(state,
                         {mail(1min, "a", {"dana"}),
                          mail(2min, "b", {"dana"}),
                          mail(3min, "c", {"dana"}),
                          mail(9min, "d", {"dana"})});
    auto seen = std::set<std::string>();
    auto answer = world.graph(10min, "");
    for (const auto& one : rows(answer)) {
      seen.insert(one["id"]);
    }
    const auto next = json::parse(answer.body).at("@odata.nextLink").get<std::string>();
    answer = world.ask(world.graph_door, 20min, next);
    REQUIRE(answer.status == 200);
    CHECK_FALSE(json::parse(answer.body).contains("@odata.nextLink"));
    for (const auto& one : rows(answer)) {
      seen.insert(one["id"]);
    }
    CHECK(seen.size() == 3);
  }

  TEST_CASE("ten days a query, ninety days back, not the future") {
    auto world = mailing(mailing_tenant(), {});
    const auto status = [&](const std::string& from, const std::string& to) {
      return world.graph(1h, span(from, to)).status;
    };
    CHECK(status("2026-02-28T00:00:00Z", "2026-03-10T00:00:00Z") == 200);
    CHECK(status("2026-02-27T23:59:59Z", "2026-03-10T00:00:00Z") == 400);
    CHECK(status("2025-12-09T00:00:00Z", "2025-12-12T00:00:00Z") == 400);
    CHECK(status("2026-03-10T00:00:00Z", "2026-03-10T02:00:00Z") == 400);
  }

  TEST_CASE("the filter knows eq, ge, le and the tests of the subject") {
    auto world = mailing(mailing_tenant(), {mail(1min, "m", {"dana", "omar"})});
    CHECK(rows(world.graph(1h, "?$filter=recipientAddress eq 'omar@contoso.com'")).size() == 1);
    CHECK(rows(world.graph(1h, "?$filter=contains(subject, ' more')")).size() == 2);
    CHECK(rows(world.graph(1h, "?$filter=startswith(subject, 'more or')")).empty());
    CHECK(world.graph(1h, "?$filter=status ne 'failed'").status == 400);
    CHECK(world.graph(1h, "?$filter=receivedDateTime gt 2026-03-10T00:00:00Z").status == 400);
    CHECK(world.graph(1h, "?$top=5001").status == 400);
    CHECK(world.graph(1h, "?$orderby=subject").status == 400);
  }

  TEST_CASE("role and service principal are asked for, each in its own words") {
    auto state = mailing_tenant();
    state.message_trace_from = start + 2h;
    auto world = mailing(state, {});
    const auto early = world.graph(1h, "");
    CHECK(early.status == 401);
    CHECK(early.body.find("8bd644d1-64a1-4d4b-ae52-2e0cbf64e373 was not found") !=
          std::string::npos);
    world.roles = {"Mail.Read"};
    CHECK(world.graph(3h, "").status == 403);
  }

  TEST_CASE("Graph of other clouds does not know the list, that of GCC does") {
    for (const auto* cloud : {"gcc_high", "dod", "china"}) {
      auto state = mailing_tenant();
      state.cloud = cloud;
      const auto answer = mailing(state, {}).graph(10min, "");
      CHECK(answer.status == 400);
      CHECK(json::parse(answer.body)["error"]["message"] ==
            "Resource not found for the segment 'tracing'.");
    }
    auto state = mailing_tenant();
    state.cloud = "gcc";
    CHECK(mailing(state, {}).graph(10min, "").status == 200);
  }

  TEST_CASE("the hundred and first request within five minutes waits") {
    auto world = mailing(mailing_tenant(), {});
    for (auto i = 0; i < 100; ++i) {
      CHECK(world.graph(1h, "").status == 200);
    }
    const auto refused = world.graph(1h + 1min, "");
    CHECK(refused.status == 429);
    CHECK(refused.fields.find("Retry-After") == "240");
    CHECK(world.graph(1h + 5min, "").status == 200);
  }

  TEST_CASE("recalled is told to those who ask for unknown members") {
    auto change = tenant::event{start + 2h, "f:2", tenant::trace_change{"m", "", "recalled"}};
    auto world = mailing(mailing_tenant(), {mail(1min, "m", {"dana"}), change});
    CHECK(rows(world.graph(3h, ""))[0]["status"] == "unknownFutureValue");
    CHECK(rows(world.graph(3h, "", {{"Prefer", "include-unknown-enum-members"}}))[0]["status"] ==
          "recalled");
  }

  TEST_CASE("details are asked for by recipient") {
    auto world = mailing(mailing_tenant(), {mail(1min, "m", {"dana"})});
    const auto id = rows(world.graph(1h, ""))[0]["id"].get<std::string>();
    const auto found =
        world.graph(1h, "/" + id + "/getDetailsByRecipient(recipientAddress='dana@contoso.com')");
    REQUIRE(found.status == 200);
    CHECK(rows(found).at(1)["event"] == "Deliver");
    CHECK(world.graph(1h, "/" + id + "/getDetailsByRecipient(recipientAddress='x@y')").status ==
          404);
  }
}
