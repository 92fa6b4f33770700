#include "replay/match/lay_tape.hpp"

namespace replay {
namespace {

void lay_fields(seams::headers& fields, const date_shift& how) {
  auto out = seams::headers();
  for (auto one : fields) {
    move_dates(one.value, how);
    out.add(std::move(one.name), std::move(one.value));
  }
  fields = std::move(out);
}

} // namespace

auto shift_to(seams::instant base, seams::instant start) -> date_shift {
  return {std::chrono::floor<std::chrono::seconds>(start - base),
          base - moved_before,
          base + moved_after};
}

void lay(cassette& tape, const date_shift& how) {
  if (how.by == std::chrono::seconds::zero()) {
    return;
  }
  tape.head.base += how.by;
  for (auto& one : tape.exchanges) {
    move_dates(one.asked.url, how);
    move_dates(one.asked.body, how);
    move_dates(one.answered.body, how);
    lay_fields(one.answered.fields, how);
  }
}

} // namespace replay
