#include "core/http/retry_after.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace core::http {
namespace {

using namespace std::chrono_literals;

constexpr auto pause_max = std::chrono::hours{24};
constexpr auto back_off_max = std::chrono::minutes{5};

template <class number> auto parse(std::string_view text) -> std::optional<number> {
  auto out = number{};
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, out);
  return read.ec == std::errc() && read.ptr == end ? std::optional(out) : std::nullopt;
}

auto within(std::optional<int> number, int most) -> bool {
  return number && *number >= 0 && *number <= most;
}

auto trimmed(std::string_view text) -> std::string_view {
  const auto first = text.find_first_not_of(" \t");
  const auto last = text.find_last_not_of(" \t");
  return first == std::string_view::npos ? std::string_view()
                                         : text.substr(first, last - first + 1);
}

auto month_number(std::string_view name) -> unsigned {
  static constexpr auto names = std::to_array<std::string_view>(
      {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"});
  const auto found = std::ranges::find(names, name);
  return found == names.end() ? 0U : static_cast<unsigned>(found - names.begin()) + 1U;
}

} // namespace

auto parse_http_date(std::string_view text) -> std::optional<seams::instant> {
  if (text.size() != 29 || !text.ends_with(" GMT")) {
    return std::nullopt;
  }
  const auto day = parse<unsigned>(text.substr(5, 2));
  const auto year = parse<int>(text.substr(12, 4));
  const auto hour = parse<int>(text.substr(17, 2));
  const auto minute = parse<int>(text.substr(20, 2));
  const auto second = parse<int>(text.substr(23, 2));
  const auto month = month_number(text.substr(8, 3));
  if (!day || !year || month == 0 || !within(hour, 23) || !within(minute, 59) ||
      !within(second, 60)) {
    return std::nullopt;
  }
  const auto date = std::chrono::year{*year} / std::chrono::month{month} / std::chrono::day{*day};
  if (!date.ok()) {
    return std::nullopt;
  }
  return seams::instant{std::chrono::sys_days{date}} + std::chrono::hours{*hour} +
         std::chrono::minutes{*minute} + std::chrono::seconds{*second};
}

auto retry_after(const seams::headers& fields, seams::instant now)
    -> std::optional<seams::duration> {
  const auto field = fields.find("Retry-After");
  if (!field) {
    return std::nullopt;
  }
  const auto text = trimmed(*field);
  auto span = std::optional<seams::duration>();
  if (const auto seconds = parse<double>(text); seconds && *seconds >= 0 && *seconds < 1e9) {
    span = std::chrono::ceil<seams::duration>(std::chrono::duration<double>(*seconds));
  } else if (const auto date = parse_http_date(text)) {
    span = std::max(*date - now, seams::duration::zero());
  }
  return span ? std::optional(std::min<seams::duration>(*span, pause_max)) : std::nullopt;
}

auto back_off(unsigned attempt, seams::choices& chance) -> seams::duration {
  const auto doubled = seams::duration{1s} * (1LL << std::min(std::max(attempt, 1U) - 1, 9U));
  const auto whole = std::min<seams::duration>(doubled, back_off_max);
  const auto half = whole / 2;
  return half + seams::duration{static_cast<std::int64_t>(
                    chance.below(static_cast<std::uint64_t>(half.count()) + 1, "back-off"))};
}

} // namespace core::http
