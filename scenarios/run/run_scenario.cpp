#include "scenarios/run/run_scenario.hpp"

#include "scenarios/run/judge.hpp"
#include "scenarios/run/keep.hpp"
#include "scenarios/run/plan.hpp"
#include "scenarios/run/role_sweep.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace scenarios::run {
namespace {

constexpr auto exchanges_shown = std::size_t{8};
constexpr auto wire_words = std::array<std::string_view, 3>{"memory", "tcp", "tls"};

/// The last exchanges that could have helped: those sent until `until`.
auto last_exchanges(const trace& log, seams::instant until) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  const auto& all = log.exchanges();
  const auto late = [&](const exchange_note& call) { return call.sent > until; };
  const auto end = static_cast<std::size_t>(std::ranges::find_if(all, late) - all.begin());
  for (auto i = end > exchanges_shown ? end - exchanges_shown : 0; i < end; ++i) {
    out.push_back(seams::to_rfc3339(all[i].sent) + " " + all[i].method + " " + all[i].url + " -> " +
                  (all[i].status == 0 ? all[i].failure : std::to_string(all[i].status)));
  }
  return out;
}

auto worst(const std::vector<report::check>& checks) -> report::verdict {
  auto out = report::verdict::passed;
  for (const auto& one : checks) {
    out = std::max(out, one.outcome);
  }
  return out;
}

/// When the first check that did not hold was about; the end if it has no moment of its own.
auto moment_of_failure(const std::vector<report::check>& checks, seams::instant end)
    -> seams::instant {
  for (const auto& one : checks) {
    if (one.outcome != report::verdict::passed) {
      return one.at.value_or(end);
    }
  }
  return end;
}

void describe_failure(report::outcome& out,
                      const std::vector<report::check>& checks,
                      const world& place) {
  if (out.last_exchanges.empty()) {
    out.last_exchanges = last_exchanges(place.log(), moment_of_failure(checks, place.now()));
    for (const auto& one : place.waiters()) {
      out.waiters.push_back(seams::to_rfc3339(out.virtual_start + one.until) + " " + one.why);
    }
  }
}

/// Worlds with a death at a counted call: one check for all of them.
auto killed_worlds(const model::scenario& what,
                   const scenario_options& options,
                   const std::vector<fate>& fates,
                   report::outcome& out) -> report::check {
  auto verdict = report::check();
  verdict.name = "survives_its_deaths";
  verdict.expected = std::to_string(fates.size()) + " deaths survived";
  auto survived = std::size_t{0};
  auto hashes = out.trace_hash;
  for (const auto& death : fates) {
    auto plan = plan_of(what, options.seed, wire_kind::memory);
    plan.fate = death.where;
    plan.down_after_fate = death.down_for;
    auto inner = options.world;
    inner.trace_line = {};
    auto place = world(plan, inner);
    const auto how = place.run();
    const auto judged = judge(what, plan, place, how);
    out.requests += place.mock().requests().size();
    ++out.worlds;
    hashes += place.log().hash();
    if (how == world_end::interrupted || how == world_end::overdue) {
      verdict.outcome = report::verdict::error;
      verdict.details.emplace_back("stopped after " + std::to_string(out.worlds) + " worlds");
      break;
    }
    if (worst(judged.checks) == report::verdict::passed) {
      ++survived;
      continue;
    }
    verdict.outcome = std::max(verdict.outcome, worst(judged.checks));
    describe_failure(out, judged.checks, place);
    for (const auto& one : judged.checks) {
      if (one.outcome != report::verdict::passed && verdict.details.size() < 12) {
        verdict.details.push_back("killed " + to_text(death.where) + ": " + one.name +
                                  ": expected " + one.expected + ", got " + one.got);
        verdict.details.insert(verdict.details.end(), one.details.begin(), one.details.end());
      }
    }
  }
  verdict.got = std::to_string(survived) + " deaths survived";
  out.trace_hash = seams::to_hex(seams::sha256(hashes));
  return verdict;
}

} // namespace

auto begun_outcome(const model::scenario& what, const scenario_options& options)
    -> report::outcome {
  auto out = report::outcome();
  out.name = what.name;
  out.file = what.file;
  out.seed = options.seed;
  out.wire = wire_words[static_cast<std::size_t>(options.wire)];
  out.virtual_start = what.standing.start;
  out.repeat =
      "offtenant run " + what.file + " --seed " + std::to_string(out.seed) + " --wire " + out.wire;
  out.virtual_end = out.virtual_start;
  return out;
}

auto run_scenario(const model::scenario& what,
                  const scenario_options& options,
                  std::string& keep_error) -> report::outcome {
  auto out = begun_outcome(what, options);
  const auto plan = plan_of(what, options.seed, options.wire);
  auto lines = std::string();
  auto inner = options.world;
  if (!options.keep.empty()) {
    inner.trace_line = [&lines](const std::string& line) { lines += line + "\n"; };
  }
  auto place = world(plan, inner);
  const auto how = place.run();
  auto judged = judge(what, plan, place, how);
  out.virtual_end = place.now();
  out.requests = place.mock().requests().size();
  out.visible = judged.records.visible;
  out.stored = judged.records.stored;
  out.excused = judged.records.excused;
  out.trace_hash = place.log().hash();
  out.checks = std::move(judged.checks);
  out.labels = std::move(judged.labels);
  if (worst(out.checks) != report::verdict::passed) {
    describe_failure(out, out.checks, place);
  }
  if (!options.keep.empty()) {
    keep_error = keep_world(options.keep, place, lines);
  }
  const auto fates = fates_of(what, place.calls());
  if (!fates.empty() && how == world_end::complete) {
    out.checks.push_back(killed_worlds(what, options, fates, out));
  }
  if (what.sweeps_roles && how == world_end::complete) {
    std::ranges::move(sweep_roles(what, options, out), std::back_inserter(out.checks));
  }
  out.result = worst(out.checks);
  return out;
}

} // namespace scenarios::run
