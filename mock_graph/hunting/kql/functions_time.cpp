#include "mock_graph/hunting/kql/functions.hpp"
#include "mock_graph/hunting/kql/scalars.hpp"
#include "mock_graph/hunting/kql/times.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <array>
#include <cmath>

namespace mock_graph::hunting::kql {
namespace {

using namespace std::chrono_literals;

constexpr auto moment = always<scalar::datetime>;

auto at_of(const value& cell) -> std::optional<seams::instant> {
  const auto held = cast(cell, scalar::datetime);
  const auto* at = std::get_if<seams::instant>(&held);
  return at != nullptr ? std::optional(*at) : std::nullopt;
}

auto span_of(const value& cell) -> std::optional<seams::duration> {
  const auto held = cast(cell, scalar::timespan);
  const auto* span = std::get_if<seams::duration>(&held);
  return span != nullptr ? std::optional(*span) : std::nullopt;
}

auto moved(seams::instant at, std::optional<seams::duration> by) -> value {
  const auto made = by ? shifted(at, *by) : std::nullopt;
  return made ? value(*made) : value();
}

auto now(const call_env& env, arguments args) -> value {
  return args.empty() ? value(env.now) : moved(env.now, span_of(*args[0]));
}

auto ago(const call_env& env, arguments args) -> value {
  const auto span = span_of(*args[0]);
  return span && *span != seams::duration::min() ? moved(env.now, -*span) : value();
}

// The multiple of `step` at or below `number`; none for a step that is not positive.
auto floored(std::int64_t number, std::int64_t step) -> std::optional<std::int64_t> {
  if (step <= 0) {
    return std::nullopt;
  }
  const auto rest = number % step;
  auto made = std::int64_t{0};
  const auto below = rest < 0 ? rest + step : rest;
  return __builtin_sub_overflow(number, below, &made) ? std::nullopt : std::optional(made);
}

// KQL counts bins from year 1, as .NET does.
auto bin_instant(seams::instant at, seams::duration step) -> value {
  const auto origin = seams::instant{std::chrono::sys_days{std::chrono::year{1} / 1 / 1}};
  auto since = std::int64_t{0};
  if (__builtin_sub_overflow(
          at.time_since_epoch().count(), origin.time_since_epoch().count(), &since)) {
    return {};
  }
  const auto made = floored(since, step.count());
  return made ? moved(origin, seams::duration{*made}) : value();
}

auto bin(const call_env&, arguments args) -> value {
  auto scratch = value();
  const auto& held = plain(*args[0], scratch);
  if (const auto* at = std::get_if<seams::instant>(&held)) {
    const auto step = span_of(*args[1]);
    return step ? bin_instant(*at, *step) : value();
  }
  if (const auto* span = std::get_if<seams::duration>(&held)) {
    const auto step = span_of(*args[1]);
    const auto made = step ? floored(span->count(), step->count()) : std::nullopt;
    return made ? value(seams::duration{*made}) : value();
  }
  const auto* whole = std::get_if<std::int64_t>(&held);
  if (const auto* step = std::get_if<std::int64_t>(args[1]); whole != nullptr && step != nullptr) {
    const auto made = floored(*whole, *step);
    return made ? value(*made) : value();
  }
  const auto number = number_of(held);
  const auto step = number_of(*args[1]);
  return number && step && *step > 0 ? value(std::floor(*number / *step) * *step) : value();
}

auto bin_type(argument_types types) -> scalar {
  const auto mixed = is_number(types[0]) && types.size() > 1 && types[1] == scalar::real;
  return types[0] == scalar::dynamic || mixed ? scalar::real : types[0];
}

auto floor_(const call_env& env, arguments args) -> value {
  return bin(env, args);
}

template <std::int64_t Unit> auto from_unix(const call_env&, arguments args) -> value {
  const auto number = number_of(*args[0]);
  const auto ticks = number.value_or(1e300) * static_cast<double>(Unit) / 100.0;
  if (!(std::abs(ticks) < 9.2e18)) {
    return {};
  }
  const auto made = seams::instant{seams::duration{std::llround(ticks)}};
  return in_range(made) ? value(made) : value();
}

auto make_datetime(const call_env&, arguments args) -> value {
  auto parts = std::array<std::int64_t, 5>{1, 1, 1, 0, 0};
  for (auto at = std::size_t{0}; at < std::min(args.size(), std::size_t{5}); ++at) {
    const auto part = integer_of(*args[at]);
    if (!part || *part < 0 || *part > 9999) {
      return {};
    }
    parts[at] = *part;
  }
  const auto seconds = args.size() > 5 ? number_of(*args[5]) : std::optional(0.0);
  const auto date = std::chrono::year_month_day{std::chrono::year{static_cast<int>(parts[0])},
                                                std::chrono::month{static_cast<unsigned>(parts[1])},
                                                std::chrono::day{static_cast<unsigned>(parts[2])}};
  if (!date.ok() || parts[3] > 23 || parts[4] > 59 || !seconds || !(*seconds >= 0) ||
      *seconds >= 60) {
    return {};
  }
  return seams::instant{std::chrono::sys_days{date}} + std::chrono::hours{parts[3]} +
         std::chrono::minutes{parts[4]} + seams::duration{std::llround(*seconds * 1e7)};
}

auto make_timespan(const call_env&, arguments args) -> value {
  auto parts = std::array<std::int64_t, 4>{};
  const auto skipped = 4 - args.size() - (args.size() == 2 ? 1 : 0);
  for (auto at = std::size_t{0}; at < args.size(); ++at) {
    const auto part = integer_of(*args[at]);
    if (!part || *part < 0 || *part > 10'000'000) {
      return {};
    }
    parts[at + skipped] = *part;
  }
  return seams::duration{std::chrono::days{parts[0]} + std::chrono::hours{parts[1]} +
                         std::chrono::minutes{parts[2]} + std::chrono::seconds{parts[3]}};
}

// A run of one letter of a format, or one character to copy.
auto format_run(char letter, std::size_t length, seams::instant at) -> std::string {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const auto date = std::chrono::year_month_day{day};
  const auto time = std::chrono::hh_mm_ss{at - day};
  const auto padded = [&](std::int64_t number, std::size_t width) {
    const auto text = std::to_string(number);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
  };
  const auto hour = time.hours().count();
  switch (letter) {
  case 'y':
    return length > 2 ? padded(static_cast<int>(date.year()), length)
                      : padded(static_cast<int>(date.year()) % 100, length);
  case 'M':
    return padded(static_cast<unsigned>(date.month()), length);
  case 'd':
    return padded(static_cast<unsigned>(date.day()), length);
  case 'H':
    return padded(hour, length);
  case 'h':
    return padded(hour % 12 == 0 ? 12 : hour % 12, length);
  case 'm':
    return padded(time.minutes().count(), length);
  case 's':
    return padded(time.seconds().count(), length);
  case 't':
    return hour < 12 ? "AM" : "PM";
  case 'f':
  case 'F': {
    auto digits = padded(time.subseconds().count(), 7).substr(0, length);
    if (letter == 'F') {
      digits.erase(digits.find_last_not_of('0') + 1);
    }
    return digits;
  }
  default:
    return std::string(length, letter);
  }
}

auto format_datetime(const call_env&, arguments args) -> value {
  const auto at = at_of(*args[0]);
  const auto format = text_of(*args[1]);
  constexpr auto format_size_max = std::size_t{256};
  if (!at || format.size() > format_size_max) {
    return std::string();
  }
  auto made = std::string();
  for (auto from = std::size_t{0}; from < format.size();) {
    const auto to = std::min(format.find_first_not_of(format[from], from), format.size());
    made += format_run(format[from], to - from, *at);
    from = to;
  }
  return made;
}

constexpr auto time_table = std::array{
    function_info{"now", 0, 1, moment, now},
    function_info{"ago", 1, 1, moment, ago},
    function_info{"bin", 2, 2, bin_type, bin},
    function_info{"floor", 2, 2, bin_type, floor_},
    function_info{"unixtime_seconds_todatetime", 1, 1, moment, from_unix<1'000'000'000>},
    function_info{"unixtime_milliseconds_todatetime", 1, 1, moment, from_unix<1'000'000>},
    function_info{"make_datetime", 3, 6, moment, make_datetime},
    function_info{"make_timespan", 2, 4, always<scalar::timespan>, make_timespan},
    function_info{"format_datetime", 2, 2, always<scalar::string>, format_datetime}};

} // namespace

auto time_functions() -> std::span<const function_info> {
  return time_table;
}

} // namespace mock_graph::hunting::kql
