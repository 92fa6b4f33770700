#pragma once
// Which type each of Graph's answers has, as a table, and the check of one answer.
#include "core/seams/http.hpp"
#include "tests/mock_graph/types/type_book.hpp"

namespace graph_types {

/// Checks the body of a successful answer of Microsoft Graph; any other answer is passed over.
/// A URL that the table does not know is a deviation: it lacks a row.
void check_answer(const type_book& book,
                  const seams::request& query,
                  const seams::response& answer,
                  tally& count,
                  const complain& found);

} // namespace graph_types
