#include "mock_graph/activity/activity_api.hpp"
#include "tests/mock_graph/defender/model.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace tests;
using mock_graph::activity::activity_api;

namespace {

using parameters = std::vector<std::pair<std::string, std::string>>;

struct caller {
  model world;
  activity_api api{world.owner.state(), world.content};
  std::vector<std::string> roles = {"ActivityFeed.Read"};

  auto ask(seams::duration at,
           const std::string& method,
           const std::string& operation,
           parameters options = {}) -> seams::response {
    world.pass(at);
    const auto is_blob = operation.find('$') != std::string::npos;
    auto url = "https://manage.office.com/api/v1.0/" + world.owner.state().tenant_id +
               "/activity/feed/" + (is_blob ? "audit/" : "subscriptions/") + operation + "?";
    for (const auto& [name, value] : options) {
      url += name + "=" + value + "&";
    }
    const auto query = seams::request{method, url, {}, {}};
    auto target = mock_graph::odata::read_target(url);
    REQUIRE(target.has_value());
    auto what = mock_graph::call{.query = query, .target = *target, .now = start + at};
    what.api = mock_graph::login::api::management;
    what.route = api.route_of(what.target);
    what.roles = roles;
    return api.answer(what);
  }
  auto content(seams::duration at, seams::duration from, seams::duration to) -> seams::response {
    return ask(at,
               "GET",
               "content",
               {{"contentType", "Audit.General"},
                {"startTime", seams::to_rfc3339(start + from)},
                {"endTime", seams::to_rfc3339(start + to)}});
  }
};

auto code_of(const seams::response& answer) -> std::string {
  return nlohmann::json::parse(answer.body)["error"]["code"].get<std::string>();
}

auto general() -> parameters {
  return {{"contenttype", "Audit.General"}};
}

auto blocked_clicks() -> std::vector<tenant::event> {
  return {verdict_at(0h),
          mail_to("m", 0h, {"dana"}),
          click_on("c1", 1h, "dana", "m"),
          click_on("c2", 2h, "dana", "m"),
          click_on("c3", 3h, "dana", "m")};
}

} // namespace

TEST_SUITE("activity_api") {
  TEST_CASE("a subscription must be started, starting it twice is AF20024, as in life") {
    auto client = caller{{contoso(), {}}};
    CHECK(code_of(client.content(1h, 0h, 1h)) == "AF20022");
    CHECK(client.ask(1h, "POST", "start", general()).status == 200);
    CHECK(client.content(1h, 0h, 1h).body == "[]");
    const auto again = client.ask(1h, "POST", "start", general());
    CHECK(again.status == 400);
    CHECK(code_of(again) == "AF20024");
  }

  TEST_CASE("windows: both ends or none, 24 hours at most, 7 days back, start before end") {
    auto client = caller{{contoso(), {}}};
    client.ask(200h, "POST", "start", general());
    CHECK(client.content(200h, 176h, 200h).status == 200);
    CHECK(code_of(client.content(200h, 175h, 200h)) == "AF20055");
    CHECK(code_of(client.content(200h, 20h, 30h)) == "AF20055");
    CHECK(code_of(client.content(200h, 100h, 100h)) == "AF20055");
    auto one = general();
    one.push_back({"startTime", "2026-03-10"});
    CHECK(code_of(client.ask(200h, "GET", "content", one)) == "AF20055");
  }

  TEST_CASE("pages of one follow NextPageUri to the end while content arrives") {
    auto state = contoso();
    state.pages.content = 1;
    auto client = caller{{state, blocked_clicks()}};
    client.ask(1h, "POST", "start", general());
    auto seen = std::set<std::string>();
    auto answer = client.content(3h + 30min, 0h, 24h);
    for (auto page = 0; page < 20; ++page) {
      for (const auto& one : nlohmann::json::parse(answer.body)) {
        CHECK(seen.insert(one["contentId"].get<std::string>()).second);
      }
      const auto next = answer.fields.find("NextPageUri");
      if (!next) {
        break;
      }
      CHECK(next->find("/api/v1/") != std::string_view::npos);
      auto options = general();
      options.push_back({"startTime", seams::to_rfc3339(start)});
      options.push_back({"endTime", seams::to_rfc3339(start + 24h)});
      options.push_back({"nextPage", std::string(next->substr(next->rfind('=') + 1))});
      answer = client.ask(20h, "GET", "content", options);
    }
    auto listed_at_first = std::size_t{0};
    for (const auto* blob :
         client.world.content.list("Audit.General", start, start + 24h, start + 3h + 30min)) {
      CHECK(seen.contains(blob->id));
      ++listed_at_first;
    }
    CHECK(seen.size() == listed_at_first);
  }

  TEST_CASE("a blob holds the records word for word, until it expires") {
    auto client = caller{{contoso(), blocked_clicks()}};
    client.ask(1h, "POST", "start", general());
    const auto list = nlohmann::json::parse(client.content(2h, 0h, 2h).body);
    REQUIRE(list.size() > 1);
    const auto id = list[1]["contentId"].get<std::string>();
    const auto blob = client.ask(2h, "GET", id);
    CHECK(nlohmann::json::parse(blob.body)[0]["RecordType"] == 41);
    CHECK(nlohmann::json::parse(blob.body)[0]["UrlClickAction"] == 2);
    CHECK(code_of(client.ask(9 * 24h, "GET", id)) == "AF20051");
    CHECK(client.ask(9 * 24h, "GET", id + "x").status == 404);
  }

  TEST_CASE("what arrives while an admin has the subscription disabled can never be read") {
    auto client = caller{{contoso(), blocked_clicks()}};
    client.ask(1h, "POST", "start", general());
    client.world.pass(90min);
    client.api.admin_disables("Audit.General", start + 90min);
    CHECK(code_of(client.content(2h, 0h, 2h)) == "AF20023");
    CHECK(client.ask(150min, "POST", "start", general()).status == 200);
    for (const auto& one : nlohmann::json::parse(client.content(10h, 0h, 10h).body)) {
      const auto created = one["contentCreated"].get<std::string>();
      CHECK((created < "2026-03-10T01:30" || created >= "2026-03-10T02:30"));
    }
  }

  TEST_CASE("without the role the answer is the live one: 401 AF10001") {
    auto client = caller{{contoso(), {}}};
    client.roles = {};
    const auto answer = client.ask(1h, "GET", "list");
    CHECK(answer.status == 401);
    CHECK(code_of(answer) == "AF10001");
  }

  TEST_CASE("DLP content needs ActivityFeed.ReadDlp") {
    auto client = caller{{contoso(), {}}};
    CHECK(client.ask(1h, "POST", "start", {{"contentType", "DLP.All"}}).status == 401);
    client.roles.push_back("ActivityFeed.ReadDlp");
    CHECK(client.ask(1h, "POST", "start", {{"contentType", "DLP.All"}}).status == 200);
  }

  TEST_CASE("a start takes the time the tenant wants before it works") {
    auto state = contoso();
    state.delays.subscription = 20min;
    auto client = caller{{state, {}}};
    CHECK(client.ask(1h, "POST", "start", general()).status == 200);
    CHECK(client.ask(70min, "GET", "list").body == "[]");
    CHECK(code_of(client.content(70min, 0h, 1h)) == "AF20022");
    CHECK(client.ask(80min, "GET", "list").body.find("enabled") != std::string::npos);
    CHECK(client.content(80min, 0h, 1h).status == 200);
  }

  TEST_CASE("while auditing is off a start is refused as if the tenant did not exist") {
    auto state = contoso();
    state.audit_effective = start + 2h;
    auto client = caller{{state, {}}};
    const auto early = client.ask(1h, "POST", "start", general());
    CHECK(early.status == 400);
    CHECK(early.body.find("Microsoft.Office.Compliance.Audit.DataServiceException: Tenant " +
                          state.tenant_id + " does not exist.") != std::string::npos);
    CHECK(client.ask(2h, "POST", "start", general()).status == 200);
  }

  TEST_CASE("the list of subscriptions can stay empty, and its elements without status") {
    auto state = contoso();
    state.choice_of_readings.subscriptions_unlisted = true;
    auto client = caller{{state, {}}};
    client.ask(1h, "POST", "start", general());
    CHECK(client.ask(1h, "GET", "list").body == "[]");
    state.choice_of_readings.subscriptions_unlisted = false;
    state.choice_of_readings.subscription_status_missing = true;
    auto other = caller{{state, {}}};
    other.ask(1h, "POST", "start", general());
    const auto list = nlohmann::json::parse(other.ask(1h, "GET", "list").body);
    CHECK(list[0] == nlohmann::json{{"contentType", "Audit.General"}, {"webhook", nullptr}});
  }

  TEST_CASE(
      "what another tool stops is unknown to the service, not disabled, until it is started") {
    auto client = caller{{contoso(), blocked_clicks()}};
    client.ask(0h, "POST", "start", general());
    client.api.other_tool_stops("Audit.General", start + 1h);
    CHECK(client.ask(2h, "GET", "list").body == "[]");
    CHECK(code_of(client.content(2h, 0h, 2h)) == "AF20022");
    CHECK(client.ask(2h, "POST", "start", general()).status == 200);
    CHECK(client.content(3h, 0h, 3h).status == 200);
  }

  TEST_CASE("a webhook that another tool left is listed with its own status") {
    auto state = contoso();
    state.choice_of_readings.subscription_webhook = "disabled";
    auto client = caller{{state, {}}};
    client.ask(0h, "POST", "start", general());
    const auto list = nlohmann::json::parse(client.ask(1h, "GET", "list").body);
    CHECK(list[0]["status"] == "enabled");
    CHECK(list[0]["webhook"]["status"] == "disabled");
  }

  TEST_CASE("the first content can be late after the first start") {
    auto state = contoso();
    state.delays.first_content = 11h;
    auto client = caller{{state, blocked_clicks()}};
    client.ask(0h, "POST", "start", general());
    CHECK(client.content(10h, 0h, 10h).body == "[]");
    CHECK(client.content(11h, 0h, 11h).body != "[]");
  }

  TEST_CASE("a blob can be listed and gone") {
    auto record = tenant::audit_record();
    record.id = "a";
    record.content_type = "Audit.General";
    record.unreadable = "AF20051";
    auto client = caller{{contoso(), {{start + 1h, "t:1", record}}}};
    client.ask(0h, "POST", "start", general());
    client.world.audit.scripted(start + 1h, "t:1", record);
    const auto list = nlohmann::json::parse(client.content(3h, 0h, 3h).body);
    REQUIRE(list.size() == 1);
    CHECK(code_of(client.ask(3h, "GET", list[0]["contentId"].get<std::string>())) == "AF20051");
    CHECK(client.world.book.entries().back().why_gone == mock_graph::gone_reason::expired);
  }

  TEST_CASE("a blob can fail until it expires") {
    auto record = tenant::audit_record();
    record.id = "a";
    record.content_type = "Audit.General";
    record.unreadable = "AF50000";
    auto client = caller{{contoso(), {{start + 1h, "t:1", record}}}};
    client.ask(0h, "POST", "start", general());
    client.world.audit.scripted(start + 1h, "t:1", record);
    const auto list = nlohmann::json::parse(client.content(3h, 0h, 3h).body);
    REQUIRE(list.size() == 1);
    const auto id = list[0]["contentId"].get<std::string>();
    CHECK(client.ask(3h, "GET", id).status == 500);
    CHECK(code_of(client.ask(160h, "GET", id)) == "AF50000");
    CHECK(code_of(client.ask(170h, "GET", id)) == "AF20051");
  }

  TEST_CASE("a redelivery in another spelling says which bytes it repeats") {
    auto record = tenant::audit_record();
    record.id = "a";
    record.content_type = "Audit.General";
    record.fields = {{"Operation", "x"}};
    auto client = caller{{contoso(), {}}};
    client.world.audit.scripted(start, "t:1", record);
    client.world.audit.again(start + 1h, {"a", true, 2});
    const auto& entries = client.world.book.entries();
    REQUIRE(entries.size() == 3);
    CHECK(entries[1].respells == entries[0].bytes);
    CHECK(entries[2].respells == entries[0].bytes);
    CHECK(entries[1].bytes != entries[0].bytes);
    CHECK(entries[1].key == entries[0].key);
  }

  TEST_CASE("the ledger knows DLP records without what they matched") {
    auto record = tenant::audit_record();
    record.id = "a";
    record.content_type = "DLP.All";
    record.raw = R"({"Id":"x","D":{"DetectedValues":[{"Name":"4111"}]}})";
    auto client = caller{{contoso(), {}}};
    client.world.audit.scripted(start, "t:1", record);
    CHECK(client.world.book.entries().back().bytes ==
          seams::sha256(R"({"Id":"x","D":{"DetectedValues":[]}})"));
  }
}
