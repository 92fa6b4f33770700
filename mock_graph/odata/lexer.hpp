#pragma once
// Cuts the text of a $filter into tokens.
#include "mock_graph/odata/error.hpp"
#include "mock_graph/odata/value.hpp"

#include <string_view>
#include <vector>

namespace mock_graph::odata {

struct token {
  enum class sort { name, literal, open, close, comma, slash, colon, end };
  sort what = sort::end;
  std::string_view text;  ///< as written; points into the filter
  std::size_t position{}; ///< of its first byte
  value content{};        ///< of a literal
  kind type{};            ///< of a literal; `enumeration` for `some.type'member'`
};

/// The tokens of `text`, the last one being `end`. Literals are numbers, quoted strings with '' for
/// a quote, unquoted DateTimeOffsets and GUIDs, and qualified enumeration members. `true`, `false`
/// and `null` stay names. Errors are 400 with "Invalid filter clause".
auto tokenize(std::string_view text) -> outcome<std::vector<token>>;

/// `Syntax error at position <n> in '<text>'.`, the wording of Microsoft's OData library.
auto syntax_error(std::size_t position, std::string_view text) -> api_error;

} // namespace mock_graph::odata
