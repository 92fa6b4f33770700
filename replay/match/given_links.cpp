#include "replay/match/given_links.hpp"

#include "replay/text/json_tree.hpp"

#include <algorithm>
#include <optional>

namespace replay {
namespace {

/// The text of JSON that stands behind the name which ends at `from`.
auto text_behind(std::string_view body, std::size_t from) -> std::optional<std::string> {
  constexpr auto blanks = std::string_view(" \t\r\n");
  const auto colon = body.find_first_not_of(blanks, from);
  if (colon == body.npos || body[colon] != ':') {
    return std::nullopt;
  }
  const auto begin = body.find_first_not_of(blanks, colon + 1);
  if (begin == body.npos || body[begin] != '"') {
    return std::nullopt;
  }
  auto end = begin + 1;
  while (end < body.size() && body[end] != '"') {
    end += body[end] == '\\' ? 2 : 1;
  }
  const auto parsed = text::parse_json(body.substr(begin, std::min(end + 1, body.size()) - begin));
  return parsed.value ? std::optional(parsed.value->text) : std::nullopt;
}

void add_all(std::string_view body,
             std::string_view name_end,
             bool is_delta,
             std::vector<given_link>& out) {
  for (auto at = body.find(name_end); at != body.npos; at = body.find(name_end, at + 1)) {
    auto link = text_behind(body, at + name_end.size());
    if (link && link->find("://") != std::string::npos) {
      out.push_back({std::move(*link), is_delta});
    }
  }
}

} // namespace

auto links_given_by(const seams::response& answer) -> std::vector<given_link> {
  auto out = std::vector<given_link>();
  for (const auto* name : {"NextPageUri", "Location"}) {
    if (const auto found = answer.fields.find(name)) {
      out.push_back({std::string(*found), false});
    }
  }
  add_all(answer.body, "nextLink\"", false, out);
  add_all(answer.body, "__next\"", false, out);
  add_all(answer.body, "deltaLink\"", true, out);
  return out;
}

} // namespace replay
