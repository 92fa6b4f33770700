#include "core/health/monitor.hpp"
#include "tests/core/fakes/fake_store.hpp"

#include <doctest/doctest.h>

using namespace core::health;
using seams::failure;
using seams::reaction;

namespace {

const auto at = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};

auto state(const std::string& code, reaction next = reaction::stop_and_diagnose) -> std::string {
  return std::string(state_of(failure(next, code, "")));
}

} // namespace

TEST_SUITE("monitor") {
  TEST_CASE("each kind of failure has its state") {
    CHECK(state("AADSTS7000222") == "authentication_failed");
    CHECK(state("invalid_client") == "authentication_failed");
    CHECK(state("login_refused") == "authentication_failed");
    CHECK(state("AADSTS900382") == "wrong_region");
    CHECK(state("AADSTS900432") == "wrong_region");
    CHECK(state("AADSTS700024") == "clock_skew");
    CHECK(state("passphrase_wrong") == "authentication_failed");
    CHECK(state("Forbidden") == "insufficient_permissions");
    CHECK(state("AF10001") == "insufficient_permissions");
    CHECK(state("table_missing") == "not_licensed");
    CHECK(state("AF20023") == "subscription_disabled");
    CHECK(state("429", reaction::retry_later) == "throttled");
    CHECK(state("AF429", reaction::retry_later) == "throttled");
    CHECK(state("foreign_link", reaction::retry_later) == "bad_answer");
    CHECK(state("store_full", reaction::retry_later) == "store_failed");
  }

  TEST_CASE("the unknown is the service's trouble or a refusal, by whether it may heal") {
    CHECK(state("503", reaction::retry_later) == "service_unavailable");
    CHECK(state("connect_failed", reaction::retry_later) == "service_unavailable");
    CHECK(state("BadRequest") == "request_refused");
  }

  TEST_CASE("only changes of state or code are recorded, per feed") {
    fakes::fake_store records;
    auto health = monitor(records);
    CHECK(health.all_is_well("a", at).size() == 1);
    CHECK(health.all_is_well("a", at).empty());
    CHECK(health.all_is_well("b", at).size() == 1);
    const auto down = failure(reaction::retry_later, "503", "down");
    const auto entry = health.went_wrong("a", down, at);
    REQUIRE(entry.size() == 1);
    CHECK(entry[0].state == "service_unavailable");
    CHECK(entry[0].code == "503");
    CHECK(entry[0].text == "down");
    CHECK(health.went_wrong("a", down, at).empty());
    CHECK(health.went_wrong("a", failure(reaction::retry_later, "500", ""), at).size() == 1);
    CHECK(health.remarked("a", {"schema_drift", "filter_ignored", "x"}, at).size() == 1);
    CHECK(health.all_is_well("a", at).size() == 1);
  }

  TEST_CASE("another mistake of the same code is told anew") {
    fakes::fake_store records;
    auto health = monitor(records);
    const auto refused = [](const char* why) {
      return failure(reaction::stop_and_diagnose, "AADSTS900382", why);
    };
    CHECK(health.went_wrong("a", refused("configured is global"), at).size() == 1);
    CHECK(health.went_wrong("a", refused("configured is global"), at).empty());
    CHECK(health.went_wrong("a", refused("configured is gcc"), at).size() == 1);
  }

  TEST_CASE("a pause is told once, and the next one with its own end") {
    fakes::fake_store records;
    auto health = monitor(records);
    for (const auto* code : {"429", "AF429", "retry_after"}) {
      const auto pause = [&](const char* why) { return failure(reaction::retry_later, code, why); };
      CHECK(state(code, reaction::retry_later) == "throttled");
      CHECK(health.went_wrong("a", pause("it may go on at 09:00"), at).size() == 1);
      CHECK(health.went_wrong("a", pause("it may go on at 09:00"), at).empty());
      CHECK(health.went_wrong("a", pause("it may go on at 10:00"), at).size() == 1);
    }
  }

  TEST_CASE("trouble that has not passed for a day is told once more, as stalled") {
    using namespace std::chrono_literals;
    fakes::fake_store records;
    auto health = monitor(records);
    const auto down = failure(reaction::retry_later, "500", "down");
    const auto busy = failure(reaction::retry_later, "429", "busy");
    CHECK(health.went_wrong("a", down, at).size() == 1);
    CHECK(health.went_wrong("a", busy, at + 12h).front().state == "throttled");
    CHECK(health.went_wrong("a", down, at + 23h).front().state == "service_unavailable");
    const auto told = health.went_wrong("a", down, at + 24h);
    REQUIRE(told.size() == 1);
    CHECK(told[0].state == "stalled");
    CHECK(told[0].code == "500");
    CHECK(told[0].text == "not read to its end since 2026-03-10T00:00:00Z: down");
    CHECK(health.went_wrong("a", down, at + 25h).empty());
    CHECK(health.went_wrong("b", down, at + 25h).front().state == "service_unavailable");
    CHECK(health.all_is_well("a", at + 26h).size() == 1);
    CHECK(health.went_wrong("a", down, at + 27h).front().state == "service_unavailable");
  }

  TEST_CASE("what a person has to mend keeps its own word however long it lasts") {
    fakes::fake_store records;
    auto health = monitor(records);
    const auto refused = failure(reaction::stop_and_diagnose, "AF10001", "no");
    CHECK(health.went_wrong("a", refused, at).front().state == "insufficient_permissions");
    CHECK(health.went_wrong("a", refused, at + std::chrono::days{9}).empty());
    const auto down = failure(reaction::retry_later, "500", "down");
    const auto later = at + std::chrono::days{10};
    CHECK(health.went_wrong("a", down, later).front().state == "service_unavailable");
  }

  TEST_CASE("auditing that is switched off keeps its name: it does not pass by itself") {
    fakes::fake_store records;
    auto health = monitor(records);
    const auto off = failure(reaction::retry_later, "audit_disabled", "off");
    CHECK(health.went_wrong("a", off, at).front().state == "subscription_disabled");
    CHECK(health.went_wrong("a", off, at + std::chrono::days{3}).empty());
  }

  TEST_CASE("a restart makes no stalled feed young, whatever its trouble is called") {
    using namespace std::chrono_literals;
    fakes::fake_store records;
    records.history = {{"a", "bad_answer", "answer_malformed", "", at},
                       {"a", "stalled", "answer_malformed", "", at + 24h},
                       {"b", "service_unavailable", "500", "", at},
                       {"b", "bad_answer", "answer_malformed", "", at + 1h}};
    auto health = monitor(records);
    CHECK(health.recall().has_value());
    const auto bad = failure(reaction::retry_later, "answer_malformed", "no JSON");
    CHECK(health.went_wrong("a", bad, at + 25h).empty());
    CHECK(health.went_wrong("b", bad, at + 24h).front().state == "stalled");
  }

  TEST_CASE("how long trouble has lasted is known after a restart") {
    using namespace std::chrono_literals;
    fakes::fake_store records;
    records.history = {{"a", "throttled", "429", "", at},
                       {"a", "service_unavailable", "500", "", at + 1h},
                       {"b", "service_unavailable", "500", "", at},
                       {"b", "ok", "", "", at + 1h},
                       {"c", "service_unavailable", "500", "", at},
                       {"c", "stalled", "500", "", at + 24h}};
    auto health = monitor(records);
    CHECK(health.recall().has_value());
    const auto down = failure(reaction::retry_later, "500", "down");
    CHECK(health.went_wrong("a", down, at + 24h).front().state == "stalled");
    CHECK(health.went_wrong("b", down, at + 24h).front().state == "service_unavailable");
    CHECK(health.went_wrong("c", down, at + 25h).empty());
  }

  TEST_CASE("the last states are known after a restart, gaps aside") {
    fakes::fake_store records;
    records.history = {{"a", "ok", "", "", at},
                       {"a", "throttled", "429", "", at},
                       {"a", "gap", "AF20055", "", at}};
    auto health = monitor(records);
    CHECK(health.recall().has_value());
    CHECK(health.went_wrong("a", failure(reaction::retry_later, "429", ""), at).empty());
    CHECK(health.all_is_well("a", at).size() == 1);
  }

  TEST_CASE("what could not be recorded is a change the next time as well") {
    fakes::fake_store records;
    auto health = monitor(records);
    CHECK(health.all_is_well("a", at).size() == 1);
    health.forget("a");
    CHECK(health.all_is_well("a", at).size() == 1);
  }
}
