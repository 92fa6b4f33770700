#include "replay/match/dates_in_text.hpp"

#include "replay/text/encodings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace replay {
namespace {

using text::is_decimal;

constexpr auto none = std::string_view::npos;
constexpr auto month_names = std::to_array<std::string_view>(
    {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"});
constexpr auto weekday_names =
    std::to_array<std::string_view>({"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"});
/// Milliseconds since 1970 have so many digits from 2001 to 2286.
constexpr auto epoch_digits = std::size_t{13};

/// A date and where its fields stand; `none` = it lacks the field.
struct found_date {
  enum class form { iso, day_only, http, epoch };
  form how = form::iso;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t year = none;
  std::size_t month = none;
  std::size_t day = none;
  std::size_t hour = none;
  std::size_t minute = none;
  std::size_t second = none;
  seams::instant at; ///< as written, whatever the zone
};

/// Reads on from a place in a text; after one failure nothing succeeds.
class place_reader {
public:
  place_reader(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  /// The place of `digits` digits, whose value goes to `value`.
  auto number(std::size_t digits, int& value) -> std::size_t {
    const auto from = at_;
    const auto part = text_.substr(std::min(at_, text_.size()), digits);
    good_ = good_ && part.size() == digits && std::ranges::all_of(part, is_decimal);
    if (good_) {
      (void)std::from_chars(part.data(), part.data() + part.size(), value);
      at_ += digits;
    }
    return from;
  }
  void take(std::string_view word) { good_ = good_ && skip(word); }
  auto skip(std::string_view word) -> bool {
    const auto here = good_ && at_ <= text_.size() && text_.substr(at_).starts_with(word);
    at_ += here ? word.size() : 0;
    return here;
  }
  auto skip_any(std::initializer_list<std::string_view> words) -> bool {
    return std::ranges::any_of(words, [this](std::string_view word) { return skip(word); });
  }
  void skip_digits() {
    while (at_ < text_.size() && is_decimal(text_[at_])) {
      ++at_;
    }
  }
  void expect(bool what) { good_ = good_ && what; }

  [[nodiscard]] auto at() const -> std::size_t { return at_; }
  [[nodiscard]] auto next() const -> char { return at_ < text_.size() ? text_[at_] : '\0'; }
  [[nodiscard]] auto good() const -> bool { return good_; }

private:
  std::string_view text_;
  std::size_t at_;
  bool good_ = true;
};

struct clock_fields {
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
};

auto instant_of(const clock_fields& f) -> std::optional<seams::instant> {
  const auto date = std::chrono::year_month_day{std::chrono::year{f.year},
                                                std::chrono::month{static_cast<unsigned>(f.month)},
                                                std::chrono::day{static_cast<unsigned>(f.day)}};
  if (!date.ok() || f.year < 1000 || f.hour > 23 || f.minute > 59 || f.second > 60) {
    return std::nullopt;
  }
  return seams::instant(std::chrono::sys_days{date}) + std::chrono::hours{f.hour} +
         std::chrono::minutes{f.minute} + std::chrono::seconds{f.second};
}

auto is_word_char(char c) -> bool {
  return is_decimal(c) || text::is_letter(c) || c == '-' || c == '_';
}

/// What follows the minutes: seconds, their fraction, a zone.
void read_rest_of_time(place_reader& in, found_date& out, clock_fields& fields) {
  if (in.skip_any({":", "%3A", "%3a"})) {
    const auto second = in.number(2, fields.second);
    out.second = in.good() ? second : none; // a text may be cut behind the colon
    if (in.skip(".")) {
      in.skip_digits();
    }
  }
  out.end = in.at();
  (void)in.skip_any({"Z", "z"});
  if (in.skip_any({"+", "-", "%2B", "%2b"})) {
    auto hours = 0;
    (void)in.number(2, hours);
    (void)in.skip_any({":", "%3A", "%3a"});
    (void)in.number(2, hours);
    out.end = in.good() ? in.at() : out.end;
  } else {
    out.end = in.at();
  }
}

auto iso_at(std::string_view text, std::size_t begin) -> std::optional<found_date> {
  auto in = place_reader(text, begin);
  auto out = found_date();
  auto fields = clock_fields();
  out.begin = begin;
  out.year = in.number(4, fields.year);
  in.take("-");
  out.month = in.number(2, fields.month);
  in.take("-");
  out.day = in.number(2, fields.day);
  out.end = in.at();
  if (!in.good()) {
    return std::nullopt;
  }
  auto time = in;
  const auto parted = time.skip_any({"T", "t", " ", "+", "%20"});
  out.hour = time.number(2, fields.hour);
  time.expect(time.skip_any({":", "%3A", "%3a"}));
  out.minute = time.number(2, fields.minute);
  if (parted && time.good()) {
    read_rest_of_time(time, out, fields);
  } else {
    const auto alone = !is_word_char(in.next()) && (begin == 0 || !is_word_char(text[begin - 1]));
    fields.hour = fields.minute = 0;
    out.how = found_date::form::day_only;
    if (!alone) {
      return std::nullopt;
    }
  }
  const auto at = instant_of(fields);
  out.at = at.value_or(seams::instant());
  return at ? std::optional(out) : std::nullopt;
}

/// "Tue, 10 Mar 2026 08:29:16 GMT", found by its day.
auto http_at(std::string_view text, std::size_t day) -> std::optional<found_date> {
  constexpr auto before = std::size_t{5};
  if (day < before || text.substr(day - 2, 2) != ", ") {
    return std::nullopt;
  }
  auto in = place_reader(text, day);
  auto out = found_date();
  auto fields = clock_fields();
  out.how = found_date::form::http;
  out.begin = day - before;
  out.day = in.number(2, fields.day);
  in.take(" ");
  out.month = in.at();
  const auto name = text.substr(std::min(in.at(), text.size()), 3);
  const auto* const month = std::ranges::find(month_names, name);
  in.expect(month != month_names.end());
  in.take(name);
  fields.month = static_cast<int>(month - month_names.begin()) + 1;
  in.take(" ");
  out.year = in.number(4, fields.year);
  in.take(" ");
  out.hour = in.number(2, fields.hour);
  in.take(":");
  out.minute = in.number(2, fields.minute);
  in.take(":");
  out.second = in.number(2, fields.second);
  in.take(" GMT");
  out.end = in.at();
  const auto at = in.good() ? instant_of(fields) : std::nullopt;
  out.at = at.value_or(seams::instant());
  return at ? std::optional(out) : std::nullopt;
}

/// A number of JSON, or "Date(1789372683214)".
auto epoch_at(std::string_view text, std::size_t begin, std::size_t end)
    -> std::optional<found_date> {
  const auto before = text.substr(0, begin);
  const auto named = before.ends_with("Date(");
  const auto trimmed = before.substr(0, before.find_last_not_of(" \t\n\r") + 1);
  const auto is_number = trimmed.ends_with(':') || trimmed.ends_with('[');
  const auto ends = end >= text.size() || (text[end] != '.' && text[end] != '"');
  if (end - begin != epoch_digits || !(named || (is_number && ends))) {
    return std::nullopt;
  }
  auto ms = std::int64_t{0};
  (void)std::from_chars(text.data() + begin, text.data() + end, ms);
  auto out = found_date();
  out.how = found_date::form::epoch;
  out.begin = begin;
  out.end = end;
  out.at = seams::instant(std::chrono::milliseconds{ms});
  return out;
}

/// The first date at or behind `from`. Every form is found by a run of digits in it.
auto next_date(std::string_view text, std::size_t from) -> std::optional<found_date> {
  auto begin = from;
  while (begin < text.size()) {
    if (!is_decimal(text[begin])) {
      ++begin;
      continue;
    }
    auto end = begin;
    while (end < text.size() && is_decimal(text[end])) {
      ++end;
    }
    const auto length = end - begin;
    const auto escaped = length == 6 && begin > 0 && text[begin - 1] == '%'; // "%272026-03-10"
    auto found = std::optional<found_date>();
    if ((length == 4 || escaped) && end < text.size() && text[end] == '-') {
      found = iso_at(text, end - 4);
    } else if (length == 2) {
      found = http_at(text, begin);
    } else if (length == epoch_digits) {
      found = epoch_at(text, begin, end);
    }
    if (found) {
      return found;
    }
    begin = end;
  }
  return std::nullopt;
}

void put_number(std::string& text, std::size_t at, std::size_t digits, std::int64_t value) {
  for (auto i = digits; i > 0; --i, value /= 10) {
    text[at + i - 1] = static_cast<char>('0' + value % 10);
  }
}

void put_name(std::string& text, std::size_t at, std::string_view name) {
  text.replace(at, name.size(), name);
}

void rewrite(std::string& text, const found_date& where, seams::instant to) {
  if (where.how == found_date::form::epoch) {
    const auto ms = std::chrono::floor<std::chrono::milliseconds>(to.time_since_epoch());
    put_number(text, where.begin, epoch_digits, ms.count());
    return;
  }
  const auto day = std::chrono::floor<std::chrono::days>(to);
  const auto date = std::chrono::year_month_day{day};
  const auto time = std::chrono::hh_mm_ss{std::chrono::floor<std::chrono::seconds>(to - day)};
  const auto month = static_cast<unsigned>(date.month());
  put_number(text, where.year, 4, static_cast<int>(date.year()));
  put_number(text, where.day, 2, static_cast<unsigned>(date.day()));
  put_number(text, where.hour, 2, time.hours().count());
  put_number(text, where.minute, 2, time.minutes().count());
  if (where.second != none) {
    put_number(text, where.second, 2, time.seconds().count());
  }
  if (where.how == found_date::form::http) {
    put_name(text, where.month, month_names[month - 1]);
    put_name(text, where.begin, weekday_names[std::chrono::weekday{day}.c_encoding()]);
  } else {
    put_number(text, where.month, 2, month);
  }
}

} // namespace

void move_dates(std::string& text, const date_shift& how) {
  auto from = std::size_t{0};
  while (const auto found = next_date(text, from)) {
    from = found->end;
    const auto whole_minutes = found->how == found_date::form::iso && found->second == none;
    const auto by = whole_minutes ? std::chrono::floor<std::chrono::minutes>(how.by) : how.by;
    if (found->how != found_date::form::day_only && how.earliest <= found->at &&
        found->at <= how.latest) {
      rewrite(text, *found, found->at + by);
    }
  }
}

auto without_dates(std::string_view text) -> std::string {
  auto out = std::string();
  auto from = std::size_t{0};
  while (const auto found = next_date(text, from)) {
    out += text.substr(from, found->begin - from);
    out += "<time>";
    from = found->end;
  }
  return out += text.substr(from);
}

auto is_date(std::string_view text) -> bool {
  return without_dates(text) == "<time>";
}

} // namespace replay
