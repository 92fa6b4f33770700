#include "mock_graph/hunting/timespan.hpp"

#include "mock_graph/hunting/kql/times.hpp"

#include <cmath>
#include <optional>
#include <string>

namespace mock_graph::hunting {
namespace {

using std::chrono::days;

constexpr auto text_size_max = std::size_t{100};
constexpr auto days_max = 36'500.0; // a century: far more than any table keeps

auto unit_of(char letter, bool in_time) -> seams::duration {
  switch (letter) {
  case 'Y':
    return in_time ? seams::duration{0} : seams::duration{days{365}};
  case 'W':
    return in_time ? seams::duration{0} : seams::duration{days{7}};
  case 'D':
    return in_time ? seams::duration{0} : seams::duration{days{1}};
  case 'H':
    return in_time ? seams::duration{std::chrono::hours{1}} : seams::duration{0};
  case 'S':
    return in_time ? seams::duration{std::chrono::seconds{1}} : seams::duration{0};
  case 'M':
    return in_time ? seams::duration{std::chrono::minutes{1}} : seams::duration{days{30}};
  default:
    return seams::duration{0};
  }
}

// P[nY][nM][nW][nD][T[nH][nM][nS]], at least one part.
auto iso_duration(std::string_view text) -> std::optional<seams::duration> {
  if (!text.starts_with('P') || text.size() < 3) {
    return std::nullopt;
  }
  text.remove_prefix(1);
  auto ticks = 0.0;
  auto in_time = false;
  while (!text.empty()) {
    if (text.front() == 'T' && !in_time && text.size() > 1) {
      in_time = true;
      text.remove_prefix(1);
      continue;
    }
    const auto length = std::min(text.find_first_not_of("0123456789."), text.size());
    if (length == 0 || length == text.size() || length > 12 || text.front() == '.') {
      return std::nullopt;
    }
    const auto unit = unit_of(text[length], in_time);
    if (unit.count() == 0 ||
        text.substr(0, length).find('.') != text.substr(0, length).rfind('.')) {
      return std::nullopt;
    }
    ticks += std::stod(std::string(text.substr(0, length))) * static_cast<double>(unit.count());
    text.remove_prefix(length + 1);
  }
  const auto most = days_max * static_cast<double>(seams::duration{days{1}}.count());
  return ticks <= most ? std::optional(seams::duration{std::llround(ticks)}) : std::nullopt;
}

auto refused(std::string_view text) -> query_error {
  auto made = query_error();
  made.message = "The timespan '" + std::string(text.substr(0, text_size_max)) +
                 "' is not a valid ISO 8601 interval.";
  return made;
}

auto interval(std::string_view first, std::string_view second) -> std::optional<time_range> {
  const auto from = kql::parse_datetime(first);
  const auto to = kql::parse_datetime(second);
  const auto before = iso_duration(first);
  const auto after = iso_duration(second);
  const auto moved = [](seams::instant at, seams::duration by) { return kql::shifted(at, by); };
  if (from && to && *from <= *to) {
    return time_range{*from, *to};
  }
  if (before && to) {
    const auto start = moved(*to, -*before);
    return start ? std::optional(time_range{*start, *to}) : std::nullopt;
  }
  if (from && after) {
    const auto end = moved(*from, *after);
    return end ? std::optional(time_range{*from, *end}) : std::nullopt;
  }
  return std::nullopt;
}

auto until_now(std::string_view text, seams::instant now) -> std::optional<time_range> {
  if (const auto span = iso_duration(text)) {
    return time_range{now - *span, now};
  }
  const auto from = kql::parse_datetime(text);
  return from && *from <= now ? std::optional(time_range{*from, now}) : std::nullopt;
}

} // namespace

auto default_timespan(seams::instant now) -> time_range {
  return {now - days{30}, now};
}

auto parse_timespan(std::string_view text, seams::instant now)
    -> boost::system::result<time_range, query_error> {
  if (text.empty()) {
    return default_timespan(now);
  }
  if (text.size() > text_size_max) {
    return refused(text);
  }
  const auto slash = text.find('/');
  const auto made = slash == std::string_view::npos
                        ? until_now(text, now)
                        : interval(text.substr(0, slash), text.substr(slash + 1));
  return made ? boost::system::result<time_range, query_error>(*made) : refused(text);
}

} // namespace mock_graph::hunting
