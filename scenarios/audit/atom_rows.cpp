#include "scenarios/audit/atom_rows.hpp"

#include <nlohmann/json.hpp>

#include <array>

namespace scenarios::audit {
namespace {

/// What lies between `from` and `to`, the first time; `rest` goes on behind it.
auto cut_between(std::string_view& rest, std::string_view from, std::string_view to)
    -> std::optional<std::string_view> {
  const auto start = rest.find(from);
  const auto inside = start == std::string_view::npos ? start : start + from.size();
  const auto end = inside == std::string_view::npos ? inside : rest.find(to, inside);
  if (end == std::string_view::npos) {
    return std::nullopt;
  }
  const auto out = rest.substr(inside, end - inside);
  rest.remove_prefix(end + to.size());
  return out;
}

auto plain_text(std::string_view escaped) -> std::string {
  static constexpr auto entities = std::to_array<std::pair<std::string_view, char>>(
      {{"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&amp;", '&'}});
  auto out = std::string();
  while (!escaped.empty()) {
    auto taken = std::size_t{1};
    auto letter = escaped.front();
    for (const auto& [entity, meant] : entities) {
      if (escaped.starts_with(entity)) {
        taken = entity.size();
        letter = meant;
      }
    }
    out += letter;
    escaped.remove_prefix(taken);
  }
  return out;
}

/// "<d:Name m:type=...>text</d:Name>", one after the other.
auto row_of_properties(std::string_view properties) -> std::string {
  auto out = nlohmann::ordered_json::object();
  while (const auto opening = cut_between(properties, "<d:", ">")) {
    const auto name = std::string(opening->substr(0, opening->find_first_of(" /")));
    if (!opening->ends_with('/')) {
      const auto end = properties.find("</d:");
      out[name] = plain_text(properties.substr(0, end));
      properties.remove_prefix(std::min(end, properties.size()));
    }
  }
  return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace

auto atom_rows(std::string_view body) -> std::optional<atom_page> {
  if (!body.starts_with("<?xml") || body.find("<feed") == std::string_view::npos) {
    return std::nullopt;
  }
  auto out = atom_page();
  while (const auto properties = cut_between(body, "<m:properties>", "</m:properties>")) {
    out.rows.push_back(row_of_properties(*properties));
  }
  out.next = plain_text(cut_between(body, "<link rel=\"next\" href=\"", "\"").value_or(""));
  return out;
}

} // namespace scenarios::audit
