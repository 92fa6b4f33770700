#include "mock_graph/hunting/kql/functions.hpp"

#include "mock_graph/hunting/kql/failure.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <unordered_map>

namespace mock_graph::hunting::kql {
namespace {

constexpr auto too_large = "Query execution has exceeded the allowed limits: a value is too large.";

auto all_functions() -> std::unordered_map<std::string_view, const function_info*> {
  auto made = std::unordered_map<std::string_view, const function_info*>();
  for (const auto table : {string_functions(),
                           time_functions(),
                           calendar_functions(),
                           convert_functions(),
                           dynamic_functions(),
                           encoding_functions()}) {
    for (const auto& each : table) {
      made.emplace(each.name, &each);
    }
  }
  return made;
}

} // namespace

void call_env::check_size(std::size_t bytes) const {
  if (bytes > value_bytes_max) {
    fail_too_large(too_large, 0);
  }
}

void call_env::check_size(const nlohmann::json& made) const {
  check_size(json_size(made, value_bytes_max + 1));
}

auto find_function(std::string_view name) -> const function_info* {
  static const auto known = all_functions();
  const auto found = known.find(name);
  return found == known.end() ? nullptr : found->second;
}

} // namespace mock_graph::hunting::kql
