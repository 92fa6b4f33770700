#include "mock_graph/directory/kept_object.hpp"

namespace mock_graph::directory {

auto read_kept_object(const std::string& raw, const std::vector<std::string>& properties)
    -> std::optional<kept_object> {
  auto given = nlohmann::ordered_json::parse(raw, nullptr, false);
  const auto id = given.is_object() ? given.find("id") : given.end();
  if (!given.is_object() || id == given.end() || !id->is_string()) {
    return std::nullopt;
  }
  auto out = kept_object{id->get<std::string>(), {}};
  for (const auto& name : properties) {
    const auto found = given.find(name);
    out.document[name] = found == given.end() ? nlohmann::ordered_json() : std::move(*found);
  }
  return out;
}

} // namespace mock_graph::directory
