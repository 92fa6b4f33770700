#pragma once
// A file that nobody but its owner reads.
#include "core/seams/result.hpp"

#include <string>

namespace core::adapters {

/// Makes an empty file at `path`, readable and writable by its owner only, if there is none; one
/// that is there keeps its bytes and its mode. SQLite gives a database's mode to the files that it
/// puts beside it. Fails with "file_unavailable".
auto ensure_private_file(const std::string& path) -> seams::result<void>;

} // namespace core::adapters
