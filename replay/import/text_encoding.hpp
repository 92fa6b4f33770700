#pragma once
// Brings the bytes of an exported file to UTF-8.
#include "core/seams/result.hpp"

#include <string>

namespace replay {

/// UTF-8 with or without a byte order mark, and UTF-16 in either order: with its mark, or known by
/// its zero bytes, as PowerShell and Excel write it. The mark does not stay. Fails on binary
/// content and on bytes that are no text of that encoding, with the offset of the first of them.
auto to_utf8(std::string bytes) -> seams::result<std::string>;

} // namespace replay
