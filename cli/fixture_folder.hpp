#pragma once
// Writes the folder of a fixture, whole or not at all.
#include "core/seams/result.hpp"
#include "replay/import/build_fixture.hpp"

#include <filesystem>

namespace cli {

/// Whether nothing is there, or an empty folder.
auto is_free(const std::filesystem::path& folder) -> bool;

/// Into a folder beside it, which takes the name when all is written. Folders above it are made.
/// Fails with what cannot be written, and then nothing is left.
auto write_fixture(const std::filesystem::path& folder, const replay::fixture& what)
    -> seams::result<void>;

} // namespace cli
