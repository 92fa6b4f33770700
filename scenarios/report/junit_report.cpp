#include "scenarios/report/junit_report.hpp"

#include "scenarios/report/safe_text.hpp"

#include <fmt/format.h>

namespace scenarios::report {
namespace {

auto property(std::size_t number, std::string_view name, const std::string& value) -> std::string {
  return fmt::format(
      "        <property name=\"label.{}.{}\" value=\"{}\"/>\n", number, name, for_xml(value));
}

auto properties_of(const std::vector<label>& labels) -> std::string {
  auto out = std::string();
  for (auto i = std::size_t{0}; i < labels.size(); ++i) {
    const auto& one = labels[i];
    out += property(i + 1, "truth", one.truth) + property(i + 1, "verdict", one.judgement);
    if (one.priority != 0) {
      out += property(i + 1, "priority", fmt::format("P{}", one.priority));
    }
    if (one.time_to_verdict) {
      out += property(i + 1, "time_to_verdict", seams::to_text(*one.time_to_verdict));
    }
  }
  return out.empty() ? out : "      <properties>\n" + out + "      </properties>\n";
}

auto case_of(const outcome& what, bool with_timings) -> std::string {
  const auto seconds = with_timings ? static_cast<double>(what.wall_ms) / 1000.0 : 0.0;
  auto out = fmt::format(R"(    <testcase classname="{}" name="{} [seed {}, {}]" time="{:.3f}">)",
                         for_xml(what.file),
                         for_xml(what.name),
                         what.seed,
                         for_xml(what.wire),
                         seconds) +
             "\n" + properties_of(what.labels);
  for (const auto& one : what.checks) {
    if (one.outcome == verdict::passed) {
      continue;
    }
    const auto* element = one.outcome == verdict::failed ? "failure" : "error";
    auto text = std::string();
    for (const auto& line : one.details) {
      text += line + "\n";
    }
    out += fmt::format("      <{} message=\"{}: expected {}, got {}\">{}</{}>\n",
                       element,
                       for_xml(one.name),
                       for_xml(one.expected),
                       for_xml(one.got),
                       for_xml(text + what.repeat),
                       element);
  }
  return out + "    </testcase>\n";
}

} // namespace

auto to_junit(const summary& what, bool with_timings) -> std::string {
  auto out = std::string("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
  out +=
      fmt::format("  <testsuite name=\"offtenant\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n",
                  what.outcomes.size(),
                  what.count(verdict::failed),
                  what.count(verdict::error));
  for (const auto& one : what.outcomes) {
    out += case_of(one, with_timings);
  }
  return out + "  </testsuite>\n</testsuites>\n";
}

} // namespace scenarios::report
