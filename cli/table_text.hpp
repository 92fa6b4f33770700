#pragma once
// Rows of texts as lines whose columns stand under each other.
#include <string>
#include <vector>

namespace cli {

using table_row = std::vector<std::string>;

/// One line for each row, two blanks between columns, none at the end. Widths are counted in bytes:
/// names and codes are ASCII.
auto aligned(const std::vector<table_row>& rows) -> std::vector<std::string>;

} // namespace cli
