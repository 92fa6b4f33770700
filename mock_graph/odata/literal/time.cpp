#include "mock_graph/odata/literal/time.hpp"

#include <optional>
#include <string>

namespace mock_graph::odata {
namespace {

/// Walks over the literal; every step says whether what it wanted was there.
class reader {
public:
  explicit reader(std::string_view text) : rest_(text) {}

  auto digits(std::size_t count) -> std::optional<int> {
    if (rest_.size() < count) {
      return {};
    }
    auto out = 0;
    for (auto i = std::size_t{0}; i < count; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9') {
        return {};
      }
      out = out * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(count);
    return out;
  }
  auto one_of(std::string_view wanted) -> char {
    if (rest_.empty() || wanted.find(rest_.front()) == std::string_view::npos) {
      return '\0';
    }
    const auto found = rest_.front();
    rest_.remove_prefix(1);
    return found;
  }
  [[nodiscard]] auto at_end() const -> bool { return rest_.empty(); }

private:
  std::string_view rest_;
};

auto refuse(std::string_view text, std::string_view why) -> api_error {
  constexpr auto shown_max = std::size_t{64};
  return {400,
          "BadRequest",
          "Unrecognized 'Edm.DateTimeOffset' literal '" + std::string(text.substr(0, shown_max)) +
              "': " + std::string(why) + "."};
}

/// .NET's own text for a DateTimeOffset without an offset.
auto no_time_zone(std::string_view text) -> api_error {
  return {400,
          "BadRequest",
          "The time zone information is missing on the DateTimeOffset value '" + std::string(text) +
              "'. A DateTimeOffset value must contain the time zone information."};
}

auto read_date(reader& in) -> std::optional<std::chrono::sys_days> {
  const auto year = in.digits(4);
  const auto first = in.one_of("-");
  const auto month = in.digits(2);
  const auto second = in.one_of("-");
  const auto day = in.digits(2);
  if (!year || first == '\0' || !month || second == '\0' || !day || *year == 0) {
    return {};
  }
  const auto date = std::chrono::year{*year} / std::chrono::month(static_cast<unsigned>(*month)) /
                    std::chrono::day(static_cast<unsigned>(*day));
  if (!date.ok()) {
    return {};
  }
  return std::chrono::sys_days{date};
}

/// One to seven digits, as a count of 100 ns.
auto read_fraction(reader& in) -> std::optional<seams::duration> {
  auto ticks = 0;
  auto step = 1'000'000;
  auto count = 0;
  while (const auto digit = in.digits(1)) {
    if (++count > 7) {
      return {};
    }
    ticks += *digit * step;
    step /= 10;
  }
  if (count == 0) {
    return {};
  }
  return seams::duration{ticks};
}

auto read_time_of_day(reader& in) -> std::optional<seams::duration> {
  const auto hour = in.digits(2);
  const auto colon = in.one_of(":");
  const auto minute = in.digits(2);
  if (!hour || colon == '\0' || !minute || *hour > 23 || *minute > 59) {
    return {};
  }
  auto out = seams::duration{std::chrono::hours{*hour}} + std::chrono::minutes{*minute};
  if (in.one_of(":") == '\0') {
    return out;
  }
  const auto second = in.digits(2);
  if (!second || *second > 59) {
    return {};
  }
  out += std::chrono::seconds{*second};
  if (in.one_of(".") == '\0') {
    return out;
  }
  const auto fraction = read_fraction(in);
  if (!fraction) {
    return {};
  }
  return out + *fraction;
}

auto read_offset(reader& in) -> std::optional<std::chrono::minutes> {
  const auto sign = in.one_of("Zz+-");
  if (sign == '\0') {
    return {};
  }
  if (sign == 'Z' || sign == 'z') {
    return std::chrono::minutes{0};
  }
  const auto hours = in.digits(2);
  const auto colon = in.one_of(":");
  const auto minutes = in.digits(2);
  if (!hours || colon == '\0' || !minutes || *minutes > 59 || *hours * 60 + *minutes > 14 * 60) {
    return {};
  }
  const auto span = std::chrono::minutes{*hours * 60 + *minutes};
  return sign == '-' ? -span : span;
}

} // namespace

auto parse_date_time(std::string_view text) -> outcome<seams::instant> {
  auto in = reader{text};
  const auto day = read_date(in);
  if (!day) {
    return refuse(text, "a date is written YYYY-MM-DD and must exist");
  }
  if (in.at_end()) {
    return refuse(text, "a date alone is no point in time");
  }
  if (in.one_of("Tt") == '\0') {
    return refuse(text, "'T' must separate date and time");
  }
  const auto time = read_time_of_day(in);
  if (!time) {
    return refuse(text, "the time is written hh:mm, hh:mm:ss or hh:mm:ss.fffffff");
  }
  if (in.at_end()) {
    return no_time_zone(text);
  }
  const auto offset = read_offset(in);
  if (!offset || !in.at_end()) {
    return refuse(text, "it must end in 'Z' or in an offset such as '+02:00'");
  }
  return seams::instant{*day} + *time - *offset;
}

} // namespace mock_graph::odata
