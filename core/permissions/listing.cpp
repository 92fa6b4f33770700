#include "core/permissions/listing.hpp"

#include "core/seams/http.hpp"
#include "core/seams/letters.hpp"
#include "core/toml_reading/spell.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace core::permissions {
namespace {

struct api_name {
  std::string_view name;
  owner of;
};

constexpr auto api_names = std::to_array<api_name>({
    {"Microsoft Graph", owner::graph},
    {"Graph", owner::graph},
    {"Office 365 Management APIs", owner::management},
    {"Office 365 Management API", owner::management},
    {"Management", owner::management},
    {"Office 365 Exchange Online", owner::exchange},
    {"Exchange Online", owner::exchange},
    {"Exchange", owner::exchange},
    {"Microsoft Cloud App Security", owner::cloud_apps},
    {"Microsoft Defender for Cloud Apps", owner::cloud_apps},
    {"Cloud Apps", owner::cloud_apps},
    {"WindowsDefenderATP", owner::defender},
    {"Microsoft Defender for Endpoint", owner::defender},
    {"Defender", owner::defender},
});

auto trimmed(std::string_view text) -> std::string_view {
  constexpr auto blanks = std::string_view(" \t\r");
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

auto owner_named(std::string_view name) -> std::optional<owner> {
  const auto found = std::ranges::find_if(
      api_names, [&](const api_name& one) { return seams::equal_ignoring_case(one.name, name); });
  return found == api_names.end() ? std::nullopt : std::optional(found->of);
}

template <class Rows> auto meant(std::string_view word, const Rows& known) -> std::string {
  auto names = std::vector<std::string>();
  for (const auto& one : known) {
    names.emplace_back(one.name);
  }
  const auto found = toml_reading::nearest(word, names);
  return found.empty() ? "" : "; did you mean \"" + found + "\"?";
}

void read_permissions(std::string_view names, owner of, const std::string& line, listing& out) {
  while (!names.empty()) {
    const auto end = std::min(names.find(','), names.size());
    const auto name = trimmed(names.substr(0, end));
    names.remove_prefix(std::min(end + 1, names.size()));
    if (name.empty()) {
      continue;
    }
    if (find_permission(name) == nullptr) {
      out.wrong.push_back(line + "unknown permission \"" + std::string(name) + '"' +
                          meant(name, permission_table()));
    } else {
      out.entries.emplace_back(name, of);
    }
  }
}

void read_line(std::string_view text, const std::string& line, listing& out) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) {
    out.wrong.push_back(line + "expected \"API: permission\"");
    return;
  }
  const auto api = trimmed(text.substr(0, colon));
  if (const auto of = owner_named(api)) {
    read_permissions(text.substr(colon + 1), *of, line, out);
  } else {
    out.wrong.push_back(line + "unknown API \"" + std::string(api) + '"' + meant(api, api_names));
  }
}

} // namespace

auto read_listing(std::string_view text) -> listing {
  auto out = listing();
  for (auto number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && line.front() != '#') {
      read_line(line, "line " + std::to_string(number) + ": ", out);
    }
  }
  return out;
}

} // namespace core::permissions
