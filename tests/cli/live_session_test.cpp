#include "cli/live/live_session.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;

namespace {

auto sleep_long(seams::clock& time) -> boost::asio::awaitable<seams::result<int>> {
  co_await time.sleep_for(1h, "nothing");
  co_return 1;
}

auto give(int value) -> boost::asio::awaitable<seams::result<int>> {
  co_return value;
}

auto session_with(const std::atomic<bool>* flag) -> std::unique_ptr<cli::live_session> {
  return std::make_unique<cli::live_session>(
      core::connector_config(), core::live::outside(), core::adapters::trust(), flag);
}

} // namespace

TEST_SUITE("live_session") {
  TEST_CASE("whoever interrupts does not wait for the end, and is told so") {
    const auto flag = std::atomic<bool>(true);
    const auto session = session_with(&flag);
    const auto done = session->run(sleep_long(session->time()));
    REQUIRE(!done);
    CHECK(done.error().code == cli::interrupted_code);
  }

  TEST_CASE("what ends by itself gives its result, once and again") {
    const auto flag = std::atomic<bool>(false);
    const auto session = session_with(&flag);
    CHECK(session->run(give(1)).value() == 1);
    CHECK(session->run(give(2)).value() == 2);
    CHECK(session_with(nullptr)->run(give(3)).value() == 3);
  }
}
