#include "replay/match/lay_tape.hpp"
#include "replay/redact/exchange_redactor.hpp"
#include "scenarios/replaying/recorded_records.hpp"
#include "scenarios/replaying/replay_run.hpp"
#include "tests/scenarios/replaying/tape_recorder.hpp"
#include "tests/scenarios/run/test_keys.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace std::chrono_literals;
using namespace scenarios::replaying;
using scenarios::run::wire_kind;

namespace {

struct replayed {
  replay_outcome outcome;
  test::findings found;
};

auto replay_tape(const replay::cassette& tape, replay_options options = {}) -> replayed {
  auto out = replayed();
  auto keep_error = std::string();
  auto hooks = replay_hooks();
  hooks.at_end = [&](scenarios::run::world& place) { out.found = test::findings_of(place); };
  options.tape = "test.cassette";
  out.outcome = run_replay({tape, {}}, options, tests::keys(wire_kind::memory), hooks, keep_error);
  return out;
}

/// Each scenario is recorded once, whatever is done with its tape.
auto recorded(const std::string& name) -> const test::recording& {
  static auto known = std::map<std::string, test::recording>();
  const auto found = known.find(name);
  return found != known.end() ? found->second
                              : known.emplace(name, test::record_scenario(name)).first->second;
}

auto lines(const std::vector<std::string>& all) -> std::string {
  auto out = std::string();
  for (const auto& one : all) {
    out += "\n" + one.substr(0, 300);
  }
  return out;
}

void check_same(const std::vector<std::string>& expected, const std::vector<std::string>& got) {
  auto missing = std::vector<std::string>();
  auto extra = std::vector<std::string>();
  auto a = expected;
  auto b = got;
  std::ranges::sort(a);
  std::ranges::sort(b);
  std::ranges::set_difference(a, b, std::back_inserter(missing));
  std::ranges::set_difference(b, a, std::back_inserter(extra));
  CHECK_MESSAGE(missing.empty(), "missing:" << lines(missing));
  CHECK_MESSAGE(extra.empty(), "too many:" << lines(extra));
}

void check_used(const replay_outcome& outcome) {
  CHECK(outcome.trouble.empty());
  CHECK(outcome.use.unmatched_count == 0);
  for (const auto& one : outcome.use.unmatched) {
    MESSAGE(one.method << " " << one.url << lines(one.from.fields));
  }
  CHECK(outcome.early.empty());
  CHECK(outcome.use.used == outcome.use.wanted);
  for (const auto& one : outcome.use.unused) {
    MESSAGE("unused: " << one.index << " " << one.method << " " << one.url);
  }
}

/// The last word on each feed, and how often each word was said.
auto counted(const std::vector<std::string>& health) -> std::vector<std::string> {
  auto out = health;
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

/// Of each kind one: pages, throttling, blobs of several pages, hunting with a late verdict, delta
/// lists, a login that fails.
const auto few = std::vector<std::string>{"delivery/equal-timestamps",
                                          "http/throttle-storm",
                                          "activity/m01-pages-of-one",
                                          "teams/verdict-changes-after-30-hours",
                                          "directory/users-come-and-go",
                                          "credentials/secret-expired",
                                          "safe_links/two-sources"};

const auto shipped = std::vector<std::string>{"delivery/equal-timestamps",
                                              "http/throttle-storm",
                                              "activity/m01-pages-of-one",
                                              "teams/verdict-changes-after-30-hours",
                                              "directory/users-come-and-go",
                                              "credentials/secret-expired",
                                              "safe_links/two-sources",
                                              "mail/email-events",
                                              "mail/x05-trace-cut",
                                              "policies/policy-snapshot",
                                              "tenants/radiant"};

} // namespace

TEST_SUITE("replay_run_test") {
  TEST_CASE("a recording replays to the same records, cases and health") {
    for (const auto& name : shipped) {
      CAPTURE(name);
      const auto& was = recorded(name);
      const auto now = replay_tape(was.tape);
      check_used(now.outcome);
      check_same(was.found.records, now.found.records);
      check_same(was.found.cases, now.found.cases);
      check_same(was.found.health, now.found.health);
    }
  }

  TEST_CASE("another seed changes nothing") {
    for (const auto& name : few) {
      CAPTURE(name);
      const auto& was = recorded(name);
      auto options = replay_options();
      options.seed = 77;
      const auto now = replay_tape(was.tape, options);
      check_used(now.outcome);
      check_same(was.found.records, now.found.records);
      check_same(was.found.cases, now.found.cases);
      check_same(counted(was.found.health), counted(now.found.health));
    }
  }

  TEST_CASE("polling half as often gives the same records and cases") {
    for (const auto& name : few) {
      CAPTURE(name);
      const auto& was = recorded(name);
      auto options = replay_options();
      options.period = 10min;
      const auto now = replay_tape(was.tape, options);
      check_used(now.outcome);
      check_same(was.found.records, now.found.records);
      check_same(was.found.cases, now.found.cases);
    }
  }

  TEST_CASE("three years later everything happens three years later") {
    constexpr auto later = std::chrono::days{1096};
    for (const auto& name : few) {
      CAPTURE(name);
      const auto& was = recorded(name);
      const auto base = was.tape.head.base;
      auto options = replay_options();
      options.start = base + later;
      const auto now = replay_tape(was.tape, options);
      check_used(now.outcome);
      auto expected = was.found.records;
      for (auto& one : expected) {
        replay::move_dates(one, replay::shift_to(base, base + later));
      }
      check_same(expected, now.found.records);
      CHECK(was.found.cases.size() == now.found.cases.size());
      check_same(was.found.health, now.found.health);
    }
  }

  TEST_CASE("a recording whose names were taken out replays to as many records and cases") {
    const auto with = replay::text_redactor({}, "a key for tests");
    for (const auto* file : {"delivery/equal-timestamps",
                             "activity/m01-pages-of-one",
                             "teams/verdict-changes-after-30-hours",
                             "directory/users-come-and-go",
                             "safe_links/two-sources"}) {
      const auto name = std::string(file);
      CAPTURE(name);
      const auto& was = recorded(name);
      auto tape = was.tape;
      for (auto& one : tape.exchanges) {
        one = replay::redacted(one, with);
      }
      const auto now = replay_tape(tape);
      check_used(now.outcome);
      CHECK(now.found.records.size() == was.found.records.size());
      CHECK(now.found.cases.size() == was.found.cases.size());
      check_same(was.found.health, now.found.health);
    }
  }

  TEST_CASE("in a loop or with a model of the tenant the records are the same") {
    for (const auto mode : {tape_mode::loop, tape_mode::fill}) {
      const auto& was = recorded("delivery/equal-timestamps");
      auto options = replay_options();
      options.mode = mode;
      const auto now = replay_tape(was.tape, options);
      check_used(now.outcome);
      check_same(was.found.records, now.found.records);
    }
  }

  TEST_CASE("the model of the tenant holds each recorded record, byte for byte, once") {
    for (const auto* name : {"delivery/equal-timestamps", "activity/m01-pages-of-one"}) {
      CAPTURE(std::string(name));
      const auto& was = recorded(name);
      auto held = std::multiset<std::string>();
      for (const auto& one : recorded_records(was.tape)) {
        held.insert(std::get<mock_graph::tenant::verbatim_record>(one.what).raw);
      }
      for (const auto& one : was.found.records) {
        CHECK(held.count(one.substr(one.find(": ") + 2)) == 1);
      }
    }
  }
}
