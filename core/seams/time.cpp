#include "core/seams/time.hpp"

#include <array>
#include <cstdio>
#include <string_view>

namespace seams {
namespace {

using namespace std::chrono_literals;

struct unit {
  duration size;
  std::string_view name;
};

constexpr auto units = std::array{unit{std::chrono::days{1}, "d"},
                                  unit{1h, "h"},
                                  unit{1min, "m"},
                                  unit{1s, "s"},
                                  unit{1ms, "ms"},
                                  unit{1us, "us"},
                                  unit{duration{1}, "x100ns"}};

} // namespace

auto to_rfc3339(instant at) -> std::string {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const auto date = std::chrono::year_month_day{day};
  const auto time = std::chrono::hh_mm_ss{at - day};
  auto text = std::array<char, 48>{};
  const auto length = std::snprintf(text.data(),
                                    text.size(),
                                    "%04d-%02u-%02uT%02d:%02d:%02d.%07d",
                                    static_cast<int>(date.year()),
                                    static_cast<unsigned>(date.month()),
                                    static_cast<unsigned>(date.day()),
                                    static_cast<int>(time.hours().count()),
                                    static_cast<int>(time.minutes().count()),
                                    static_cast<int>(time.seconds().count()),
                                    static_cast<int>(time.subseconds().count()));
  auto out = std::string(text.data(), static_cast<std::size_t>(length));
  out.erase(out.find_last_not_of('0') + 1);
  if (out.back() == '.') {
    out.pop_back();
  }
  return out + 'Z';
}

auto to_http_date(instant at) -> std::string {
  static constexpr auto days = std::array{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr auto months = std::array{
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const auto date = std::chrono::year_month_day{day};
  const auto time = std::chrono::hh_mm_ss{std::chrono::floor<std::chrono::seconds>(at - day)};
  auto text = std::array<char, 48>{};
  const auto length = std::snprintf(text.data(),
                                    text.size(),
                                    "%s, %02u %s %04d %02d:%02d:%02d GMT",
                                    days[std::chrono::weekday{day}.c_encoding()],
                                    static_cast<unsigned>(date.day()),
                                    months[static_cast<unsigned>(date.month()) - 1],
                                    static_cast<int>(date.year()),
                                    static_cast<int>(time.hours().count()),
                                    static_cast<int>(time.minutes().count()),
                                    static_cast<int>(time.seconds().count()));
  return {text.data(), static_cast<std::size_t>(length)};
}

auto to_text(duration span) -> std::string {
  if (span == duration::zero()) {
    return "0s";
  }
  auto out = std::string(span < duration::zero() ? "-" : "");
  auto rest = span < duration::zero() ? -span : span;
  auto written = 0;
  for (const auto& [size, name] : units) {
    const auto count = rest / size;
    if (count == 0 || (written == 2)) {
      continue;
    }
    rest -= count * size;
    out += (written++ > 0 ? " " : "") + std::to_string(count) + std::string(name);
  }
  return out;
}

} // namespace seams
