#include "core/actions/case_requests.hpp"

#include <algorithm>

namespace core::actions {

auto requests_of(const triage::triage_case& one) -> std::vector<act_request> {
  auto out = std::vector<act_request>();
  for (const auto& action : one.actions) {
    out.push_back({action.name, action.parameters, one.id});
  }
  std::ranges::stable_sort(
      out, {}, [](const act_request& request) { return find_action(request.name); });
  return out;
}

} // namespace core::actions
