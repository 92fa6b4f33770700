#pragma once
// Splits KQL into tokens with their place in the text.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mock_graph::hunting::kql {

struct token {
  enum class kind {
    name,    ///< also keywords, `$left`
    text,    ///< a string; `text` is its content
    integer, ///< digits or 0x…
    real,    ///< 1.5, 1e3
    span,    ///< 1d, 2h, 100ms
    typed,   ///< datetime(…), dynamic(…), int(null): `text` is the name, `inner` what is inside
    symbol,  ///< operators, among them "!in", "!has", "in~"
    end
  };

  kind what;
  std::string text;
  std::string inner;
  std::size_t offset;
  std::size_t length; ///< in the query, quotes included
};

/// The tokens of `query`, an `end` token last. Comments (`//` to the end of line) are skipped.
/// Fails with `syntax` on a character or literal that KQL does not know.
[[nodiscard]] auto tokenize(std::string_view query) -> std::vector<token>;

} // namespace mock_graph::hunting::kql
