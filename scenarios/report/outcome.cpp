#include "scenarios/report/outcome.hpp"

#include <algorithm>

namespace scenarios::report {

auto to_text(verdict what) -> std::string_view {
  switch (what) {
  case verdict::passed:
    return "passed";
  case verdict::failed:
    return "failed";
  case verdict::error:
    return "error";
  }
  return "error";
}

auto summary::count(verdict what) const -> std::size_t {
  return static_cast<std::size_t>(std::ranges::count(outcomes, what, &outcome::result));
}

} // namespace scenarios::report
