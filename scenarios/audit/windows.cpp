#include "scenarios/audit/windows.hpp"

#include "core/feeds/times.hpp"
#include "mock_graph/odata/target.hpp"

#include <algorithm>

namespace scenarios::audit {
namespace {

using namespace std::chrono_literals;

/// "2026-03-10", "2026-03-10T08:29" or with seconds.
auto window_edge(std::string text) -> std::optional<seams::instant> {
  if (text.size() == std::string_view("2026-03-10").size()) {
    text += "T00:00";
  }
  if (text.size() == std::string_view("2026-03-10T08:29").size()) {
    text += ":00";
  }
  return core::feeds::parse_time(text);
}

auto span_asked(const mock_graph::odata::target& target, seams::instant at)
    -> std::optional<span_of_time> {
  const auto from = find_parameter(target, "startTime");
  const auto to = find_parameter(target, "endTime");
  if (!from || !to) {
    return span_of_time{at - 24h, at};
  }
  const auto first = window_edge(std::string(*from));
  const auto last = window_edge(std::string(*to));
  return first && last ? std::optional(span_of_time{*first, *last}) : std::nullopt;
}

/// Appends a span that begins no earlier than the last one there; spans that touch become one.
void join(std::vector<span_of_time>& spans, span_of_time next) {
  if (!spans.empty() && next.from <= spans.back().to) {
    spans.back().to = std::max(spans.back().to, next.to);
  } else {
    spans.push_back(next);
  }
}

void find_gaps_and_overlaps(windows_of_type& out) {
  std::ranges::stable_sort(
      out.asked, {}, [](const window& one) { return std::pair(one.span.from, one.span.to); });
  auto reach = out.asked.front().span.from;
  for (const auto& one : out.asked) {
    if (one.span.from > reach) {
      out.gaps.push_back({reach, one.span.from});
    } else if (one.span.from < reach) {
      join(out.overlaps, {one.span.from, std::min(one.span.to, reach)});
    }
    reach = std::max(reach, one.span.to);
  }
}

} // namespace

auto windows_in(const mock_graph::journal& requests) -> std::map<std::string, windows_of_type> {
  auto out = std::map<std::string, windows_of_type>();
  for (auto place = std::size_t{0}; place < requests.size(); ++place) {
    const auto& entry = requests[place];
    if (entry.route != "activity.content" || entry.status != 200) {
      continue;
    }
    const auto target = mock_graph::odata::read_target(entry.url);
    const auto type = target ? find_parameter(*target, "contentType") : std::nullopt;
    if (!type || find_parameter(*target, "nextPage")) {
      continue;
    }
    if (const auto span = span_asked(*target, entry.at)) {
      out[std::string(*type)].asked.push_back({*span, entry.at, place});
    }
  }
  for (auto& [type, windows] : out) {
    find_gaps_and_overlaps(windows);
  }
  return out;
}

} // namespace scenarios::audit
