#include "mock_graph/hunting/kql/failure.hpp"

namespace mock_graph::hunting::kql {

void fail_syntax(std::string_view token, std::size_t offset) {
  constexpr auto shown_max = std::size_t{60};
  const auto shown = token.empty() ? std::string("<end>") : std::string(token.substr(0, shown_max));
  throw failure{query_error::kind::syntax, shown, offset};
}

void fail_semantic(std::string_view op, std::string_view text, std::size_t offset) {
  auto message = op.empty() ? std::string() : "'" + std::string(op) + "' operator: ";
  message += std::string(text) + ". Fix semantic errors in your query.";
  throw failure{query_error::kind::semantic, std::move(message), offset};
}

void fail_unsupported(std::string_view what, std::size_t offset) {
  throw failure{query_error::kind::unsupported, std::string(what), offset};
}

void fail_too_large(std::string_view text, std::size_t offset) {
  throw failure{query_error::kind::too_large, std::string(text), offset};
}

} // namespace mock_graph::hunting::kql
