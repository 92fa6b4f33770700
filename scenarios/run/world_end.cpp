#include "scenarios/run/world_end.hpp"

#include <algorithm>

namespace scenarios::run {
namespace {

using namespace std::chrono_literals;

/// Long enough for three polls and the longest pause a connector makes by itself (five minutes).
constexpr auto quiet_least = seams::duration{30min};

/// Lets the tenant live through its whole script, with nobody asking.
class still_clock final : public seams::clock {
public:
  explicit still_clock(seams::instant at) : at_(at) {}
  [[nodiscard]] auto wall() const -> seams::instant override { return at_; }
  [[nodiscard]] auto elapsed() const -> seams::duration override { return {}; }
  auto sleep_for(seams::duration, std::string) -> boost::asio::awaitable<void> override {
    co_return;
  }

private:
  seams::instant at_;
};

} // namespace

auto slowest_period(const world_plan& plan) -> seams::duration {
  auto out = seams::duration{};
  for (const auto& feed : plan.connector.feeds) {
    out = std::max(out, feed.period);
  }
  return out;
}

auto last_visible(const mock_graph::server::script& what, const mock_graph::login::signing_key& key)
    -> std::optional<seams::instant> {
  const auto nobody = still_clock(what.state.start);
  auto rehearsal = mock_graph::server::mock_tenant(what, nobody, key);
  rehearsal.rehearse();
  rehearsal.advance(seams::instant::max());
  return rehearsal.book().last_visible();
}

auto end_of(const world_plan& plan, const mock_graph::login::signing_key& key) -> seams::duration {
  const auto start = plan.what.state.start;
  auto last = std::max(start, last_visible(plan.what, key).value_or(start));
  for (const auto& fault : plan.what.faults) {
    if (fault.until != seams::instant::max()) {
      last = std::max(last, fault.until);
    } else if (fault.from != seams::instant::min()) {
      last = std::max(last, fault.from);
    }
  }
  for (const auto& kill : plan.kills) {
    last = std::max(last, kill.at + kill.down_for);
  }
  for (const auto& change : plan.configurations) {
    last = std::max(last, change.at);
  }
  for (const auto& skew : plan.skews) {
    last = std::max(last, skew.at);
  }
  const auto quiet = std::max(quiet_least, 4 * slowest_period(plan));
  return std::max(last - start + plan.down_after_fate + quiet,
                  plan.run_for.value_or(seams::duration{}));
}

} // namespace scenarios::run
