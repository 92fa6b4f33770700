#include "mock_graph/faults/injector.hpp"

namespace mock_graph::faults {

auto covers(std::string_view pattern, std::string_view route) -> bool {
  return pattern == "*" || pattern == route ||
         (route.starts_with(pattern) && route.size() > pattern.size() &&
          route[pattern.size()] == '.');
}

namespace {

auto chooses(const fault& what, const asked& call) -> bool {
  const auto above = [](std::optional<std::uint64_t> least, std::optional<std::uint64_t> given) {
    return !least || (given && *given > *least);
  };
  return covers(what.route, call.route) && call.now >= what.from && call.now < what.until &&
         above(what.top_above, call.top) && above(what.skip_above, call.skip) &&
         call.url.find(what.url) != std::string_view::npos &&
         (what.holds.empty() || call.right().find(what.holds) != std::string::npos);
}

} // namespace

injector::injector(std::vector<fault> faults)
    : faults_(std::move(faults)), matches_(faults_.size()), hits_(faults_.size()) {}

auto injector::meet(const asked& what) -> const fault* {
  for (auto i = std::size_t{0}; i < faults_.size(); ++i) {
    const auto& candidate = faults_[i];
    if (!chooses(candidate, what)) {
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

void injector::add(fault what) {
  faults_.push_back(std::move(what));
  matches_.push_back(0);
  hits_.push_back(0);
}

auto injector::lift(std::string_view id) -> bool {
  const auto found = std::ranges::find(faults_, id, &fault::id);
  if (found == faults_.end()) {
    return false;
  }
  const auto place = found - faults_.begin();
  faults_.erase(found);
  matches_.erase(matches_.begin() + place);
  hits_.erase(hits_.begin() + place);
  return true;
}

} // namespace mock_graph::faults
