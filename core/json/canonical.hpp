#pragma once
// One spelling for all texts that say the same: members in order of name, no white space.
#include <string>
#include <string_view>

namespace core::json {

/// `value`, which `check` accepted, without white space between its tokens and with the members of
/// each object in order of their names; members of one name keep their order. Numbers and strings
/// stay as they are written, so "1.0" and "1" differ, and so do an escape and its character.
[[nodiscard]] auto canonical(std::string_view value) -> std::string;

} // namespace core::json
