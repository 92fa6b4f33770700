#include "scenarios/run/manners.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using scenarios::run::early_requests;
using scenarios::run::exchange_note;

namespace {

/// A refusal of the first URL that asks for a minute, and a request of the second URL soon after.
auto early_after(const std::string& refused, const std::string& asked) -> std::size_t {
  const auto start = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};
  auto first = exchange_note();
  first.sent = start;
  first.received = start + 1s;
  first.url = refused;
  first.status = 429;
  first.retry_after = "60";
  auto second = first;
  second.url = asked;
  second.sent = start + 10s;
  second.received = start + 11s;
  second.retry_after = std::nullopt;
  return early_requests({first, second}).size();
}

const auto graph = std::string("https://graph.microsoft.com/v1.0/");
const auto manage = std::string("https://manage.office.com/api/v1.0/t/activity/feed/");
const auto azure = std::string("https://management.azure.com/subscriptions/");
const auto exchange = std::string("https://outlook.office365.com/");

} // namespace

TEST_SUITE("manners") {
  TEST_CASE("a request is early within the pause of what is throttled together") {
    CHECK(early_after(graph + "security/alerts_v2?$top=5", graph + "security/alerts_v2/a1") == 1);
    CHECK(early_after(graph + "auditLogs/signIns", graph + "auditLogs/directoryAudits") == 1);
    CHECK(early_after(graph + "identityProtection/riskyUsers",
                      graph + "identityProtection/riskDetections") == 1);
    CHECK(early_after(graph + "users/delta?x", graph + "groups/g/members") == 1);
    CHECK(early_after(graph + "users", graph + "applications(appId='a')") == 1);
    CHECK(early_after(graph + "users/a/mailboxSettings", graph + "users/b/mailboxSettings") == 1);
    CHECK(early_after(manage + "subscriptions/content?x", manage + "audit/b1") == 1);
    CHECK(early_after(azure + "s1/providers/x?a=b", azure + "s1/providers/x?c=d") == 1);
  }

  TEST_CASE("a pause of one service forbids nothing to another") {
    CHECK(early_after(graph + "security/alerts_v2", graph + "security/runHuntingQuery") == 0);
    CHECK(early_after(graph + "security/alerts_v2", graph + "security/incidents?$top=50") == 0);
    CHECK(early_after(graph + "auditLogs/signIns", graph + "security/alerts_v2") == 0);
    CHECK(early_after(graph + "users/a/mailboxSettings", graph + "users?$top=999") == 0);
    CHECK(early_after(graph + "users", manage + "subscriptions/list") == 0);
    CHECK(early_after(azure + "s1/providers/x", azure + "s2/providers/x") == 0);
    CHECK(early_after(exchange + "adminapi/beta/t/InvokeCommand",
                      exchange + "ecp/reportingwebservice/reporting.svc/MessageTrace") == 0);
  }
}
