#include "scenarios/shrinking/minimize.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using scenarios::shrinking::minimize;
using scenarios::shrinking::selection;

namespace {

/// Accepts what holds all of `needed`, and counts how often it was asked.
struct needs {
  selection needed;
  std::size_t asked = 0;

  auto operator()(const selection& kept) -> bool {
    ++asked;
    return std::ranges::includes(kept, needed);
  }
};

} // namespace

TEST_SUITE("minimize") {
  TEST_CASE("what is needed is left, wherever it stands, and nothing else") {
    const auto never = std::atomic<bool>(false);
    for (const auto& needed : {selection{}, {0}, {99}, {3, 57}, {0, 1, 2, 97, 98, 99}}) {
      auto test = needs{needed};
      CHECK(minimize(100, std::ref(test), never) == needed);
    }
    auto everything = needs{{0, 1, 2}};
    CHECK(minimize(3, std::ref(everything), never) == selection{0, 1, 2});
    CHECK(minimize(0, std::ref(everything), never).empty());
  }

  TEST_CASE("one of many is found in few trials") {
    const auto never = std::atomic<bool>(false);
    auto test = needs{{70'000}};
    CHECK(minimize(100'000, std::ref(test), never) == selection{70'000});
    CHECK(test.asked < 200);
  }

  TEST_CASE("what only a later item needs goes too") {
    // 0 may go only when 1 has gone, 1 only when 2 has.
    const auto never = std::atomic<bool>(false);
    const auto holds = [](const selection& kept) {
      const auto has = [&](std::size_t i) { return std::ranges::binary_search(kept, i); };
      return has(3) && (has(0) || !has(1)) && (has(1) || !has(2));
    };
    CHECK(minimize(4, holds, never) == selection{3});
  }

  TEST_CASE("interrupted, it gives the smallest it had") {
    auto stop = std::atomic<bool>(false);
    const auto holds = [&](const selection& kept) {
      const auto holds_still = std::ranges::binary_search(kept, std::size_t{0});
      stop = holds_still && kept.size() <= 50;
      return holds_still;
    };
    const auto kept = minimize(100, holds, stop);
    CHECK(kept.size() <= 50);
    CHECK(kept.front() == 0);
  }
}
