#include "core/feeds/times.hpp"

#include <charconv>

namespace core::feeds {
namespace {

auto number(std::string_view text, std::size_t from, std::size_t length) -> std::optional<int> {
  auto out = 0;
  if (from + length > text.size() || text[from] == '-' || text[from] == '+') {
    return std::nullopt;
  }
  const auto* first = text.data() + from;
  const auto read = std::from_chars(first, first + length, out);
  return read.ec == std::errc() && read.ptr == first + length ? std::optional(out) : std::nullopt;
}

/// ".4466667" in ticks of 100 ns; digits beyond the seventh are cut.
auto fraction(std::string_view digits) -> std::optional<seams::duration> {
  if (digits.empty() || digits.size() > 9) {
    return std::nullopt;
  }
  auto ticks = std::int64_t{0};
  for (auto i = std::size_t{0}; i < 7; ++i) {
    const auto c = i < digits.size() ? digits[i] : '0';
    if (c < '0' || c > '9') {
      return std::nullopt;
    }
    ticks = ticks * 10 + (c - '0');
  }
  return seams::duration{ticks};
}

} // namespace

auto parse_time(std::string_view text) -> std::optional<seams::instant> {
  if (text.ends_with('Z') || text.ends_with('z')) {
    text.remove_suffix(1);
  }
  if (text.size() < 19 || text[4] != '-' || text[7] != '-' ||
      (text[10] != 'T' && text[10] != ' ') || text[13] != ':' || text[16] != ':') {
    return std::nullopt;
  }
  const auto year = number(text, 0, 4);
  const auto month = number(text, 5, 2);
  const auto day = number(text, 8, 2);
  const auto hour = number(text, 11, 2);
  const auto minute = number(text, 14, 2);
  const auto second = number(text, 17, 2);
  if (!year || !month || !day || !hour || !minute || !second) {
    return std::nullopt;
  }
  const auto date = std::chrono::year{*year} / *month / *day;
  const auto rest = text.substr(19);
  const auto part = rest.empty()          ? std::optional(seams::duration{})
                    : rest.front() == '.' ? fraction(rest.substr(1))
                                          : std::nullopt;
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60 || !part) {
    return std::nullopt;
  }
  return seams::instant{std::chrono::sys_days{date}} + std::chrono::hours{*hour} +
         std::chrono::minutes{*minute} + std::chrono::seconds{*second} + *part;
}

auto to_window_time(seams::instant at) -> std::string {
  auto text = seams::to_rfc3339(std::chrono::floor<std::chrono::seconds>(at));
  text.pop_back();
  return text;
}

} // namespace core::feeds
