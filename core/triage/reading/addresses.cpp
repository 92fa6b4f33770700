#include "core/seams/letters.hpp"
#include "core/triage/reading/readers.hpp"
#include "core/triage/words.hpp"

namespace core::triage {
namespace {

/// What stands in the last brackets of `part`, or all of it: "Boss" [SMTP:boss@contoso.com].
auto inside_brackets(std::string_view part) -> std::string_view {
  const auto open = part.find_last_of("<[");
  const auto rest = open == std::string_view::npos ? part : part.substr(open + 1);
  return rest.substr(0, rest.find_first_of(">]"));
}

} // namespace

auto addresses_in(std::string_view list) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (auto rest = list; !rest.empty();) {
    const auto end = rest.find_first_of(";,");
    auto one = address_key(inside_brackets(rest.substr(0, end)));
    std::erase_if(one, [](char c) { return c == '"' || c == '\'' || c == '\t'; });
    if (holds(one, "@")) {
      out.push_back(std::move(one));
    }
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  if (out.empty() && !list.empty()) {
    out.push_back(seams::lower_case(list));
  }
  return out;
}

} // namespace core::triage
