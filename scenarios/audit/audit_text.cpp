#include "scenarios/audit/connector_audit.hpp"
#include "scenarios/report/safe_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace scenarios::audit {
namespace {

/// Of one kind of finding, for people; the JSON has them all.
constexpr auto shown_most = std::size_t{10};

auto source_table(const connector_audit& what) -> std::string {
  auto out = fmt::format("  {:<24}{:>9}{:>9}{:>9}{:>12}{:>9}\n",
                         "source",
                         "visible",
                         "never",
                         "once",
                         "repeatedly",
                         "passed");
  for (const auto& [source, counted] : what.sources) {
    out += fmt::format("  {:<24}{:>9}{:>9}{:>9}{:>12}{:>9}\n",
                       source,
                       counted.visible,
                       counted.never,
                       counted.once,
                       counted.repeatedly,
                       counted.passed);
  }
  return out;
}

auto finding_list(const std::vector<finding>& found) -> std::string {
  auto out = std::string();
  auto shown = std::map<std::string, std::size_t>();
  for (const auto& one : found) {
    if (++shown[one.kind] <= shown_most) {
      out += fmt::format("  {:<20}{}\n", one.kind, report::for_terminal(one.text));
    }
  }
  for (const auto& [kind, count] : shown) {
    if (count > shown_most) {
      out += fmt::format("  {:<20}and {} more\n", kind, count - shown_most);
    }
  }
  return out;
}

template <class Names> auto name_line(std::string_view title, const Names& names) -> std::string {
  return names.empty() ? std::string() : fmt::format("{}: {}\n", title, fmt::join(names, ", "));
}

auto used_names(const connector_audit& what) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& [role, count] : what.permissions_used) {
    out.push_back(fmt::format("{} ({})", role, count));
  }
  return out;
}

auto verdict_line(const connector_audit& what) -> std::string {
  const auto missed = what.never();
  return missed == 0 ? "Everything that could be fetched was fetched.\n"
                     : fmt::format("{} {} visible and never fetched.\n",
                                   missed,
                                   missed == 1 ? "record was" : "records were");
}

} // namespace

auto to_text(const connector_audit& what) -> std::string {
  auto out = fmt::format("{}, {} to {}: {} requests\n\n",
                         report::for_terminal(what.scenario),
                         seams::to_rfc3339(what.from),
                         seams::to_rfc3339(what.until),
                         what.requests);
  out += source_table(what) + "\n";
  const auto found = finding_list(findings_of(what));
  out += found.empty() ? "Nothing to remark.\n\n" : found + "\n";
  out += name_line("permissions used (requests)", used_names(what));
  out += name_line("permissions granted and not used", what.permissions_unused);
  out += name_line("sources closed to the app", what.closed);
  out += name_line("second sources left alone", what.not_read);
  return out + verdict_line(what);
}

} // namespace scenarios::audit
