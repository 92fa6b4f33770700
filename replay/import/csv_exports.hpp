#pragma once
// Reads the exports that are CSV: audit searches, message traces, results of advanced hunting.
#include "core/seams/result.hpp"
#include "replay/import/export_item.hpp"

#include <string>
#include <string_view>

namespace replay {

/// `feed` as for `collector`. Fails if `text` is no such table, with its columns.
auto read_csv_export(std::string_view text, const std::string& feed, export_file& out)
    -> seams::result<void>;

} // namespace replay
