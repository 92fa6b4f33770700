#include "core/toml_reading/span.hpp"

#include <array>
#include <charconv>

namespace core::toml_reading {
namespace {

using namespace std::chrono_literals;

struct unit {
  std::string_view name;
  seams::duration size;
};

constexpr auto units = std::array{unit{"d", std::chrono::days{1}},
                                  unit{"h", 1h},
                                  unit{"m", 1min},
                                  unit{"s", 1s},
                                  unit{"ms", 1ms}};
/// A century: far more than a file can mean, far less than would overflow.
constexpr auto amount_max = std::int64_t{36'525} * 24 * 3600;

} // namespace

auto parse_span(std::string_view text) -> std::optional<seams::duration> {
  const auto negative = text.starts_with('-');
  if (negative || text.starts_with('+')) {
    text.remove_prefix(1);
  }
  auto out = seams::duration{};
  auto next_unit = std::size_t{0};
  auto parts = 0;
  while (!text.empty()) {
    if (text.front() == ' ') {
      text.remove_prefix(1);
      continue;
    }
    auto amount = std::int64_t{0};
    const auto read = std::from_chars(text.data(), text.data() + text.size(), amount);
    if (read.ec != std::errc() || amount < 0 || amount > amount_max) {
      return std::nullopt;
    }
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    const auto name = text.substr(0, text.find_first_of(" 0123456789"));
    while (next_unit < units.size() && units[next_unit].name != name) {
      ++next_unit;
    }
    if (next_unit == units.size()) {
      return std::nullopt;
    }
    if (amount >
        amount_max * duration_cast<seams::duration>(1s).count() / units[next_unit].size.count()) {
      return std::nullopt;
    }
    out += amount * units[next_unit++].size;
    text.remove_prefix(name.size());
    ++parts;
  }
  return parts == 0 ? std::nullopt : std::optional(negative ? -out : out);
}

} // namespace core::toml_reading
