#include "core/store/grants.hpp"

#include <sstream>

namespace core {
namespace {

constexpr auto grants_place = "grants";

} // namespace

auto read_grants(store& from) -> seams::result<token_grants> {
  const auto text = from.cursor(grants_place);
  if (!text) {
    return text.error();
  }
  auto out = token_grants();
  auto lines = std::istringstream(*text ? **text : std::string());
  for (auto line = std::string(); std::getline(lines, line);) {
    auto words = std::istringstream(line);
    auto audience = std::string();
    words >> audience;
    auto& roles = out[audience];
    for (auto role = std::string(); words >> role;) {
      roles.insert(role);
    }
  }
  return out;
}

auto write_grants(store& into, const token_grants& known, seams::instant now)
    -> seams::result<void> {
  auto step = commit();
  step.feed = grants_place;
  step.now = now;
  step.cursor = "";
  for (const auto& [audience, roles] : known) {
    *step.cursor += audience;
    for (const auto& role : roles) {
      *step.cursor += " " + role;
    }
    *step.cursor += "\n";
  }
  const auto written = into.apply(step);
  return written ? seams::result<void>() : written.error();
}

auto all_roles(const token_grants& known) -> std::optional<std::set<std::string>> {
  if (known.empty()) {
    return std::nullopt;
  }
  auto out = std::set<std::string>();
  for (const auto& [audience, roles] : known) {
    out.insert(roles.begin(), roles.end());
  }
  return out;
}

} // namespace core
