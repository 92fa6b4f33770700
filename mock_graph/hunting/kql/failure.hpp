#pragma once
// How the engine gives up on a query: thrown inside, turned into a query_error by `run` alone.
#include "mock_graph/hunting/query_error.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace mock_graph::hunting::kql {

/// Never leaves the engine. `run` adds line and column, and for syntax and unsupported the position
/// to the text.
struct failure {
  query_error::kind what;
  std::string text;
  std::size_t offset;
};

/// `token` is the text that did not fit; empty at the end of the query.
[[noreturn]] void fail_syntax(std::string_view token, std::size_t offset);

/// "'where' operator: <text>. Fix semantic errors in your query." `op` may be empty.
[[noreturn]] void fail_semantic(std::string_view op, std::string_view text, std::size_t offset);

/// `what` with its name, for example "operator 'parse'".
[[noreturn]] void fail_unsupported(std::string_view what, std::size_t offset);

[[noreturn]] void fail_too_large(std::string_view text, std::size_t offset);

} // namespace mock_graph::hunting::kql
