#pragma once
// Says whether bytes from a peer are JSON, in one pass and without building anything.
#include "core/seams/result.hpp"

#include <cstddef>
#include <string_view>

namespace core::json {

/// What a text may cost. `depth_max` above 1024 counts as 1024.
struct bounds {
  std::size_t bytes_max = std::size_t{64} << 20U;
  std::size_t depth_max = 64; ///< arrays and objects open at the same time
};

/// Whether `text` is one JSON value as RFC 8259 has it, in valid UTF-8, within `within`.
/// A byte order mark at the start is tolerated: RFC 8259 section 8.1 lets a reader ignore it, and
/// services send it. The grammar decides alone: `\ud800` without its other half is well-formed
/// (section 8.2; a subject cut in the middle of an emoji looks like that), and so is `1e999`.
/// Fails with code "answer_malformed", whose text starts with the offset of the byte at fault.
auto check(std::string_view text, const bounds& within = {}) -> seams::result<void>;

} // namespace core::json
