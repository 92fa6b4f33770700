// Feeds any bytes to the matching of requests: as a URL, a body, an answer, and a text with dates.
#include "replay/match/lay_tape.hpp"
#include "replay/match/tape_index.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

void demand_match(bool held) {
  if (!held) {
    std::abort();
  }
}

/// Moved dates keep the length of the text.
void move_dates_about(const std::string& text) {
  constexpr auto day = std::chrono::hours{24};
  const auto base = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}};
  auto moved = text;
  replay::move_dates(moved, {day, base - day, base + day});
  demand_match(moved.size() == text.size());
  replay::move_dates(moved, {-day, base, base + 2 * day});
  demand_match(moved.size() == text.size());
}

} // namespace

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int {
  const auto bytes = std::string(reinterpret_cast<const char*>(data), size);
  const auto line = bytes.find('\n');
  auto one = replay::exchange();
  one.asked = {"POST", bytes.substr(0, line), {}, line == bytes.npos ? "" : bytes.substr(line + 1)};
  one.answered.status = 200;
  one.answered.body = one.asked.body;
  one.answered.fields.add("NextPageUri", one.asked.url);
  move_dates_about(bytes);
  const auto tape = std::vector<replay::exchange>{one, one};
  auto index = replay::tape_index(tape);
  demand_match(index.take(one.asked).how == replay::match::kind::recorded);
  demand_match(index.take(one.asked).how == replay::match::kind::recorded);
  demand_match(index.take(one.asked).how == replay::match::kind::again);
  demand_match(index.closest_to(one.asked).closest.has_value());
  return 0;
}
