#pragma once
// Reads CSV as people export it: quotes, line breaks in cells, semicolons, a line that Excel added.
#include "core/seams/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace replay {

/// What a file may cost.
struct csv_bounds {
  std::size_t rows_max = 1'000'000;
  std::size_t columns_max = 1'000;
  std::size_t cell_bytes_max = std::size_t{4} << 20U;
};

struct csv_row {
  std::vector<std::string> cells;
  std::size_t line = 1; ///< where it begins
  std::string wrong;    ///< why its cells cannot be trusted; "" if they can
};

struct csv_table {
  std::vector<std::string> header;
  std::vector<csv_row> rows; ///< empty lines are none
};

/// RFC 4180 with either line end. The separator is the one of comma, semicolon and tab that the
/// first line has most of; "sep=;" (Excel) and "#TYPE ..." (PowerShell) before it are no rows. A
/// row with more or fewer cells than the header, a cell that is too long and a quote that never
/// ends are said in `wrong`. Fails if there is no header, or a bound is passed.
auto read_csv(std::string_view text, const csv_bounds& within = {}) -> seams::result<csv_table>;

} // namespace replay
