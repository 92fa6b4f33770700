#include "replay/import/dates.hpp"

#include "core/seams/letters.hpp"

#include <array>
#include <charconv>
#include <vector>

namespace replay {
namespace {

using std::chrono::year_month_day;

struct date_token {
  std::string_view text;
  int number = -1; ///< of a token of digits
};

auto is_digit(char c) -> bool {
  return c >= '0' && c <= '9';
}

auto is_date_letter(char c) -> bool {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Runs of digits and of letters; what stands between them is dropped.
auto tokens_of(std::string_view text) -> std::vector<date_token> {
  auto out = std::vector<date_token>();
  for (auto at = std::size_t{0}; at < text.size();) {
    auto end = at;
    const auto digits = is_digit(text[at]);
    while (end < text.size() && (digits ? is_digit(text[end]) : is_date_letter(text[end]))) {
      ++end;
    }
    if (end == at) {
      ++at;
      continue;
    }
    auto token = date_token{text.substr(at, end - at), -1};
    if (digits) {
      std::from_chars(text.data() + at, text.data() + end, token.number);
    }
    out.push_back(token);
    at = end;
  }
  return out;
}

auto month_named(std::string_view word) -> int {
  static constexpr auto names = std::to_array<std::string_view>(
      {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"});
  const auto lower = seams::lower_case(word.substr(0, 3));
  for (auto i = std::size_t{0}; i < names.size(); ++i) {
    if (names[i] == lower) {
      return static_cast<int>(i) + 1;
    }
  }
  return -1;
}

/// -1 in the morning words' absence; else the hour in 24.
auto hour_of(int hour, std::string_view half) -> int {
  const auto word = seams::lower_case(half);
  if (word == "am" || word == "pm") {
    return hour < 1 || hour > 12 ? -1 : hour % 12 + (word == "pm" ? 12 : 0);
  }
  return hour;
}

auto ticks_of(std::string_view digits) -> std::int64_t {
  auto out = std::int64_t{0};
  for (auto i = std::size_t{0}; i < 7; ++i) {
    out = out * 10 + (i < digits.size() ? digits[i] - '0' : 0);
  }
  return out;
}

/// A day, and from `rest` on hour, minute, and perhaps second, its fraction, and AM or PM.
auto instant_of(int year, int month, int day, const std::vector<date_token>& all, std::size_t rest)
    -> std::optional<seams::instant> {
  const auto date = year_month_day{std::chrono::year{year},
                                   std::chrono::month{static_cast<unsigned>(month)},
                                   std::chrono::day{static_cast<unsigned>(day)}};
  if (month < 1 || day < 1 || !date.ok() || year < 2000 || year > 2099) {
    return std::nullopt;
  }
  auto parts = std::array<int, 3>{};
  auto ticks = std::int64_t{0};
  auto count = std::size_t{0};
  auto half = std::string_view();
  for (auto i = rest; i < all.size(); ++i) {
    if (all[i].number < 0) {
      half = all[i].text;
    } else if (count < 3) {
      parts[count++] = all[i].number;
    } else {
      ticks = count++ == 3 ? ticks_of(all[i].text) : ticks;
    }
  }
  const auto hour = hour_of(parts[0], half);
  if (hour < 0 || hour > 23 || parts[1] > 59 || parts[2] > 60 || count == 1) {
    return std::nullopt;
  }
  return seams::instant{std::chrono::sys_days{date}} + std::chrono::hours{hour} +
         std::chrono::minutes{parts[1]} + std::chrono::seconds{parts[2]} + seams::duration{ticks};
}

auto since_1970(std::string_view text) -> std::optional<seams::instant> {
  auto ms = std::int64_t{0};
  const auto from = text.find('(') + 1;
  const auto read = std::from_chars(text.data() + from, text.data() + text.size(), ms);
  constexpr auto ms_max = std::int64_t{4'102'444'800'000}; // the year 2100
  return read.ec == std::errc() && ms > 946'684'800'000 && ms < ms_max
             ? std::optional(seams::instant{std::chrono::milliseconds{ms}})
             : std::nullopt;
}

/// "+01:00" at the end, if it is there.
auto zone_of(std::string_view& text) -> seams::duration {
  const auto at = text.size() - 6;
  if (text.size() < 25 || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':') {
    return {};
  }
  auto hours = 0;
  auto minutes = 0;
  std::from_chars(text.data() + at + 1, text.data() + at + 3, hours);
  std::from_chars(text.data() + at + 4, text.data() + at + 6, minutes);
  const auto sign = text[at] == '+' ? 1 : -1;
  text = text.substr(0, at);
  return sign * (std::chrono::hours{hours} + std::chrono::minutes{minutes});
}

} // namespace

auto parse_date(std::string_view text) -> std::optional<seams::instant> {
  if (text.find("/Date(") != std::string_view::npos) {
    return since_1970(text);
  }
  if (text.size() < 8 || text.size() > 40) {
    return std::nullopt;
  }
  const auto zone = zone_of(text);
  const auto all = tokens_of(text);
  if (all.size() < 3) {
    return std::nullopt;
  }
  const auto number = [&](std::size_t i) { return all[i].number; };
  auto out = std::optional<seams::instant>();
  if (all[0].text.size() == 4 && number(0) > 0) {
    out = instant_of(number(0), number(1), number(2), all, 3);
  } else if (number(0) < 0 && month_named(all[0].text) > 0) {
    out = instant_of(number(2), month_named(all[0].text), number(1), all, 3);
  } else if (text.find('/') != std::string_view::npos) {
    const auto halves = seams::lower_case(text).find_last_of("ap") != std::string::npos;
    const auto month_first = halves ? number(0) <= 12 : number(1) > 12;
    out = month_first ? instant_of(number(2), number(0), number(1), all, 3)
                      : instant_of(number(2), number(1), number(0), all, 3);
  } else if (text.find('.') != std::string_view::npos) {
    out = instant_of(number(2), number(1), number(0), all, 3);
  }
  return out ? std::optional(*out - zone) : std::nullopt;
}

} // namespace replay
