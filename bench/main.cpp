// The benchmarks that are kept: printed tables, nothing asserted. Run them on an idle machine:
//   cmake --preset bench && cmake --build build/bench && build/bench/bench/offtenant_bench
// All of them, or those that are named: understanding, volume, serving, matching, suite, loop.
#include "bench/bare_loop.hpp"
#include "bench/matching.hpp"
#include "bench/serving.hpp"
#include "bench/understanding.hpp"
#include "bench/volume.hpp"
#include "core/adapters/socket/system_clock.hpp"
#include "scenarios/run/plan.hpp"
#include "scenarios/run/run_scenario.hpp"
#include "scenarios/run/suite.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace {

using namespace scenarios;
using run::wire_kind;

constexpr auto wires = std::array{std::pair{wire_kind::memory, "memory"},
                                  std::pair{wire_kind::tcp, "tcp"},
                                  std::pair{wire_kind::tls, "tls"}};
constexpr auto repeats = 7;

const auto two_feeds = std::string(R"(
about = "Two feeds, polled every five minutes for two days"
run_for = "48h"

[[user]]
name = "dana"

[connector]
feeds = ["alerts", "safe_links"]

[[mail]]
id = "m"
at = "1m"
from = "news@fabrikam.example"
to = ["dana"]
urls = ["https://news.fabrikam.example/"]

[[click_burst]]
id = "clicks"
at = "10m"
in = "m"
count = 480
over = "47h"
)");

/// Keeps what passes, so that the bare loop can replay it.
class recorder final : public seams::transport {
public:
  recorder(seams::transport& inner, std::vector<bench::exchange>& into)
      : inner_(inner), into_(into) {}
  auto exchange(seams::request query)
      -> boost::asio::awaitable<seams::result<seams::response>> override {
    const auto copy = query;
    auto answer = co_await inner_.exchange(std::move(query));
    if (answer) {
      into_.push_back({copy, *answer, std::chrono::minutes{5} * (into_.size() / 2)});
    }
    co_return answer;
  }

private:
  seams::transport& inner_;
  std::vector<bench::exchange>& into_;
};

auto median(std::vector<double> values) -> double {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

auto time_world(const run::world_plan& plan, const run::shared_keys& keys) -> double {
  const auto real = core::adapters::system_clock();
  auto options = run::world_options();
  options.keys = &keys;
  const auto began = real.elapsed();
  auto place = run::world(plan, options);
  (void)place.run();
  return std::chrono::duration<double>(real.elapsed() - began).count();
}

void compare_with_bare_loop(const mock_graph::login::signing_key& signing) {
  const auto read = model::load_text(two_feeds, "two-feeds.toml");
  auto script = std::vector<bench::exchange>();
  {
    const auto keys = run::shared_keys(signing, wire_kind::memory);
    const auto plan = run::plan_of(*read.what, 1, wire_kind::memory);
    auto options = run::world_options();
    options.keys = &keys;
    options.tamper.wrap_transport = [&](seams::transport& inner) {
      return std::make_unique<recorder>(inner, script);
    };
    auto place = run::world(plan, options);
    (void)place.run();
  }
  fmt::print("\n48 virtual hours, two feeds every 5 minutes ({} exchanges), median of {} runs\n",
             script.size(),
             repeats);
  fmt::print("{:<8} {:>12} {:>12} {:>8}\n", "wire", "world ms", "bare ms", "ratio");
  for (const auto& [wire, name] : wires) {
    const auto keys = run::shared_keys(signing, wire);
    const auto plan = run::plan_of(*read.what, 1, wire);
    auto worlds = std::vector<double>();
    auto bare = std::vector<double>();
    for (auto i = 0; i < repeats; ++i) {
      worlds.push_back(time_world(plan, keys) * 1000);
      bare.push_back(bench::run_bare_loop(script, wire, keys) * 1000);
    }
    fmt::print("{:<8} {:>12.1f} {:>12.1f} {:>8.2f}\n",
               name,
               median(worlds),
               median(bare),
               median(worlds) / median(bare));
  }
}

void time_suite(const mock_graph::login::signing_key& signing) {
  const auto real = core::adapters::system_clock();
  fmt::print("the shipped suite, one thread\n{:<8} {:>10} {:>16} {:>22}\n",
             "wire",
             "wall s",
             "virtual h",
             "virtual s per wall s");
  for (const auto& [wire, name] : wires) {
    const auto keys = run::shared_keys(signing, wire);
    auto virtual_time = seams::duration{};
    const auto began = real.elapsed();
    for (const auto& file :
         run::scenario_files({std::string(OFFTENANT_SOURCE_DIR) + "/scenarios/suites"})) {
      const auto read = model::load(file);
      auto options = run::scenario_options();
      options.wire = wire;
      options.world.keys = &keys;
      auto unkept = std::string();
      const auto outcome = run::run_scenario(*read.what, options, unkept);
      virtual_time +=
          (outcome.virtual_end - outcome.virtual_start) * static_cast<std::int64_t>(outcome.worlds);
    }
    const auto wall = std::chrono::duration<double>(real.elapsed() - began).count();
    const auto seconds = std::chrono::duration<double>(virtual_time).count();
    fmt::print("{:<8} {:>10.2f} {:>16.0f} {:>22.0f}\n", name, wall, seconds / 3600, seconds / wall);
  }
}

} // namespace

/// Understanding and volume come first: they tell the most memory that the process ever had.
int main(int count, char** arguments) {
  const auto named = std::span(arguments, static_cast<std::size_t>(count)).subspan(1);
  const auto is_wanted = [&](std::string_view what) {
    return named.empty() || std::ranges::find(named, what) != named.end();
  };
  if (is_wanted("understanding")) {
    bench::time_understanding();
  }
  const auto signing = mock_graph::login::signing_key::generate().value();
  if (is_wanted("volume")) {
    bench::time_volume(signing);
  }
  if (is_wanted("serving")) {
    bench::time_serving(signing);
  }
  if (is_wanted("matching")) {
    bench::time_matching();
  }
  if (is_wanted("suite")) {
    time_suite(signing);
  }
  if (is_wanted("loop")) {
    compare_with_bare_loop(signing);
  }
}
