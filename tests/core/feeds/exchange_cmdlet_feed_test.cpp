#include "tests/core/feeds/feed_bench.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace fakes;

namespace {

constexpr auto route = "/InvokeCommand";
const auto root =
    std::string("https://outlook.office365.com/adminapi/beta/") + tenant + "/InvokeCommand";

auto policy(const std::string& guid, const std::string& changed) -> std::string {
  return R"({"Name":"p","WhenChangedUTC":")" + changed + R"(","Guid":")" + guid + "\"}";
}

auto rows_of(const std::vector<std::string>& rows,
             const std::string& next = "",
             const std::string& warnings = "") -> answer {
  auto body = R"({"@adminapi.warnings":[)" + warnings + R"(],"value":[)";
  for (const auto& one : rows) {
    body += (body.back() == '[' ? "" : ",") + one;
  }
  body += "]";
  return reply(200, body + (next.empty() ? "}" : R"(,"@odata.nextLink":")" + next + "\"}"));
}

auto cmdlet_refusal(int status, const std::string& inner) -> answer {
  return reply(status,
               R"({"error":{"code":"BadRequest","message":"Invalid Operation","innererror":)"
               R"({"internalexception":{"message":")" +
                   inner + "\"}}}}");
}

auto forbidden() -> answer {
  auto out = seams::response();
  out.status = 403;
  out.body = std::string(200, '\0');
  out.body_undecodable = true;
  return out;
}

struct policies_bench : feed_bench {
  policies_bench() : feed_bench("safe_links_policies") {}
  void answers(std::vector<answer> list) { net.on(route, std::move(list)); }
  [[nodiscard]] auto request(std::size_t call) const -> seams::request {
    return net.to(route).at(call).what;
  }
};

} // namespace

TEST_SUITE("exchange_cmdlet_feed") {
  TEST_CASE("each cmdlet is run once, with the anchor that next links ask for") {
    policies_bench world;
    world.answers({rows_of(std::vector<std::string>())});
    CHECK(world.poll().has_value());
    REQUIRE(world.net.count(route) == 3);
    CHECK(world.request(0).url == root);
    CHECK(world.request(0).method == "POST");
    CHECK(world.request(0).body ==
          R"({"CmdletInput":{"CmdletName":"Get-SafeLinksPolicy","Parameters":{}}})");
    CHECK(world.request(2).body.find("Get-AtpPolicyForO365") != std::string::npos);
    CHECK(world.request(1).fields.find("X-AnchorMailbox").value().ends_with(tenant));
  }

  TEST_CASE("rows keep their bytes, are known by cmdlet and Guid, and versioned by their change") {
    policies_bench world;
    const auto raw = policy("g1", "2026-03-01T10:00:00.0000000Z");
    const auto rule =
        std::string(R"({"Guid":"g2","WhenChanged":"2026-03-02T10:00:00.0000000+00:00"})");
    world.answers({rows_of({raw}), rows_of({rule}), rows_of({R"({"Identity":"Default"})"})});
    CHECK(world.poll().has_value());
    const auto stored = world.stored();
    REQUIRE(stored.size() == 3);
    CHECK(stored[0].key == "Get-AtpPolicyForO365/Default");
    CHECK(stored[0].version.size() == 64);
    CHECK(stored[1].key == "Get-SafeLinksPolicy/g1");
    CHECK(stored[1].raw == raw);
    CHECK(stored[1].version == "2026-03-01T10:00:00.0000000Z");
    CHECK(text(stored[2].event_time.value()) == "2026-03-02T10:00:00Z");
  }

  TEST_CASE("what has not changed is not stored again, what has is a version more") {
    policies_bench world;
    const auto old = rows_of({policy("g1", "2026-03-01T10:00:00.0000000Z")});
    const auto changed = rows_of({policy("g1", "2026-03-10T10:00:00.0000000Z")});
    const auto none = rows_of(std::vector<std::string>());
    world.answers({old, none, none, old, none, none, changed, none, none});
    for (auto i = 0; i < 3; ++i) {
      CHECK(world.poll().has_value());
    }
    CHECK(world.stored().size() == 2);
  }

  TEST_CASE("pages are asked for with the same body at the link") {
    policies_bench world;
    const auto none = rows_of(std::vector<std::string>());
    world.answers({rows_of({policy("g1", "a")}, root + "?%24skiptoken=t"),
                   rows_of({policy("g2", "b")}),
                   none,
                   none});
    CHECK(world.poll().has_value());
    CHECK(world.request(1).url.ends_with("skiptoken=t"));
    CHECK(world.request(1).body == world.request(0).body);
    CHECK(world.stored().size() == 2);
  }

  TEST_CASE("a link that is refused, or a warning alone, leaves a list that is said to be cut") {
    policies_bench world;
    const auto none = rows_of(std::vector<std::string>());
    world.answers({rows_of({policy("g1", "a")}, root + "?%24skiptoken=t"),
                   cmdlet_refusal(400, "Expired or Invalid pagination request."),
                   rows_of({}, "", R"("There are more results available.")"),
                   none});
    const auto outcome = world.poll();
    REQUIRE(outcome.has_value());
    REQUIRE(outcome->odd.has_value());
    CHECK(outcome->odd->code == "list_cut");
    CHECK(outcome->odd->text.find("Get-SafeLinksPolicy, Get-SafeLinksRule") != std::string::npos);
    CHECK(world.stored().size() == 1);
  }

  TEST_CASE("a 403 of NUL bytes is a missing directory role, and the other cmdlets are still run") {
    policies_bench world;
    world.answers({forbidden(), rows_of({policy("g", "a")}), rows_of(std::vector<std::string>())});
    const auto outcome = world.poll();
    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().code == "directory_role_missing");
    CHECK(outcome.error().why.find("Get-SafeLinksPolicy") != std::string::npos);
    CHECK(core::health::state_of(outcome.error()) == "insufficient_permissions");
    CHECK(world.stored().size() == 1);
    CHECK(world.cursor().empty());
  }

  TEST_CASE("a 401 with a good token is a missing permission") {
    policies_bench world;
    world.answers({reply(401, "")});
    const auto outcome = world.poll();
    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().code == "app_role_missing");
    CHECK(core::health::state_of(outcome.error()) == "insufficient_permissions");
    CHECK(world.net.count(route) == 2);
  }

  TEST_CASE("other refusals are told in the words inside the envelope") {
    policies_bench world;
    world.answers({cmdlet_refusal(400, "Cannot convert value")});
    const auto outcome = world.poll();
    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().why.find("Cannot convert value") != std::string::npos);
    CHECK(outcome.error().why.find("Invalid Operation") == std::string::npos);
  }
}
