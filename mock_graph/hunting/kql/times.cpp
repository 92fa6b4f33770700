#include "mock_graph/hunting/kql/times.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <vector>

namespace mock_graph::hunting::kql {
namespace {

using namespace std::chrono_literals;

/// Reads fixed parts of a text from the left.
class reader {
public:
  explicit reader(std::string_view text) : rest_(text) {}

  auto digits(std::size_t least, std::size_t most) -> std::optional<int> {
    auto count = std::size_t{0};
    auto number = 0;
    while (count < most && count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9') {
      number = number * 10 + (rest_[count++] - '0');
    }
    if (count < least) {
      return std::nullopt;
    }
    rest_.remove_prefix(count);
    return number;
  }

  auto skip(std::string_view any_of) -> bool {
    if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos) {
      return false;
    }
    rest_.remove_prefix(1);
    return true;
  }

  // The digits of a fraction in 100 ns; what is finer is cut.
  auto fraction() -> seams::duration {
    auto ticks = std::int64_t{0};
    auto count = 0;
    for (; !rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9'; rest_.remove_prefix(1), ++count) {
      ticks = count < 7 ? ticks * 10 + (rest_[0] - '0') : ticks;
    }
    for (; count < 7; ++count) {
      ticks *= 10;
    }
    return seams::duration{ticks};
  }

  [[nodiscard]] auto done() const -> bool { return rest_.empty(); }
  [[nodiscard]] auto front() const -> char { return rest_.empty() ? '\0' : rest_.front(); }

private:
  std::string_view rest_;
};

auto trimmed(std::string_view text) -> std::string_view {
  const auto from = text.find_first_not_of(" \t\r\n");
  const auto to = text.find_last_not_of(" \t\r\n");
  return from == std::string_view::npos ? std::string_view() : text.substr(from, to - from + 1);
}

auto clock_part(reader& in) -> std::optional<seams::duration> {
  const auto hour = in.digits(1, 2);
  if (!hour || *hour > 23 || !in.skip(":")) {
    return std::nullopt;
  }
  const auto minute = in.digits(2, 2);
  if (!minute || *minute > 59) {
    return std::nullopt;
  }
  auto made = seams::duration{std::chrono::hours{*hour} + std::chrono::minutes{*minute}};
  if (in.skip(":")) {
    const auto second = in.digits(2, 2);
    if (!second || *second > 59) {
      return std::nullopt;
    }
    made += std::chrono::seconds{*second};
    if (in.skip(".,")) {
      made += in.fraction();
    }
  }
  return made;
}

auto zone_part(reader& in) -> std::optional<seams::duration> {
  if (in.skip("Zz") || in.done()) {
    return in.done() ? std::optional(seams::duration{0}) : std::nullopt;
  }
  const auto west = in.front() == '-';
  if (!in.skip("+-")) {
    return std::nullopt;
  }
  const auto hours = in.digits(2, 2);
  in.skip(":");
  const auto minutes = in.done() ? std::optional(0) : in.digits(2, 2);
  if (!hours || !minutes || *hours > 14 || *minutes > 59 || !in.done()) {
    return std::nullopt;
  }
  const auto shift = seams::duration{std::chrono::hours{*hours} + std::chrono::minutes{*minutes}};
  return west ? -shift : shift;
}

struct span_unit {
  std::string_view name;
  seams::duration size;
};

constexpr auto span_units = std::array{span_unit{"d", std::chrono::days{1}},
                                       span_unit{"day", std::chrono::days{1}},
                                       span_unit{"days", std::chrono::days{1}},
                                       span_unit{"h", 1h},
                                       span_unit{"hr", 1h},
                                       span_unit{"hrs", 1h},
                                       span_unit{"hour", 1h},
                                       span_unit{"hours", 1h},
                                       span_unit{"m", 1min},
                                       span_unit{"min", 1min},
                                       span_unit{"minute", 1min},
                                       span_unit{"minutes", 1min},
                                       span_unit{"s", 1s},
                                       span_unit{"sec", 1s},
                                       span_unit{"second", 1s},
                                       span_unit{"seconds", 1s},
                                       span_unit{"ms", 1ms},
                                       span_unit{"milli", 1ms},
                                       span_unit{"millis", 1ms},
                                       span_unit{"millisecond", 1ms},
                                       span_unit{"milliseconds", 1ms},
                                       span_unit{"microsecond", 1us},
                                       span_unit{"microseconds", 1us},
                                       span_unit{"tick", seams::duration{1}},
                                       span_unit{"ticks", seams::duration{1}}};

auto counted(std::string_view text) -> std::optional<seams::duration> {
  auto number = 0.0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc()) {
    return std::nullopt;
  }
  auto unit = trimmed(text.substr(static_cast<std::size_t>(end - text.data())));
  unit = unit.empty() ? "d" : unit;
  const auto found = std::find_if(span_units.begin(), span_units.end(), [&](const span_unit& each) {
    return each.name == unit;
  });
  if (found == span_units.end()) {
    return std::nullopt;
  }
  const auto ticks = number * static_cast<double>(found->size.count());
  if (!(std::abs(ticks) < 9.2e18)) {
    return std::nullopt;
  }
  return seams::duration{std::llround(ticks)};
}

} // namespace

auto parse_datetime(std::string_view text) -> std::optional<seams::instant> {
  auto in = reader(trimmed(text));
  const auto year = in.digits(4, 4);
  const auto month = in.skip("-/") ? in.digits(1, 2) : std::optional(1);
  const auto day = in.skip("-/") ? in.digits(1, 2) : std::optional(1);
  if (!year || !month || !day) {
    return std::nullopt;
  }
  const auto date = std::chrono::year_month_day{std::chrono::year{*year},
                                                std::chrono::month{static_cast<unsigned>(*month)},
                                                std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) {
    return std::nullopt;
  }
  const auto midnight = seams::instant{std::chrono::sys_days{date}};
  if (in.done()) {
    return midnight;
  }
  if (!in.skip("Tt ")) {
    return std::nullopt;
  }
  const auto clock = clock_part(in);
  const auto zone = clock ? zone_part(in) : std::nullopt;
  return zone ? std::optional(midnight + *clock - *zone) : std::nullopt;
}

auto parse_timespan_text(std::string_view text) -> std::optional<seams::duration> {
  text = trimmed(text);
  const auto negative = text.starts_with('-');
  text.remove_prefix(negative ? 1U : 0U);
  if (text.empty() || text.starts_with('-')) {
    return std::nullopt;
  }
  if (text.find(':') == std::string_view::npos) {
    const auto span = counted(text);
    return span && negative ? std::optional(-*span) : span;
  }
  auto in = reader(text);
  auto days = std::optional(0);
  const auto dot = text.find('.');
  if (dot < text.find(':')) {
    days = in.digits(1, 7);
    in.skip(".");
  }
  const auto clock = days ? clock_part(in) : std::nullopt;
  if (!clock || !in.done()) {
    return std::nullopt;
  }
  const auto span = *clock + std::chrono::days{*days};
  return negative ? -span : span;
}

auto datetime_text(seams::instant at) -> std::string {
  auto text = seams::to_rfc3339(at);
  text.pop_back();
  const auto dot = text.find('.');
  if (dot == std::string::npos) {
    return text + ".0000000Z";
  }
  return text + std::string(7 - (text.size() - dot - 1), '0') + "Z";
}

auto timespan_text(seams::duration span) -> std::string {
  const auto negative = span < seams::duration::zero();
  const auto ticks = negative ? 0U - static_cast<std::uint64_t>(span.count())
                              : static_cast<std::uint64_t>(span.count());
  constexpr auto second = std::uint64_t{10'000'000};
  const auto days = ticks / (second * 86'400);
  auto text = std::array<char, 64>{};
  const auto length = std::snprintf(text.data(),
                                    text.size(),
                                    "%02d:%02d:%02d",
                                    static_cast<int>(ticks / (second * 3600) % 24),
                                    static_cast<int>(ticks / (second * 60) % 60),
                                    static_cast<int>(ticks / second % 60));
  auto out = std::string(text.data(), static_cast<std::size_t>(length));
  if (ticks % second != 0) {
    auto fraction = std::to_string(ticks % second);
    out += "." + std::string(7 - fraction.size(), '0') + fraction;
  }
  return (negative ? "-" : "") + (days > 0 ? std::to_string(days) + "." : "") + out;
}

auto in_range(seams::instant at) -> bool {
  constexpr auto first = std::chrono::sys_days{std::chrono::year{1} / 1 / 1};
  constexpr auto end = std::chrono::sys_days{std::chrono::year{10'000} / 1 / 1};
  return at >= seams::instant{first} && at < seams::instant{end};
}

auto shifted(seams::instant at, seams::duration by) -> std::optional<seams::instant> {
  auto ticks = std::int64_t{0};
  if (__builtin_add_overflow(at.time_since_epoch().count(), by.count(), &ticks)) {
    return std::nullopt;
  }
  const auto made = seams::instant{seams::duration{ticks}};
  return in_range(made) ? std::optional(made) : std::nullopt;
}

} // namespace mock_graph::hunting::kql
