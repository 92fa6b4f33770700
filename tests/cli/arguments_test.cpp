#include "cli/arguments.hpp"
#include "tests/cli/fake_engine.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <map>

namespace {

using scenarios::run::wire_kind;
using test::contains;

auto environment_of(std::map<std::string, std::string> variables) -> cli::environment {
  return [variables = std::move(variables)](std::string_view name) -> std::optional<std::string> {
    const auto found = variables.find(std::string(name));
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
}

TEST_SUITE("arguments_test") {
  TEST_CASE("a number within its bounds is read") {
    CHECK(cli::parse_number("--jobs", "1", 1, 8).value() == 1);
    CHECK(cli::parse_number("--jobs", "8", 1, 8).value() == 8);
    const auto most = std::numeric_limits<std::uint64_t>::max();
    CHECK(cli::parse_number("--seed", "18446744073709551615", 0, most).value() == most);
  }

  TEST_CASE("a number that is none, or out of bounds, names the argument and the bounds") {
    for (const std::string text :
         {"", "x", "-1", "1.5", "0", "9", " 3", "3 ", "99999999999999999999"}) {
      CAPTURE(text);
      const auto number = cli::parse_number("--jobs", text, 1, 8);
      REQUIRE_FALSE(number.has_value());
      CHECK(number.error().why ==
            "--jobs: expected a whole number from 1 to 8, got '" + std::string(text) + "'");
    }
  }

  TEST_CASE("a range of seeds holds both its ends") {
    const auto range = cli::parse_seeds("--seeds", "3..17").value();
    CHECK(range.first == 3);
    CHECK(range.last == 17);
    CHECK(cli::parse_seeds("--seeds", "7").value().last == 7);
    CHECK(cli::parse_seeds("--seeds", "0..999999").value().last == 999'999);
  }

  TEST_CASE("a range that is none says how one looks") {
    for (const std::string text : {"", "a..b", "1..", "..2", "1...3", "1-3", "1..2..3", "-1..2"}) {
      CAPTURE(text);
      const auto range = cli::parse_seeds("--seeds", text);
      REQUIRE_FALSE(range.has_value());
      CHECK(contains(range.error().why, "such as 1..100"));
    }
  }

  TEST_CASE("a range that runs downwards is offered the other way round") {
    CHECK(contains(cli::parse_seeds("--seeds", "9..2").error().why, "did you mean 2..9"));
  }

  TEST_CASE("a range of more than a million seeds is refused") {
    CHECK(contains(cli::parse_seeds("--seeds", "0..1000000").error().why, "1000000 seeds"));
    CHECK_FALSE(cli::parse_seeds("--seeds", "0..18446744073709551615").has_value());
  }

  TEST_CASE("shards are typed from 1 and counted from 0") {
    const auto first = cli::parse_shard("1/4").value();
    CHECK(first.index == 0);
    CHECK(first.count == 4);
    CHECK(cli::parse_shard("4/4").value().index == 3);
    CHECK(cli::parse_shard("1/1").value().count == 1);
  }

  TEST_CASE("a shard that does not exist is refused") {
    for (const std::string text : {"0/4", "5/4", "1/0", "0/0", "1/10001"}) {
      CAPTURE(text);
      CHECK(contains(cli::parse_shard(text).error().why, "from 1/n to n/n"));
    }
    for (const std::string text : {"", "1", "1/", "/4", "a/b", "1/4/5", "-1/4"}) {
      CAPTURE(text);
      CHECK(contains(cli::parse_shard(text).error().why, "expected i/n"));
    }
  }

  TEST_CASE("without a CI runner's variables everything runs") {
    const auto all = cli::shard_from_environment(environment_of({})).value();
    CHECK(all.index == 0);
    CHECK(all.count == 1);
    CHECK(cli::shard_from_environment(environment_of({{"CI_NODE_TOTAL", "1"}})).value().count == 1);
  }

  TEST_CASE("TEST_SHARD_INDEX counts from 0") {
    const auto env = environment_of({{"TEST_SHARD_INDEX", "0"}, {"TEST_TOTAL_SHARDS", "3"}});
    CHECK(cli::shard_from_environment(env).value().index == 0);
    CHECK(cli::shard_from_environment(env).value().count == 3);
    const auto past = environment_of({{"TEST_SHARD_INDEX", "3"}, {"TEST_TOTAL_SHARDS", "3"}});
    CHECK(contains(cli::shard_from_environment(past).error().why, "from 0 to 2"));
  }

  TEST_CASE("CI_NODE_INDEX counts from 1") {
    const auto env = environment_of({{"CI_NODE_INDEX", "3"}, {"CI_NODE_TOTAL", "3"}});
    CHECK(cli::shard_from_environment(env).value().index == 2);
    const auto zero = environment_of({{"CI_NODE_INDEX", "0"}, {"CI_NODE_TOTAL", "3"}});
    CHECK(contains(cli::shard_from_environment(zero).error().why, "from 1 to 3"));
  }

  TEST_CASE("an index without its total is a mistake, not everything") {
    const auto env = environment_of({{"TEST_SHARD_INDEX", "1"}});
    CHECK(contains(cli::shard_from_environment(env).error().why, "TEST_TOTAL_SHARDS is not"));
  }

  TEST_CASE("the pair counted from 0 goes before the pair counted from 1") {
    const auto env = environment_of({{"TEST_SHARD_INDEX", "1"},
                                     {"TEST_TOTAL_SHARDS", "2"},
                                     {"CI_NODE_INDEX", "1"},
                                     {"CI_NODE_TOTAL", "5"}});
    CHECK(cli::shard_from_environment(env).value().count == 2);
    CHECK(cli::shard_from_environment(env).value().index == 1);
  }

  TEST_CASE("a wire is named, and a slip is offered the nearest") {
    CHECK(cli::parse_wire("memory").value() == wire_kind::memory);
    CHECK(cli::parse_wire("tcp").value() == wire_kind::tcp);
    CHECK(cli::parse_wire("tls").value() == wire_kind::tls);
    CHECK(cli::parse_wire("memroy").error().why ==
          "--wire: 'memroy' is none of memory, tcp, tls; did you mean 'memory'?");
  }

  TEST_CASE("colour is for terminals unless the user decides") {
    using enum cli::colour_choice;
    const auto plain = environment_of({});
    const auto refused = environment_of({{"NO_COLOR", "1"}});
    CHECK(cli::wants_colour(automatic, true, plain));
    CHECK_FALSE(cli::wants_colour(automatic, false, plain));
    CHECK_FALSE(cli::wants_colour(automatic, true, refused));
    CHECK(cli::wants_colour(automatic, true, environment_of({{"NO_COLOR", ""}})));
    CHECK(cli::wants_colour(always, false, refused));
    CHECK_FALSE(cli::wants_colour(never, true, plain));
    CHECK_FALSE(cli::parse_colour("yes").has_value());
    CHECK(cli::parse_colour("auto").value() == automatic);
  }
}

} // namespace
