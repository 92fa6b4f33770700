#include "mock_graph/ledger/secret_cuts.hpp"

#include <regex>

namespace mock_graph {

auto without_check_token(std::string_view raw) -> std::string {
  if (raw.find("atp-safelinks.html") == std::string_view::npos) {
    return std::string(raw);
  }
  static const auto plain =
      std::regex(R"((atp-safelinks\.html[^"]*?(?:\?|&|\\u0026|&amp;)pc=)[^"&\\]+)");
  static const auto encoded = std::regex(
      R"((atp-safelinks\.html[^"]*?%(?:3F|26)pc%3D)(?:(?!%26)[^"&\\])+)", std::regex::icase);
  const auto once = std::regex_replace(std::string(raw), plain, "$1");
  return std::regex_replace(once, encoded, "$1");
}

} // namespace mock_graph
