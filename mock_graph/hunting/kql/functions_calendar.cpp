#include "core/seams/letters.hpp"
#include "mock_graph/hunting/kql/functions.hpp"
#include "mock_graph/hunting/kql/times.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <array>
#include <cmath>

namespace mock_graph::hunting::kql {
namespace {

using namespace std::chrono;
using seams::instant;

constexpr auto moment = always<scalar::datetime>;

auto at_of(const value& cell) -> std::optional<instant> {
  const auto held = cast(cell, scalar::datetime);
  const auto* at = std::get_if<instant>(&held);
  return at != nullptr ? std::optional(*at) : std::nullopt;
}

auto date_of(instant at) -> year_month_day {
  return year_month_day{floor<days>(at)};
}

enum class period { day, week, month, year };

auto start_of(instant at, period unit) -> instant {
  const auto day_start = floor<days>(at);
  const auto date = year_month_day{day_start};
  switch (unit) {
  case period::day:
    return instant{day_start};
  case period::week:
    return instant{day_start - days{weekday{day_start}.c_encoding()}};
  case period::month:
    return instant{sys_days{date.year() / date.month() / 1}};
  case period::year:
    return instant{sys_days{date.year() / 1 / 1}};
  }
  return at;
}

auto next_start(instant start, period unit, std::int64_t count) -> instant {
  const auto date = date_of(start);
  switch (unit) {
  case period::day:
    return start + days{count};
  case period::week:
    return start + days{7 * count};
  case period::month:
    return instant{sys_days{(date.year() / date.month() + months{count}) / 1}};
  case period::year:
    return instant{sys_days{(date.year() + years{count}) / 1 / 1}};
  }
  return start;
}

constexpr auto offset_max = std::int64_t{10'000};

auto too_far(std::int64_t offset) -> bool {
  return offset > offset_max || offset < -offset_max;
}

auto kept(instant made) -> value {
  return in_range(made) ? value(made) : value();
}

template <period Unit, bool End> auto edge(const call_env&, arguments args) -> value {
  const auto at = at_of(*args[0]);
  const auto offset = args.size() > 1 ? integer_of(*args[1]) : std::optional(std::int64_t{0});
  if (!at || !in_range(*at) || !offset || too_far(*offset)) {
    return {};
  }
  const auto start = next_start(start_of(*at, Unit), Unit, *offset + (End ? 1 : 0));
  return kept(End ? start - seams::duration{1} : start);
}

auto day_of_year(instant at) -> std::int64_t {
  return (floor<days>(at) - floor<days>(start_of(at, period::year))).count() + 1;
}

// ISO 8601: the week that holds the year's first Thursday is week 1.
auto week_of_year(instant at) -> std::int64_t {
  const auto day = floor<days>(at);
  const auto thursday = day + days{3} - days{weekday{day}.iso_encoding() - 1};
  return (day_of_year(instant{thursday}) - 1) / 7 + 1;
}

auto part_of(const std::string& part, instant at) -> std::optional<std::int64_t> {
  const auto date = date_of(at);
  const auto month_number = static_cast<std::int64_t>(static_cast<unsigned>(date.month()));
  const auto time = hh_mm_ss{at - floor<days>(at)};
  if (part == "year") {
    return static_cast<int>(date.year());
  }
  if (part == "quarter") {
    return (month_number - 1) / 3 + 1;
  }
  if (part == "month") {
    return month_number;
  }
  if (part == "week_of_year" || part == "weekofyear") {
    return week_of_year(at);
  }
  if (part == "day") {
    return static_cast<unsigned>(date.day());
  }
  if (part == "dayofyear") {
    return day_of_year(at);
  }
  if (part == "hour") {
    return time.hours().count();
  }
  if (part == "minute") {
    return time.minutes().count();
  }
  if (part == "second") {
    return time.seconds().count();
  }
  const auto ticks = std::int64_t{time.subseconds().count()};
  return part == "millisecond"   ? std::optional(ticks / 10'000)
         : part == "microsecond" ? std::optional(ticks / 10)
         : part == "nanosecond"  ? std::optional(ticks * 100)
                                 : std::nullopt;
}

auto datetime_part(const call_env&, arguments args) -> value {
  const auto at = at_of(*args[1]);
  const auto read = at ? part_of(seams::lower_case(text_of(*args[0])), *at) : std::nullopt;
  return read ? value(*read) : value();
}

// How many of `unit` begin between the epoch and `at`: their difference counts the boundaries.
auto boundaries(const std::string& unit, instant at) -> std::optional<std::int64_t> {
  const auto date = date_of(at);
  const auto months_since = static_cast<std::int64_t>(static_cast<int>(date.year())) * 12 +
                            static_cast<unsigned>(date.month()) - 1;
  const auto seconds_since = floor<seconds>(at).time_since_epoch().count();
  const auto floor_div = [](std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); };
  const auto ticks = at.time_since_epoch().count();
  if (unit == "year") {
    return static_cast<int>(date.year());
  }
  if (unit == "quarter") {
    return months_since / 3;
  }
  if (unit == "month") {
    return months_since;
  }
  if (unit == "week") {
    return floor_div(floor<days>(at).time_since_epoch().count() + 4, 7);
  }
  if (unit == "day") {
    return floor_div(seconds_since, 86'400);
  }
  if (unit == "hour") {
    return floor_div(seconds_since, 3600);
  }
  if (unit == "minute") {
    return floor_div(seconds_since, 60);
  }
  if (unit == "second") {
    return seconds_since;
  }
  return unit == "millisecond"   ? std::optional(floor_div(ticks, 10'000))
         : unit == "microsecond" ? std::optional(floor_div(ticks, 10))
                                 : std::nullopt;
}

auto datetime_diff(const call_env&, arguments args) -> value {
  const auto unit = seams::lower_case(text_of(*args[0]));
  const auto left = at_of(*args[1]);
  const auto right = at_of(*args[2]);
  const auto a = left ? boundaries(unit, *left) : std::nullopt;
  const auto b = right ? boundaries(unit, *right) : std::nullopt;
  return a && b ? value(*a - *b) : value();
}

auto month_shifted(instant at, std::int64_t count) -> value {
  const auto date = date_of(at);
  const auto moved = date + months{count};
  const auto day = moved.ok() ? moved : year_month_day{moved.year() / moved.month() / last};
  return kept(instant{sys_days{day}} + (at - floor<days>(at)));
}

auto datetime_add(const call_env&, arguments args) -> value {
  const auto unit = seams::lower_case(text_of(*args[0]));
  const auto count = integer_of(*args[1]);
  const auto at = at_of(*args[2]);
  if (!count || !at) {
    return {};
  }
  const auto per = unit == "year" ? 12 : unit == "quarter" ? 3 : unit == "month" ? 1 : 0;
  if (per > 0) {
    return too_far(*count) || !in_range(*at) ? value() : month_shifted(*at, *count * per);
  }
  const auto step = unit == "week"          ? seams::duration{days{7}}
                    : unit == "day"         ? seams::duration{days{1}}
                    : unit == "hour"        ? seams::duration{hours{1}}
                    : unit == "minute"      ? seams::duration{minutes{1}}
                    : unit == "second"      ? seams::duration{seconds{1}}
                    : unit == "millisecond" ? seams::duration{milliseconds{1}}
                    : unit == "microsecond" ? seams::duration{microseconds{1}}
                                            : seams::duration{0};
  auto ticks = std::int64_t{0};
  if (step.count() == 0 || __builtin_mul_overflow(step.count(), *count, &ticks)) {
    return {};
  }
  const auto made = shifted(*at, seams::duration{ticks});
  return made ? value(*made) : value();
}

// The span since the last Sunday began, as whole days.
auto day_of_week(const call_env&, arguments args) -> value {
  const auto at = at_of(*args[0]);
  return at ? value(seams::duration{days{weekday{floor<days>(*at)}.c_encoding()}}) : value();
}

template <std::int64_t (*F)(instant)> auto number_from(const call_env&, arguments args) -> value {
  const auto at = at_of(*args[0]);
  return at ? value(F(*at)) : value();
}

auto hour_of(instant at) -> std::int64_t {
  return duration_cast<hours>(at - floor<days>(at)).count();
}

auto day_of(instant at) -> std::int64_t {
  return static_cast<unsigned>(date_of(at).day());
}

auto month_of(instant at) -> std::int64_t {
  return static_cast<unsigned>(date_of(at).month());
}

auto year_of(instant at) -> std::int64_t {
  return static_cast<int>(date_of(at).year());
}

constexpr auto calendar_table = std::array{
    function_info{"startofday", 1, 2, moment, edge<period::day, false>},
    function_info{"startofweek", 1, 2, moment, edge<period::week, false>},
    function_info{"startofmonth", 1, 2, moment, edge<period::month, false>},
    function_info{"startofyear", 1, 2, moment, edge<period::year, false>},
    function_info{"endofday", 1, 2, moment, edge<period::day, true>},
    function_info{"endofweek", 1, 2, moment, edge<period::week, true>},
    function_info{"endofmonth", 1, 2, moment, edge<period::month, true>},
    function_info{"endofyear", 1, 2, moment, edge<period::year, true>},
    function_info{"datetime_part", 2, 2, always<scalar::int64>, datetime_part},
    function_info{"datetime_diff", 3, 3, always<scalar::int64>, datetime_diff},
    function_info{"datetime_add", 3, 3, moment, datetime_add},
    function_info{"dayofweek", 1, 1, always<scalar::timespan>, day_of_week},
    function_info{"dayofmonth", 1, 1, always<scalar::int64>, number_from<day_of>},
    function_info{"dayofyear", 1, 1, always<scalar::int64>, number_from<day_of_year>},
    function_info{"hourofday", 1, 1, always<scalar::int64>, number_from<hour_of>},
    function_info{"monthofyear", 1, 1, always<scalar::int64>, number_from<month_of>},
    function_info{"getmonth", 1, 1, always<scalar::int64>, number_from<month_of>},
    function_info{"getyear", 1, 1, always<scalar::int64>, number_from<year_of>},
    function_info{"week_of_year", 1, 1, always<scalar::int64>, number_from<week_of_year>}};

} // namespace

auto calendar_functions() -> std::span<const function_info> {
  return calendar_table;
}

} // namespace mock_graph::hunting::kql
