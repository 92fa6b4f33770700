// Feeds any bytes to the JSON checker and slices, and holds them against nlohmann.
#include "core/json/check.hpp"
#include "core/json/slice.hpp"
#include "tests/core/json/nlohmann_verdict.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

void demand(bool held) {
  if (!held) {
    std::abort();
  }
}

/// Touches every value below `slice`; on checked text each must be readable.
void walk(std::string_view slice, bool checked, int depth) {
  using namespace core::json;
  (void)as_int64(slice);
  (void)as_bool(slice);
  (void)find(slice, "a.b");
  const auto kind = kind_of(slice);
  if (kind == kind::string) {
    demand(as_string(slice).has_value() || !checked);
  }
  if (depth == 0) {
    return;
  }
  const auto elements =
      for_each_element(slice, [&](std::string_view item) { walk(item, checked, depth - 1); });
  demand(elements || !checked || kind != kind::array);
  const auto members = for_each_member(slice, [&](std::string_view name, std::string_view value) {
    demand(unescape(name).has_value() || !checked);
    walk(value, checked, depth - 1);
  });
  demand(members || !checked || kind != kind::object);
}

} // namespace

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int {
  constexpr auto depth_max = 16;
  const auto text = std::string_view(reinterpret_cast<const char*>(data), size);
  const auto shallow =
      static_cast<bool>(core::json::check(text, core::json::bounds{1U << 20U, depth_max}));
  walk(text, shallow, depth_max);
  // Up to 2048 bytes no accepted text is deeper than the checker can follow, which is 1024.
  if (text.find('\0') != std::string_view::npos || size > 2048) {
    return 0;
  }
  const auto ours = static_cast<bool>(core::json::check(text, core::json::bounds{2048, 1024}));
  const auto theirs = json_tests::ask_nlohmann(text);
  demand(ours == (theirs == json_tests::verdict::accepted) ||
         theirs == json_tests::verdict::refused_beyond_grammar);
  return 0;
}
