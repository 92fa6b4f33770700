#include "core/actions/planners.hpp"

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

} // namespace

auto plan(const tools& with, const act_request& what, std::string target)
    -> boost::asio::awaitable<planned> {
  const auto* row = std::ranges::find(planner_table, what.name, &planner_row::name);
  if (row == planner_table.end()) {
    co_return seams::failure(seams::reaction::stop_and_diagnose,
                             "unknown_action",
                             "there is no action called " + what.name);
  }
  co_return co_await row->look(with, what, std::move(target));
}

auto targets_of(const act_request& what) -> std::vector<std::string> {
  const auto* facts = find_action(what.name);
  auto out =
      facts == nullptr ? std::vector<std::string>() : values_of(what.parameters, facts->targets);
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
