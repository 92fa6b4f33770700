#pragma once
// Tells what a file is that is no export, so that its owner knows what to send instead.
#include <string_view>

namespace replay {

/// By the first bytes and words: "is a ZIP archive: unpack it"; "" if nothing is recognised.
auto what_it_looks_like(std::string_view bytes) -> std::string_view;

} // namespace replay
