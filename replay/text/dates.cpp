#include "replay/text/dates.hpp"

#include "replay/text/encodings.hpp"

namespace replay::text {
namespace {

/// Takes what is expected from the front of a text; after one failure nothing succeeds.
class date_reader {
public:
  explicit date_reader(std::string_view text) : rest_(text) {}

  auto number(std::size_t digits) -> int {
    auto out = 0;
    for (auto i = std::size_t{0}; i < digits; ++i) {
      good_ = good_ && !rest_.empty() && is_decimal(rest_.front());
      if (!good_) {
        return 0;
      }
      out = out * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    return out;
  }

  void take(std::string_view one_of) {
    good_ = good_ && !rest_.empty() && one_of.find(rest_.front()) != std::string_view::npos;
    rest_.remove_prefix(good_ ? 1 : 0);
  }

  [[nodiscard]] auto next() const -> char { return rest_.empty() ? '\0' : rest_.front(); }
  [[nodiscard]] auto good() const -> bool { return good_; }
  [[nodiscard]] auto done() const -> bool { return good_ && rest_.empty(); }

private:
  std::string_view rest_;
  bool good_ = true;
};

/// ".58", or nothing at all.
auto take_fraction(date_reader& from) -> seams::duration {
  auto out = seams::duration::zero();
  if (from.next() != '.') {
    return out;
  }
  from.take(".");
  auto unit = seams::duration::period::den / 10;
  do {
    out += seams::duration(from.number(1) * unit);
    unit /= 10;
  } while (from.good() && is_decimal(from.next()));
  return out;
}

auto take_offset(date_reader& from) -> std::chrono::minutes {
  const auto sign = from.next();
  from.take("Zz+-");
  if (sign != '+' && sign != '-') {
    return {};
  }
  const auto hours = from.number(2);
  if (from.next() == ':') {
    from.take(":");
  }
  const auto minutes = hours * 60 + from.number(2);
  return std::chrono::minutes(sign == '-' ? -minutes : minutes);
}

} // namespace

auto from_rfc3339(std::string_view text) -> std::optional<seams::instant> {
  auto from = date_reader(text);
  const auto year = from.number(4);
  from.take("-");
  const auto month = from.number(2);
  from.take("-");
  const auto day = from.number(2);
  from.take("Tt ");
  const auto hour = from.number(2);
  from.take(":");
  const auto minute = from.number(2);
  from.take(":");
  const auto second = from.number(2);
  const auto fraction = take_fraction(from);
  const auto offset = take_offset(from);
  const auto date = std::chrono::year_month_day{std::chrono::year{year},
                                                std::chrono::month{static_cast<unsigned>(month)},
                                                std::chrono::day{static_cast<unsigned>(day)}};
  if (!from.done() || !date.ok() || hour > 23 || minute > 59 || second > 60) {
    return std::nullopt;
  }
  return seams::instant(std::chrono::sys_days{date}) + std::chrono::hours{hour} +
         std::chrono::minutes{minute} + std::chrono::seconds{second} + fraction - offset;
}

} // namespace replay::text
