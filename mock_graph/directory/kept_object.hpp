#pragma once
// Objects of the directory that somebody exported, as the directory shows them.
#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace mock_graph::directory {

struct kept_object {
  std::string id;
  nlohmann::ordered_json document;
};

/// Of `raw`, with exactly `properties`: null for what it lacks; what else it has is left out.
/// Nothing if it is no object with an id.
auto read_kept_object(const std::string& raw, const std::vector<std::string>& properties)
    -> std::optional<kept_object>;

} // namespace mock_graph::directory
