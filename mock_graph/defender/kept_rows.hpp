#pragma once
// Rows of a hunting table that somebody exported, as cells of that table again.
#include "mock_graph/hunting/table.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace mock_graph::defender {

/// What a feed knows the rows of a table by.
struct table_identity {
  std::string_view table;
  std::string_view feed;
  bool alone;                            ///< the feed reads no other table: keys need no name of it
  std::vector<std::string_view> columns; ///< their texts joined with '|'
  std::string_view version = {};
};

/// Null for a table that no feed reads.
auto identity_of_table(std::string_view table) -> const table_identity*;

/// The cells of `document`, in order of `columns`: texts become what the column holds, as CSV has
/// nothing else ("true", "1", "42", "2026-03-10T08:00:00Z"); what cannot is null. Members that are
/// no column are left out, as the service's schema has no room for them.
auto cells_of(const nlohmann::json& document, const std::vector<hunting::column>& columns)
    -> hunting::row;

/// The key of a row for the ledger; "" if its first column is empty.
auto key_of_row(const table_identity& by,
                const hunting::row& cells,
                const std::vector<hunting::column>& columns) -> std::string;

/// The text of one cell; "" if it is none.
auto text_of_cell(std::string_view name,
                  const hunting::row& cells,
                  const std::vector<hunting::column>& columns) -> std::string;

} // namespace mock_graph::defender
