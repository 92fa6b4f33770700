#include "cli/tape_mode.hpp"

#include <fmt/format.h>

namespace cli {

using scenarios::replaying::tape_mode;

auto parse_tape_mode(std::string_view text) -> parsed<tape_mode> {
  if (text == "once") {
    return tape_mode::once;
  }
  if (text == "loop") {
    return tape_mode::loop;
  }
  if (text == "fill") {
    return tape_mode::fill;
  }
  return usage_error(fmt::format("--mode is '{}'; expected once, loop or fill", text));
}

} // namespace cli
