#include "scenarios/model/reading.hpp"

#include <algorithm>

namespace scenarios::model {

auto reading::ids_of(std::initializer_list<event_kind> kinds) const -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& [id, event] : ids) {
    if (std::ranges::find(kinds, event.what) != kinds.end()) {
      out.push_back(id);
    }
  }
  return out;
}

auto table_reader::moment(std::string_view key, need how) -> std::optional<seams::instant> {
  const auto after = offset(key, how);
  return after ? std::optional(shared_.start + *after) : std::nullopt;
}

} // namespace scenarios::model
