#pragma once
// Reads the exports that are JSON: pages, blobs, arrays, single records, and records one a line.
#include "core/seams/result.hpp"
#include "replay/import/export_item.hpp"

#include <string>
#include <string_view>

namespace replay {

/// `text` begins with '{' or '['. `feed` as for `collector`. Fails if it is no such export as a
/// whole; single lines that are none are in `out.bad`.
auto read_json_export(std::string_view text, const std::string& feed, export_file& out)
    -> seams::result<void>;

} // namespace replay
