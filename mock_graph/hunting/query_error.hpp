#pragma once
// Why a hunting query was refused, and the bounds under which queries run.
#include <boost/assert/source_location.hpp>

#include <cstddef>
#include <string>

namespace mock_graph::hunting {

/// A refused query. `message` is what the service would put into `error.message`; the position is
/// that of the offending token: byte offset from 0, line and column from 1.
struct query_error {
  enum class kind {
    syntax,      ///< the text is not KQL
    semantic,    ///< a table, column, function argument or type does not fit
    unsupported, ///< KQL that this engine does not evaluate
    too_large    ///< a bound of `limits` was hit
  };

  kind what = kind::syntax;
  std::string message;
  std::size_t offset = 0;
  int line = 1;
  int column = 1;
};

/// Called by `value()` on a failed result: a broken invariant of the caller, so it ends the run.
[[noreturn]] void throw_exception_from_error(const query_error& error,
                                             const boost::source_location& where);

/// Bounds of one query. `rows_max` and `bytes_max` are the documented ones of the service (Graph
/// security API overview, hunting quotas); the others keep hostile text from hurting the host.
struct limits {
  std::size_t rows_max = 100'000;
  std::size_t bytes_max = 50'000'000;
  std::size_t query_chars_max = 262'144;
  int nesting_max = 100;                    ///< parentheses, subqueries
  int height_max = 400;                     ///< operators in a chain, terms in a sum
  std::size_t nodes_max = 100'000;          ///< bound expressions, function bodies included
  std::size_t steps_max = 50'000'000;       ///< rows moved, over all operators
  std::size_t held_bytes_max = 512'000'000; ///< sort, join, summarize: memory, roughly
  std::size_t value_bytes_max = 4'000'000;  ///< one cell
};

} // namespace mock_graph::hunting
