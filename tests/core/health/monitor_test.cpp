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
