#include "bench/bare_loop.hpp"

#include "core/adapters/socket/system_clock.hpp"
#include "core/seams/idle_loop.hpp"

#include <boost/asio/co_spawn.hpp>
#include <nlohmann/json.hpp>

namespace bench {
namespace {

namespace net = boost::asio;

class canned final : public mock_graph::service {
public:
  explicit canned(const std::vector<exchange>& script) : script_(script) {}
  auto answer(const seams::request&) -> mock_graph::reply override {
    return {script_[next_++].answer, {}};
  }

private:
  const std::vector<exchange>& script_;
  std::size_t next_ = 0;
};

auto poll_all(const std::vector<exchange>& script,
              seams::clock& time,
              seams::transport& wire,
              bool& done) -> net::awaitable<void> {
  for (const auto& one : script) {
    co_await time.sleep_for(one.at - time.elapsed(), "the next poll");
    auto query = one.query;
    const auto answer = co_await wire.exchange(std::move(query));
    if (answer && !answer->body.empty()) {
      (void)nlohmann::json::parse(answer->body, nullptr, false);
    }
  }
  done = true;
}

} // namespace

auto run_bare_loop(const std::vector<exchange>& script,
                   scenarios::run::wire_kind wire,
                   const scenarios::run::shared_keys& keys) -> double {
  const auto real = core::adapters::system_clock();
  const auto began = real.elapsed();
  auto context = net::io_context(1);
  auto time =
      seams::virtual_clock(seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}});
  auto flying = seams::in_flight();
  auto meter = seams::wire_meter(flying);
  auto service = canned(script);
  auto path = scenarios::run::world_wire(wire, context, time, meter, service, keys);
  auto done = false;
  net::co_spawn(
      context, poll_all(script, time, path.client(), done), [](const std::exception_ptr&) {});
  const auto bounds =
      seams::loop_bounds{seams::duration{std::chrono::hours{24 * 365}}, [&] { return done; }, {}};
  (void)seams::run_until(context, time, flying, bounds);
  path.close();
  context.restart();
  context.poll();
  time.abandon_all();
  return std::chrono::duration<double>(real.elapsed() - began).count();
}

} // namespace bench
