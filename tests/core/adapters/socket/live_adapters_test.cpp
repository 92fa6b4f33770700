#include "core/adapters/socket/entropy_choices.hpp"
#include "core/adapters/socket/system_clock.hpp"
#include "core/adapters/socket/trust.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

#include <set>

using namespace core::adapters;
using namespace std::chrono_literals;

namespace {

namespace net = boost::asio;

auto race(system_clock& time, std::size_t& won) -> net::awaitable<void> {
  using namespace net::experimental::awaitable_operators;
  const auto first = co_await (time.sleep_for(1h, "long") || time.sleep_for(5ms, "short"));
  won = first.index();
}

} // namespace

TEST_SUITE("live_adapters") {
  TEST_CASE("the system clock sleeps no shorter than told, and can be cancelled") {
    auto time = system_clock();
    auto context = net::io_context(1);
    auto won = std::size_t{9};
    const auto before = time.elapsed();
    net::co_spawn(
        context, race(time, won), [](const std::exception_ptr& thrown) { CHECK(!thrown); });
    context.run();
    CHECK(won == 1);
    CHECK(time.elapsed() - before >= 5ms);
    CHECK(time.elapsed() - before < 1h);
    CHECK(time.wall() > seams::instant{std::chrono::sys_days{std::chrono::year{2020} / 1 / 1}});
  }

  TEST_CASE("entropy stays below the limit, reaches all of it and does not repeat itself") {
    auto chance = entropy_choices();
    auto seen = std::set<std::uint64_t>();
    for (auto i = 0; i < 500; ++i) {
      seen.insert(chance.below(3, "test"));
    }
    CHECK(seen == std::set<std::uint64_t>{0, 1, 2});
    CHECK(chance.below(1, "test") == 0);
    CHECK(seams::draw_guid(chance, "test") != seams::draw_guid(chance, "test"));
  }

  TEST_CASE("roots that are not PEM are a failure, not a surprise later") {
    CHECK(trust_pem("").error().code == "bad_certificate");
    CHECK(trust_pem("not a certificate").error().code == "bad_certificate");
    CHECK(trust_system() != nullptr);
  }
}
