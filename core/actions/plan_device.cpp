#include "core/actions/planners.hpp"
#include "core/actions/targets.hpp"
#include "core/feeds/times.hpp"

#include <algorithm>

namespace core::actions {
namespace {

using nlohmann::json;
using seams::failure;
using seams::reaction;

auto machine_of(const tools& with, const std::string& device)
    -> boost::asio::awaitable<seams::result<std::string>> {
  if (is_machine_id(device)) {
    co_return device;
  }
  const auto member = std::string(is_guid(device) ? "aadDeviceId" : "computerDnsName");
  const auto value = is_guid(device) ? device : in_filter(device);
  auto url =
      with.config.where.endpoint.root + "/api/machines?$filter=" + member + "%20eq%20" + value;
  const auto found = co_await read_entities(with, workload::endpoint, std::move(url));
  if (!found && found.error().code != "404") { // the answer when there is none ("List machines")
    co_return found.error();
  }
  const auto count = found ? found->size() : 0;
  if (count != 1) {
    co_return failure(reaction::stop_and_diagnose,
                      count == 0 ? "no_such_device" : "device_not_unique",
                      std::to_string(count) + " machines have the " + member + " " + device);
  }
  co_return text_in(found->front(), "id");
}

auto is_under_way(const json& action) -> bool {
  const auto status = text_in(action, "status");
  return status == "Pending" || status == "InProgress";
}

/// Times come with none to seven digits of a second: they do not compare as texts.
auto begun_at(const json& action) -> std::optional<seams::instant> {
  return feeds::parse_time(text_in(action, "creationDateTimeUtc"));
}

/// The latest isolation or release that was not in vain; null if there was none.
auto latest_of(const std::vector<json>& actions) -> const json* {
  const json* out = nullptr;
  for (const auto& one : actions) {
    const auto type = text_in(one, "type");
    const auto counts = (type == "Isolate" || type == "Unisolate") &&
                        (is_under_way(one) || text_in(one, "status") == "Succeeded");
    if (counts && (out == nullptr || begun_at(*out) < begun_at(one))) {
      out = &one;
    }
  }
  return out;
}

auto comment_of(const act_request& what) -> std::string {
  const auto given = values_of(what.parameters, "comment");
  return !given.empty()          ? given.front()
         : !what.case_id.empty() ? "offtenant, case " + what.case_id
                                 : "offtenant";
}

} // namespace

/// A second isolation of an isolated device may be carried out after a later release ("Isolate
/// machine"): none is asked for that the latest one makes needless.
auto plan_device(const tools& with, const act_request& what, std::string device)
    -> boost::asio::awaitable<planned> {
  const auto machine = co_await machine_of(with, device);
  if (!machine) {
    co_return machine.error();
  }
  const auto& root = with.config.where.endpoint.root;
  auto url = root + "/api/machineactions?$filter=machineId%20eq%20" + in_filter(*machine);
  const auto actions = co_await read_entities(with, workload::endpoint, std::move(url));
  if (!actions) {
    co_return actions.error();
  }
  const auto isolates = what.name == "isolate_device";
  const auto* last = latest_of(*actions);
  const auto is_so = last != nullptr ? (text_in(*last, "type") == "Isolate") == isolates
                                     : !isolates; // a device that never was isolated is free
  auto out = step();
  out.id = (isolates ? "isolate " : "release ") + device;
  out.target = device;
  out.does = isolates ? "isolates the device" : "releases the device";
  out.asynchronous = true;
  out.already = is_so && (last == nullptr || !is_under_way(*last));
  out.follow = is_so && !out.already ? text_in(*last, "id") : std::string();
  auto body = json{{"Comment", comment_of(what)}};
  if (isolates) {
    body["IsolationType"] = "Full";
  }
  out.call =
      change(workload::endpoint,
             "POST",
             root + "/api/machines/" + segment(*machine) + (isolates ? "/isolate" : "/unisolate"),
             body.dump());
  co_return std::vector{std::move(out)};
}

} // namespace core::actions
