#include "core/actions/planners.hpp"
#include "core/actions/targets.hpp"

#include <algorithm>

namespace core::actions {
namespace {

using planner = auto(*)(const tools&, const act_request&, std::string)
                    -> boost::asio::awaitable<planned>;

struct planner_row {
  std::string_view name;
  planner look;
};

constexpr auto planner_table =
    std::to_array<planner_row>({{"hard_delete_message", plan_messages},
                                {"block_url", plan_list_entry},
                                {"block_sender", plan_list_entry},
                                {"block_domain", plan_indicator},
                                {"block_file", plan_indicator},
                                {"block_ip_on_endpoints", plan_indicator},
                                {"block_ip", plan_location},
                                {"isolate_device", plan_device},
                                {"release_device", plan_device},
                                {"disable_user", plan_user},
                                {"enable_user", plan_user},
                                {"reset_password", plan_user},
                                {"revoke_sessions", plan_user},
                                {"disable_forwarding_rules", plan_rules},
                                {"delete_external_forwarding_rules", plan_rules}});

auto given_targets(const act_request& what) -> std::vector<std::string> {
  const auto* facts = find_action(what.name);
  return facts == nullptr ? std::vector<std::string>() : values_of(what.parameters, facts->targets);
}

/// One change holds all addresses: each has to fit.
auto fit_for_planning(const act_request& what, const std::string& target)
    -> seams::result<std::string> {
  if (what.name != "block_ip") {
    return check_target(what.name, target);
  }
  for (const auto& one : given_targets(what)) {
    if (auto fit = check_target(what.name, one); !fit) {
      return fit;
    }
  }
  return target;
}

/// Each once, in its canonical form where it has one.
auto distinct_targets(const act_request& what) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& given : given_targets(what)) {
    const auto fit = check_target(what.name, given);
    const auto& one = fit ? *fit : given;
    if (std::ranges::find(out, one) == out.end()) {
      out.push_back(one);
    }
  }
  return out;
}

} // namespace

auto plan(const tools& with, const act_request& what, std::string target)
    -> boost::asio::awaitable<planned> {
  const auto* row = std::ranges::find(planner_table, what.name, &planner_row::name);
  if (row == planner_table.end()) {
    co_return seams::failure(seams::reaction::stop_and_diagnose,
                             "unknown_action",
                             "there is no action called " + what.name);
  }
  auto fit = fit_for_planning(what, target);
  if (!fit) {
    co_return fit.error();
  }
  co_return co_await row->look(with, what, std::move(*fit));
}

auto targets_of(const act_request& what) -> std::vector<std::string> {
  auto out = distinct_targets(what);
  if (what.name != "block_ip" || out.empty()) {
    return out;
  }
  std::ranges::sort(out);
  auto joined = std::string();
  for (const auto& one : out) {
    joined += (joined.empty() ? "" : " ") + one;
  }
  return {joined};
}

} // namespace core::actions
