#pragma once
// Spans of time as people write them in TOML files.
#include "core/seams/time.hpp"

#include <optional>
#include <string_view>

namespace core::toml_reading {

/// "30h", "47h59m", "1d 2h", "90s", "500ms", "0s"; a leading '+' or '-' is allowed. Units are
/// d, h, m, s and ms, largest first, each once. Nothing for anything else.
auto parse_span(std::string_view text) -> std::optional<seams::duration>;

} // namespace core::toml_reading
