#include "tests/mock_graph/exchange/exchange_world.hpp"

#include <set>

using namespace std::chrono_literals;
using namespace tests;

namespace {

constexpr auto v2 = "Get-MessageTraceV2";

auto letter(seams::duration at, const char* id, std::vector<std::string> to) -> tenant::event {
  auto what = tenant::mail();
  what.id = id;
  what.from = "sales@fabrikam.example";
  what.to = std::move(to);
  what.subject = std::string("Offer ") + id;
  return {start + at, "t.toml:1", what};
}

struct tracing : exchange_world {
  explicit tracing(const std::vector<tenant::event>& events,
                   const tenant::standing& state = protected_tenant())
      : exchange_world(state, events) {}

  auto page(const std::string& parameters, seams::duration at = 1h) -> json {
    const auto answer = run(v2, parameters, "", at);
    CHECK_MESSAGE(answer.status == 200, answer.body);
    return json::parse(answer.body);
  }
};

auto to_whom(const json& page) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& row : page["value"]) {
    out.push_back(row["RecipientAddress"]);
  }
  return out;
}

} // namespace

TEST_SUITE("traces") {
  TEST_CASE("a row has the fields of a live one, in their order, with types beside two of them") {
    auto world = tracing({letter(3s + 214ms, "a", {"dana"})});
    const auto row = nlohmann::ordered_json::parse(world.run(v2, "{}", "", 1h).body)["value"][0];
    auto names = std::vector<std::string>();
    for (const auto& [name, value] : row.items()) {
      names.push_back(name);
    }
    CHECK(names == std::vector<std::string>{"MessageTraceId",
                                            "MessageId",
                                            "Received@data.type",
                                            "Received",
                                            "SenderAddress",
                                            "RecipientAddress",
                                            "FromIP",
                                            "ToIP",
                                            "Subject",
                                            "Status",
                                            "Size@data.type",
                                            "Size"});
    CHECK(row["Received"] == "2026-03-10T00:00:03.2140000Z");
    CHECK(row["Received@data.type"] == "System.DateTime");
    CHECK(row["Size@data.type"] == "System.Int32");
    CHECK(row["ToIP"] == "");
    CHECK(row["Status"] == "Delivered");
  }

  TEST_CASE("the newest rows come first, those of one instant by recipient") {
    auto world = tracing(
        {letter(1min, "a", {"zoe@x.example", "Abe@x.example"}), letter(2min, "b", {"dana"})});
    const auto page = world.page("{}");
    CHECK(to_whom(page) ==
          std::vector<std::string>{"dana@contoso.com", "Abe@x.example", "zoe@x.example"});
    CHECK(page["@adminapi.warnings"].empty());
  }

  TEST_CASE("what is cut says so in a warning alone, which names the last row") {
    auto world = tracing({letter(1min, "a", {"a@x.example", "b@x.example", "c@x.example"})});
    const auto page = world.page(R"({"StartDate":"2026-03-10T00:00:00Z","ResultSize":2})");
    CHECK(page["value"].size() == 2);
    CHECK_FALSE(page.contains("@odata.nextLink"));
    REQUIRE(page["@adminapi.warnings"].size() == 1);
    CHECK(page["@adminapi.warnings"][0] ==
          "There are more results, use the following command to get more. Get-MessageTraceV2 "
          "-StartDate \"2026-03-10T00:00:00Z\" -EndDate \"2026-03-10T00:01:00.0000000Z\" "
          "-StartingRecipientAddress \"b@x.example\" -ResultSize 2");
  }

  TEST_CASE("the boundary row comes twice, and no row is left out") {
    auto world = tracing({letter(1min, "old", {"dana"}),
                          letter(2min, "a", {"a@x.example", "b@x.example", "c@x.example"})});
    const auto next = world.page(
        R"({"EndDate":"2026-03-10T00:02:00.0000000Z","StartingRecipientAddress":"B@x.example"})");
    CHECK(to_whom(next) ==
          std::vector<std::string>{"b@x.example", "c@x.example", "dana@contoso.com"});
  }

  TEST_CASE("a small page of the scenario cuts, the page size that Prefer asks for does not") {
    auto state = protected_tenant();
    auto many = std::vector<std::string>();
    for (auto i = 0; i < 30; ++i) {
      many.push_back(std::to_string(i) + "@x.example");
    }
    auto world = tracing({letter(1min, "a", many)}, state);
    world.fields.set("Prefer", "odata.maxpagesize=5");
    CHECK(world.page("{}")["value"].size() == 30);
    state.pages.message_trace = 4;
    CHECK(tracing({letter(1min, "a", many)}, state).page("{}")["value"].size() == 4);
  }

  TEST_CASE("filters choose rows") {
    auto world =
        tracing({letter(1min, "a", {"dana", "zoe@x.example"}), letter(2min, "b", {"dana"})});
    const auto count = [&](const std::string& filter) {
      return world.page("{" + filter + "}")["value"].size();
    };
    CHECK(count(R"("RecipientAddress":"ZOE@x.example")") == 1);
    CHECK(count(R"("RecipientAddress":["zoe@x.example","dana@contoso.com"])") == 3);
    CHECK(count(R"("SenderAddress":"nobody@x.example")") == 0);
    CHECK(count(R"("Status":"Delivered")") == 3);
    CHECK(count(R"("Status":["Failed","Pending"])") == 0);
    CHECK(count(R"("Subject":"offer b","SubjectFilterType":"StartsWith")") == 1);
    CHECK(count(R"("Subject":"offer","SubjectFilterType":"EndsWith")") == 0);
    const auto id = world.page("{}")["value"][0]["MessageTraceId"].get<std::string>();
    CHECK(count(R"("MessageTraceId":")" + id + "\"") == 1);
  }

  TEST_CASE("two days are shown where no window is asked for, and ten at most") {
    auto world = tracing({letter(1min, "a", {"dana"})});
    CHECK(world.page("{}", 47h)["value"].size() == 1);
    CHECK(world.page("{}", 49h)["value"].empty());
    const auto ten = R"({"StartDate":"2026-03-10T00:00:00Z","EndDate":"2026-03-20T00:00:00Z"})";
    CHECK(world.page(ten, 11 * 24h)["value"].size() == 1);
    const auto eleven = R"({"StartDate":"2026-03-10","EndDate":"2026-03-20T00:00:01Z"})";
    CHECK(world.run(v2, eleven, "", 11 * 24h).status == 400);
    CHECK(world.run(v2, ten, "", 91 * 24h).status == 400);
    CHECK(world.run(v2, R"({"StartDate":"2026-03-10","EndDate":"2026-03-09"})").status == 400);
  }

  TEST_CASE("a result size is between one and five thousand") {
    auto world = tracing({letter(1min, "a", {"dana"})});
    CHECK(world.run(v2, R"({"ResultSize":0})").status == 400);
    CHECK(world.run(v2, R"({"ResultSize":5001})").status == 400);
    CHECK(world.run(v2, R"({"ResultSize":5000})").status == 200);
  }

  TEST_CASE("the hundred and first query within five minutes is one too many") {
    auto world = tracing({letter(1min, "a", {"dana"})});
    for (auto i = 0; i < 100; ++i) {
      REQUIRE(world.run(v2, "{}", "", 1h).status == 200);
    }
    CHECK(world.run(v2, "{}", "", 1h).status == 429);
    CHECK(world.run("Get-SafeLinksPolicy", "{}", "", 1h).status == 200);
    CHECK(world.run(v2, "{}", "", 1h + 5min).status == 200);
  }

  TEST_CASE("the old cmdlet is refused on this door, and traces need no Defender") {
    auto world = tracing({letter(1min, "a", {"dana"})});
    CHECK(world.refusal("Get-MessageTrace", R"({"PageSize":10})").find("V2") != std::string::npos);
    auto state = protected_tenant();
    state.plan = tenant::licence::none;
    CHECK(tracing({letter(1min, "a", {"dana"})}, state).page("{}")["value"].size() == 1);
  }

  TEST_CASE("without a directory role there is no such cmdlet") {
    auto world = tracing({});
    world.app.directory_roles.clear();
    CHECK(world.run(v2).status == 403);
  }
}
