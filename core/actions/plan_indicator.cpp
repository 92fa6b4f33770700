#include "core/actions/planners.hpp"

#include <algorithm>

namespace core::actions {
namespace {

using nlohmann::json;

/// "Submit or Update Indicator": hashes are told apart by their length.
auto hash_type(std::string_view value) -> std::string {
  return value.size() == 64 ? "FileSha256" : value.size() == 40 ? "FileSha1" : "FileMd5";
}

auto type_for(const act_request& what, std::string_view value) -> std::string {
  return what.name == "block_file"     ? hash_type(value)
         : what.name == "block_domain" ? "DomainName"
                                       : "IpAddress";
}

auto is_blocked(const std::vector<json>& known, const std::string& type) -> bool {
  return std::ranges::any_of(known, [&](const json& one) {
    const auto action = text_in(one, "action");
    return text_in(one, "indicatorType") == type &&
           (action == "Block" || action == "BlockAndRemediate");
  });
}

} // namespace

auto plan_indicator(const tools& with, const act_request& what, std::string value)
    -> boost::asio::awaitable<planned> {
  const auto type = type_for(what, value);
  const auto& root = with.config.where.endpoint.root;
  auto url = root + "/api/indicators?$filter=indicatorValue%20eq%20" + in_filter(value);
  const auto known = co_await read_list(with, workload::endpoint, std::move(url));
  if (!known && known.error().code != "404") {
    co_return known.error();
  }
  auto out = step();
  out.id = "block " + type + " " + value;
  out.target = value;
  out.does = "blocks it on endpoints, which may take hours to hear of it";
  out.already = known && is_blocked(*known, type);
  const auto body =
      json{{"indicatorValue", value},
           {"indicatorType", type},
           {"action", "Block"},
           {"title", "Blocked by offtenant"},
           {"description", what.case_id.empty() ? "Blocked by offtenant" : "Case " + what.case_id},
           {"severity", "High"},
           {"generateAlert", true}};
  out.call = change(workload::endpoint, "POST", root + "/api/indicators", body.dump());
  if (known && !known->empty()) {
    out.undo = known->front().dump();
    out.notes.emplace_back("an indicator of another action is there, and is changed");
  }
  co_return std::vector{std::move(out)};
}

} // namespace core::actions
