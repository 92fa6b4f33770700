#include "scenarios/replaying/replay_run.hpp"

#include "core/feeds/feed_table.hpp"
#include "replay/match/lay_tape.hpp"
#include "scenarios/replaying/recorded_records.hpp"
#include "scenarios/replaying/recorded_tenant.hpp"
#include "scenarios/run/case_history.hpp"
#include "scenarios/run/keep.hpp"
#include "scenarios/run/manners.hpp"
#include "scenarios/run/plan.hpp"
#include "scenarios/run/world_end.hpp"

#include <algorithm>

namespace scenarios::replaying {
namespace {

using namespace std::chrono_literals;

/// What was asked for last is stored, and what follows from it asked for, within this time.
constexpr auto aftermath = seams::duration{5s};
constexpr auto patience_least = seams::duration{6h};
constexpr auto patience_most = seams::duration{std::chrono::days{30}};
/// No tape is longer, however slowly it is played: the bound of a run that never ends.
constexpr auto run_most = seams::duration{std::chrono::days{3650}};

/// How long nothing may be asked for before nothing more is expected to be.
auto patience_of(const replay::cassette& tape, const run::world_plan& plan) -> seams::duration {
  auto longest = std::chrono::milliseconds{};
  for (auto i = std::size_t{1}; i < tape.exchanges.size(); ++i) {
    longest = std::max(longest, tape.exchanges[i].at - tape.exchanges[i - 1].at);
  }
  const auto gap = std::min(seams::duration{longest}, patience_most / 2);
  return std::max({patience_least, 2 * gap, 4 * run::slowest_period(plan)});
}

/// Who polls less often than the tape falls behind its time, further with each poll. Windows of
/// lists that have no end reach as far back, lest what is given looks older than was asked for.
void poll_every(seams::duration period, const replay::cassette& tape, model::feed_plan& feed) {
  const auto& facts = *core::feeds::find_feed(feed.name);
  const auto recorded = feed.period.value_or(facts.period);
  if (feed.overlap && period > recorded && !tape.exchanges.empty()) {
    const auto polls = tape.exchanges.back().at / recorded + 1;
    const auto later = period - recorded;
    *feed.overlap += polls > run_most / later ? run_most : later * polls;
  }
  feed.period = period;
}

auto scenario_of(const replay::cassette& tape, const replay_options& options) -> model::scenario {
  auto out = recorded_tenant(tape, options.tape);
  if (options.mode == tape_mode::fill) {
    out.events = recorded_records(tape);
  }
  if (options.period) {
    for (auto& feed : out.feeds) {
      poll_every(*options.period, tape, feed);
    }
  }
  out.run_for = run_most;
  return out;
}

void tell_world(run::world& place, run::world_end how, replay_outcome& out) {
  out.end = place.now();
  out.early = run::early_requests(place.log().exchanges());
  const auto records = place.records();
  records({}, [&](const core::stored_record& one) { ++out.records[one.what.feed]; });
  out.health = place.health();
  auto history = run::case_history(records, out.health, place.roles());
  out.cases = history.within({}, {});
  out.interrupted = how == run::world_end::interrupted;
  if (how != run::world_end::complete && !out.interrupted) {
    out.trouble = place.trouble();
  }
}

} // namespace

auto use_of(const replay::cassette& tape, const taped_tenant& played) -> tape_use {
  auto out = tape_use();
  const auto unused = played.unused();
  out.exchanges = tape.exchanges.size();
  out.wanted = played.wanted();
  out.used = out.wanted - unused.size();
  for (const auto index : unused) {
    const auto& asked = tape.exchanges[index].asked;
    out.unused.push_back({index, asked.method, asked.url});
  }
  out.asked_again = played.asked_again();
  out.unmatched = played.unmatched();
  out.unmatched_count = played.unmatched_count();
  out.filled = played.filled();
  return out;
}

auto run_replay(tapes::tape_reading file,
                const replay_options& options,
                const run::shared_keys& keys,
                const replay_hooks& hooks,
                std::string& keep_error) -> replay_outcome {
  auto& tape = file.tape;
  replay::lay(tape, replay::shift_to(tape.head.base, options.start.value_or(tape.head.base)));
  auto out = replay_outcome();
  const auto scenario = scenario_of(tape, options);
  const auto plan = run::plan_of(scenario, options.seed, run::wire_kind::memory);
  out.name = options.tape;
  out.seed = options.seed;
  out.start = tape.head.base;
  out.remarks = std::move(file.notes);
  for (const auto& feed : scenario.feeds) {
    out.feeds.push_back(feed.name);
  }
  if (out.feeds.empty()) {
    out.end = out.start;
    out.use.exchanges = tape.exchanges.size();
    out.trouble = "nothing on the tape is what one of the connector's feeds asks for";
    return out;
  }
  const taped_tenant* played = nullptr;
  const auto patience = patience_of(tape, plan);
  auto around = run::world_options();
  auto lines = std::string();
  const seams::clock* time = nullptr;
  around.keys = &keys;
  around.interrupted = hooks.interrupted;
  around.wrap_service = [&](mock_graph::service& model, const seams::clock& clock) {
    auto made = std::make_unique<taped_tenant>(tape, options.mode, model, clock);
    played = made.get();
    time = &clock;
    return made;
  };
  around.finished = [&] {
    const auto quiet = time->wall() - played->last_progress();
    return quiet > (played->is_over() ? aftermath : patience);
  };
  if (!options.keep.empty()) {
    around.trace_line = [&lines](const std::string& line) { lines += line + "\n"; };
  }
  auto place = run::world(plan, around);
  const auto how = place.run();
  out.use = use_of(tape, *played);
  tell_world(place, how, out);
  if (!options.keep.empty()) {
    keep_error = run::keep_world(options.keep, place, lines);
  }
  if (hooks.at_end) {
    hooks.at_end(place);
  }
  return out;
}

} // namespace scenarios::replaying
