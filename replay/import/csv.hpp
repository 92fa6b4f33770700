#pragma once
// Reads CSV as people export it: quotes, line breaks in cells, semicolons, a line that Excel added.
#include "core/seams/result.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace replay {

/// What a row may cost.
struct csv_bounds {
  std::size_t columns_max = 1'000;
  std::size_t cell_bytes_max = std::size_t{4} << 20U;
};

struct csv_row {
  std::vector<std::string> cells;
  std::size_t line = 1; ///< where it begins
  std::string wrong;    ///< why its cells cannot be trusted; "" if they can
};

/// One row after the other of a text that must outlive it. RFC 4180 with either line end. The
/// separator is the one of comma, semicolon and tab that the first line has most of; "sep=;"
/// (Excel) and "#TYPE ..." (PowerShell) before it are no rows, and empty lines are none.
class csv_reader {
public:
  explicit csv_reader(std::string_view text, const csv_bounds& within = {});

  /// The names in the first line; fails if there are none, or one stands twice.
  [[nodiscard]] auto header() const -> const seams::result<std::vector<std::string>>&;

  /// A row with more or fewer cells than the header, a cell that is too long and a quote that never
  /// ends are said in `wrong`. Nothing at the end, and where there is no header.
  auto next() -> std::optional<csv_row>;

private:
  void skip_preamble();
  auto take_row() -> csv_row;
  auto take_cell(std::string& cell, csv_row& row) -> bool;
  void add(std::string& cell, std::string_view part, csv_row& row) const;

  std::string_view text_;
  csv_bounds within_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  char separator_ = ',';
  seams::result<std::vector<std::string>> header_;
};

} // namespace replay
