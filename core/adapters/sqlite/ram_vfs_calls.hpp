#pragma once
// The methods by which SQLite reaches a disk in memory.
#include "core/adapters/sqlite/ram_disk_image.hpp"

#include <sqlite3.h>

namespace core::detail {

/// A VFS over `image`, to be registered; it keeps pointers to both arguments.
auto make_vfs(const char* name, ram_disk_image& image) -> sqlite3_vfs;

} // namespace core::detail
