#include "tests/scenarios/audit/watched_conversation.hpp"

#include <algorithm>

using namespace std::chrono_literals;
using namespace tests;
using scenarios::audit::findings_of;

namespace {

constexpr auto graph = "https://graph.microsoft.com/v1.0/";

constexpr auto three_alerts = R"(
about = "three alerts, two a page"
[connector]
feeds = ["alerts"]
[tenant.page_sizes]
alerts = 2
[[cloud_workload_alert]]
at = "1m"
resource = "/subscriptions/s/1"
[[cloud_workload_alert]]
at = "2m"
resource = "/subscriptions/s/2"
[[cloud_workload_alert]]
at = "3m"
resource = "/subscriptions/s/3"
)";

auto alerts_url(const std::string& options = "") -> std::string {
  return graph + std::string("security/alerts_v2") + options;
}

auto next_of(const seams::response& page) -> std::string {
  return nlohmann::json::parse(page.body).value("@odata.nextLink", std::string());
}

auto count_of(const watched_conversation& with, const std::string& kind) -> std::ptrdiff_t {
  const auto found = findings_of(with.audit());
  return std::ranges::count(found, kind, &scenarios::audit::finding::kind);
}

auto some_text(const watched_conversation& with, const std::string& part) -> bool {
  return std::ranges::any_of(findings_of(with.audit()), [&](const auto& one) {
    return one.text.find(part) != std::string::npos;
  });
}

} // namespace

TEST_SUITE("fetching") {
  TEST_CASE("a page that is not followed is named, and so is what was on it") {
    auto with = watched_conversation(three_alerts);
    with.clock.set(1h);
    const auto first = with.get(alerts_url());
    REQUIRE(!next_of(first).empty());
    CHECK(count_of(with, "page_not_followed") == 1);
    CHECK(with.audit().never() == 1);
    with.get(next_of(first));
    CHECK(count_of(with, "page_not_followed") == 0);
    CHECK(with.audit().all_fetched());
    with.get(next_of(first));
    CHECK(count_of(with, "page_read_again") == 1);
  }

  TEST_CASE("what the parts of a batch carried counts, and so do their links to next pages") {
    auto with = watched_conversation(three_alerts);
    with.clock.set(1h);
    const auto given =
        with.send("POST",
                  graph + std::string("$batch"),
                  R"({"requests":[{"id":"1","method":"GET","url":"/users/nobody"},)"
                  R"({"id":"2","method":"GET","url":"/security/incidents","dependsOn":["1"]}]})",
                  "application/json");
    CHECK(given.status == 200);
    CHECK(with.audit().never() == 3);
    with.send("POST",
              graph + std::string("$batch"),
              R"({"requests":[{"id":"1","method":"GET","url":"/security/alerts_v2"}]})",
              "application/json");
    CHECK(with.audit().never() == 1);
    CHECK(count_of(with, "page_not_followed") == 1);
  }

  TEST_CASE("a client may select what it likes and encode links anew") {
    auto with = watched_conversation(three_alerts);
    with.clock.set(1h);
    auto link = next_of(with.get(alerts_url("?$select=id,title")));
    for (auto at = link.find("%24"); at != std::string::npos; at = link.find("%24")) {
      link.replace(at, 3, "$");
    }
    with.get(link);
    CHECK(with.audit().all_fetched());
    CHECK(count_of(with, "page_not_followed") == 0);
  }

  TEST_CASE("what became visible after the last question was asked too early") {
    auto with = watched_conversation(three_alerts);
    with.get(alerts_url());
    with.clock.set(1h);
    CHECK(with.get(alerts_url("?$filter=severity%20eq%20'low'")).status == 200);
    CHECK(some_text(with, "asked for 1 times since, and no answer held it"));
    auto other = watched_conversation(three_alerts);
    other.get(alerts_url());
    other.clock.set(1h);
    other.tenant.advance(other.clock.wall());
    CHECK(some_text(other, "before it was visible"));
  }

  TEST_CASE("an answer that is cut on its way carried nothing") {
    auto with = watched_conversation(std::string(three_alerts) + R"(
[[fault]]
on = "graph.alerts"
kind = "cut"
cut_after = 100
calls = 1
)");
    with.clock.set(1h);
    with.get(alerts_url());
    CHECK(with.audit().never() == 3);
    with.get(next_of(with.get(alerts_url())));
    CHECK(with.audit().all_fetched());
    CHECK(with.audit().sources.at("alerts").once == 3);
  }

  TEST_CASE("a question before Retry-After is over is named") {
    auto with = watched_conversation(std::string(three_alerts) + R"(
[[fault]]
on = "graph.alerts"
kind = "throttle"
retry_after = "30s"
calls = 1
)");
    with.clock.set(1h);
    CHECK(with.get(alerts_url()).status == 429);
    with.get(alerts_url());
    CHECK(count_of(with, "before_retry_after") == 1);
  }

  TEST_CASE("granted permissions that nothing rested on are told") {
    auto with = watched_conversation(R"(
about = "two feeds, one of them read"
[connector]
feeds = ["alerts", "sign_ins"]
)");
    with.get(alerts_url());
    const auto found = with.audit();
    CHECK(found.permissions_used.contains("SecurityAlert.Read.All"));
    CHECK(found.permissions_unused.contains("AuditLog.Read.All"));
    with.get(graph + std::string("auditLogs/signIns"));
    CHECK(with.audit().permissions_used.contains("AuditLog.Read.All"));
  }

  TEST_CASE("a feed that the app may not read is closed, not missed") {
    auto with = watched_conversation(R"(
about = "no permission"
[connector]
feeds = ["alerts"]
[app]
grants = "listed"
[[cloud_workload_alert]]
at = "1m"
resource = "/subscriptions/s/1"
)");
    with.clock.set(1h);
    CHECK(with.get(alerts_url()).status == 403);
    const auto found = with.audit();
    CHECK(found.all_fetched());
    CHECK(found.closed.contains("alerts"));
    CHECK(found.refusals.size() == 1);
  }

  TEST_CASE("rows of a hunting query and of both message traces are known") {
    auto with = watched_conversation(R"(
about = "a click and a mail"
[connector]
feeds = ["safe_links", "message_trace"]
[[user]]
name = "dana"
[[mail]]
id = "m"
at = "10m"
from = "a@b.example"
to = ["dana"]
urls = ["https://fine.example/"]
[[click]]
at = "20m"
user = "dana"
in = "m"
)");
    with.clock.set(2h);
    with.send(
        "POST", graph + std::string("security/runHuntingQuery"), R"({"Query": "UrlClickEvents"})");
    const auto reports = std::string("https://reports.office365.com/ecp/reportingwebservice/") +
                         "reporting.svc/MessageTrace";
    const auto page = with.get(reports);
    CAPTURE(page.status);
    CAPTURE(page.body.substr(0, 300));
    const auto found = with.audit();
    CHECK(found.sources.at("safe_links").once == 1);
    CHECK(found.sources.at("message_trace").once == 1);
    CHECK(found.not_read.contains("safe_links/audit"));
    CHECK(found.all_fetched());
  }
}
