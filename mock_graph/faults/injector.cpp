#include "mock_graph/faults/injector.hpp"

namespace mock_graph::faults {

auto covers(std::string_view pattern, std::string_view route) -> bool {
  return pattern == "*" || pattern == route ||
         (route.starts_with(pattern) && route.size() > pattern.size() &&
          route[pattern.size()] == '.');
}

injector::injector(std::vector<fault> faults)
    : faults_(std::move(faults)), matches_(faults_.size()), hits_(faults_.size()) {}

auto injector::meet(std::string_view route, seams::instant now) -> const fault* {
  for (auto i = std::size_t{0}; i < faults_.size(); ++i) {
    const auto& candidate = faults_[i];
    if (!covers(candidate.route, route) || now < candidate.from || now >= candidate.until) {
      continue;
    }
    const auto call = ++matches_[i];
    const auto spent = candidate.calls && hits_[i] >= *candidate.calls;
    if (call >= candidate.first_call && !spent) {
      ++hits_[i];
      return &candidate;
    }
  }
  return nullptr;
}

} // namespace mock_graph::faults
