#include "scenarios/report/console.hpp"

#include "scenarios/report/safe_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace scenarios::report {
namespace {

/// A note is a row of a table; the JSON report has it whole.
constexpr auto note_columns_max = std::size_t{150};

auto painted(std::string_view text, int code, bool colour) -> std::string {
  return colour ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

auto badge(verdict what, bool colour) -> std::string {
  switch (what) {
  case verdict::passed:
    return painted("ok   ", 32, colour);
  case verdict::failed:
    return painted("FAIL ", 31, colour);
  case verdict::error:
    return painted("ERROR", 35, colour);
  }
  return {};
}

auto wall(std::int64_t ms) -> std::string {
  return ms < 10'000 ? fmt::format("{} ms", ms)
                     : fmt::format("{:.1f} s", static_cast<double>(ms) / 1000.0);
}

auto explain(const check& what) -> std::string {
  auto out = fmt::format("  {}\n", what.name);
  if (!what.origin.empty()) {
    out += "    stated at  " + what.origin + "\n";
  }
  if (what.at) {
    out += "    at         " + seams::to_rfc3339(*what.at) + "\n";
  }
  out += "    expected   " + for_terminal(what.expected) + "\n    got        " +
         for_terminal(what.got) + "\n";
  for (const auto& line : what.details) {
    out += "      " + for_terminal(line) + "\n";
  }
  return out;
}

auto listed(std::string_view title, const std::vector<std::string>& lines) -> std::string {
  auto out = lines.empty() ? std::string() : fmt::format("  {}\n", title);
  for (const auto& line : lines) {
    out += "    " + for_terminal(line) + "\n";
  }
  return out;
}

/// "attack   12   3   0   0   0" below the headings.
auto row_of(std::string_view truth, std::span<const label> labels) -> std::string {
  auto out = fmt::format("{:<12}", truth);
  for (const auto word : judgement_words) {
    const auto count = std::ranges::count_if(
        labels, [&](const label& one) { return one.truth == truth && one.judgement == word; });
    out += fmt::format("  {:>12}", count);
  }
  return out + "\n";
}

auto labels_of(const summary& what) -> std::vector<label> {
  auto out = std::vector<label>();
  for (const auto& one : what.outcomes) {
    out.insert(out.end(), one.labels.begin(), one.labels.end());
  }
  return out;
}

/// Of an even number of times the mean of the two in the middle.
auto median_of(const std::vector<seams::duration>& in_order) -> seams::duration {
  const auto middle = in_order.size() / 2;
  return in_order.size() % 2 == 1 ? in_order[middle]
                                  : (in_order[middle - 1] + in_order[middle]) / 2;
}

auto times_line(std::span<const label> labels) -> std::string {
  auto times = std::vector<seams::duration>();
  for (const auto& one : labels) {
    if (one.time_to_verdict) {
      times.push_back(*one.time_to_verdict);
    }
  }
  if (times.empty()) {
    return {};
  }
  std::ranges::sort(times);
  return fmt::format("time to verdict: median {}, longest {}\n",
                     seams::to_text(median_of(times)),
                     seams::to_text(times.back()));
}

} // namespace

auto to_lines(const outcome& what, bool colour) -> std::string {
  const auto worlds = what.worlds > 1 ? fmt::format(", {} worlds", what.worlds) : "";
  auto out = fmt::format("{} {:<44} {:>3} checks  {:>9} virtual  {:>6} requests  {:>8}{}\n",
                         badge(what.result, colour),
                         what.name,
                         what.checks.size(),
                         seams::to_text(std::chrono::floor<std::chrono::seconds>(
                             what.virtual_end - what.virtual_start)),
                         what.requests,
                         wall(what.wall_ms),
                         worlds);
  for (const auto& line : what.notes) {
    out += "      " + for_terminal(line.substr(0, note_columns_max)) + "\n";
  }
  if (what.result == verdict::passed) {
    return out;
  }
  for (const auto& one : what.checks) {
    if (one.outcome != verdict::passed) {
      out += explain(one);
    }
  }
  out += listed("the last exchanges", what.last_exchanges);
  out += listed("who waited for what at the end", what.waiters);
  out += fmt::format(
      "  seed {}, {} wire; to repeat just this:\n    {}\n", what.seed, what.wire, what.repeat);
  return out;
}

auto to_line(const summary& what, std::int64_t wall_ms, bool colour) -> std::string {
  auto span = seams::duration{};
  for (const auto& one : what.outcomes) {
    span += one.virtual_end - one.virtual_start;
  }
  const auto failed = what.count(verdict::failed);
  const auto errors = what.count(verdict::error);
  const auto counts =
      fmt::format("{} passed, {} failed, {} errors", what.count(verdict::passed), failed, errors);
  return painted(counts, failed + errors == 0 ? 32 : 31, colour) +
         fmt::format("; {} of virtual time in {}\n",
                     seams::to_text(std::chrono::floor<std::chrono::hours>(span)),
                     wall(wall_ms));
}

auto to_table(const summary& what) -> std::string {
  const auto labels = labels_of(what);
  if (labels.empty()) {
    return {};
  }
  auto out = fmt::format("{:<12}", "truth");
  for (const auto word : judgement_words) {
    out += fmt::format("  {:>12}", word);
  }
  out += "\n";
  for (const auto truth : truth_words) {
    out += row_of(truth, labels);
  }
  return out + times_line(labels);
}

} // namespace scenarios::report
