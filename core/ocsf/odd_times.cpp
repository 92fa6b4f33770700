#include "core/feeds/times.hpp"
#include "core/ocsf/odd_values.hpp"

#include <charconv>

namespace core::ocsf {
namespace {

using seams::instant;

auto number_in(std::string_view text) -> std::optional<std::int64_t> {
  auto out = std::int64_t{0};
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, out);
  return read.ec == std::errc() && read.ptr == end ? std::optional(out) : std::nullopt;
}

/// Whether a bare number can be milliseconds: from 1973, before which it may as well be seconds, to
/// the end of the year 9999.
auto is_plausible(std::int64_t number) -> bool {
  return number >= 100'000'000'000 && number < 253'402'300'800'000;
}

auto milliseconds_of(instant at) -> std::int64_t {
  return std::chrono::floor<std::chrono::milliseconds>(at).time_since_epoch().count();
}

/// "+02:00" or "-0330" at the end of `text`, cut off it.
auto take_offset(std::string_view& text) -> std::optional<seams::duration> {
  constexpr auto date_size = std::size_t{10};
  const auto sign = text.find_last_of("+-");
  if (sign == std::string_view::npos || sign <= date_size) {
    return seams::duration::zero();
  }
  const auto zone = text.substr(sign + 1);
  const auto minutes_at = zone.size() == 5 && zone[2] == ':' ? std::size_t{3} : std::size_t{2};
  if (zone.size() != minutes_at + 2) {
    return std::nullopt;
  }
  const auto hours = number_in(zone.substr(0, 2));
  const auto minutes = number_in(zone.substr(minutes_at));
  if (!hours || !minutes || *hours < 0 || *hours > 14 || *minutes < 0 || *minutes > 59) {
    return std::nullopt;
  }
  const auto span = seams::duration{std::chrono::hours{*hours}} + std::chrono::minutes{*minutes};
  const auto ahead = text[sign] == '+';
  text = text.substr(0, sign);
  return ahead ? span : -span;
}

auto read_rfc3339(std::string_view text) -> std::optional<std::int64_t> {
  const auto offset = take_offset(text);
  const auto at = offset ? feeds::parse_time(text) : std::nullopt;
  return at ? std::optional(milliseconds_of(*at - *offset)) : std::nullopt;
}

/// "/Date(1658751973240)/", "\/Date(1658751973240)\/", "/Date(1658751973240+0200)/": the number is
/// UTC in any case.
auto read_odata_date(std::string_view text) -> std::optional<std::int64_t> {
  constexpr auto opening = std::string_view("/Date(");
  const auto from = text.find(opening);
  const auto to = text.find(')');
  if (from > 1 || to == std::string_view::npos) {
    return std::nullopt;
  }
  const auto inside = text.substr(from + opening.size(), to - from - opening.size());
  return number_in(inside.substr(0, inside.find_first_of("+-", 1)));
}

/// The number before the next `mark`, cut off `text` with it.
auto take_number(std::string_view& text, char mark) -> int {
  const auto end = std::min(text.find(mark), text.size());
  const auto out = number_in(text.substr(0, end)).value_or(-1);
  text.remove_prefix(std::min(end + 1, text.size()));
  return out < 0 || out > 9999 ? -1 : static_cast<int>(out);
}

/// "4/18/2020 4:50:30 AM": month first, as PowerShell prints under en-US.
auto read_powershell(std::string_view text) -> std::optional<std::int64_t> {
  const auto month = take_number(text, '/');
  const auto day = take_number(text, '/');
  const auto year = take_number(text, ' ');
  const auto hour = take_number(text, ':');
  const auto minute = take_number(text, ':');
  const auto second = take_number(text, ' ');
  const auto date = std::chrono::year{year} / std::chrono::month{static_cast<unsigned>(month)} /
                    std::chrono::day{static_cast<unsigned>(day)};
  if (month < 0 || day < 0 || year < 0 || !date.ok() || hour < 1 || hour > 12 || minute < 0 ||
      minute > 59 || second < 0 || second > 59 || (text != "AM" && text != "PM")) {
    return std::nullopt;
  }
  return milliseconds_of(instant{std::chrono::sys_days{date}} +
                         std::chrono::hours{hour % 12 + (text == "PM" ? 12 : 0)} +
                         std::chrono::minutes{minute} + std::chrono::seconds{second});
}

} // namespace

auto to_milliseconds(const nlohmann::json& value) -> std::optional<std::int64_t> {
  if (value.is_number()) {
    const auto number = to_whole(value);
    return number && is_plausible(*number) ? number : std::nullopt;
  }
  if (!value.is_string()) {
    return std::nullopt;
  }
  const auto& text = value.get_ref<const std::string&>();
  auto out = read_rfc3339(text);
  out = out ? out : read_odata_date(text);
  out = out ? out : read_powershell(text);
  const auto number = out ? std::nullopt : number_in(text);
  return number && is_plausible(*number) ? number : out;
}

} // namespace core::ocsf
