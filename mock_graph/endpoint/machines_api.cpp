#include "mock_graph/endpoint/machines_api.hpp"

#include "mock_graph/endpoint/machine_documents.hpp"
#include "mock_graph/graph/answers.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::endpoint {
namespace {

using ordered = nlohmann::ordered_json;

constexpr auto isolation_types =
    std::to_array<std::string_view>({"Full", "Selective", "UnManagedDevice"});

/// The body of an order. Names are case-sensitive: "comment" is no Comment.
struct order_body {
  std::string comment;
  std::string isolation = "Full";
};

auto read_order(const call& what, bool isolates) -> odata::outcome<order_body> {
  const auto body = graph::json_body(what);
  if (!body) {
    return body_unreadable();
  }
  auto out = order_body();
  for (const auto& [name, value] : body->items()) {
    const auto known = name == "Comment" || (isolates && name == "IsolationType");
    if (!known || !value.is_string()) {
      return body_unreadable();
    }
    (name == "Comment" ? out.comment : out.isolation) = value.get<std::string>();
  }
  if (out.comment.empty()) {
    return odata::api_error(400, "MissingRequiredParameter", "Comment is missing");
  }
  if (std::ranges::find(isolation_types, out.isolation) == isolation_types.end()) {
    return odata::api_error(400, "InvalidInput", "IsolationType is not one of its values");
  }
  return out;
}

auto takes_orders(const tenant::device& what) -> bool {
  return what.system.find("iOS") == std::string::npos &&
         what.system.find("Android") == std::string::npos;
}

} // namespace

auto machines_api::routes() const -> std::span<const std::string_view> {
  static constexpr auto names = std::to_array<std::string_view>({"defender.machines",
                                                                 "defender.isolate",
                                                                 "defender.unisolate",
                                                                 "defender.machine_actions",
                                                                 "defender.cancel_action"});
  return names;
}

auto machines_api::route_of(const odata::target& target) const -> std::string_view {
  const auto path = below_api(target);
  if (path.empty() || path.size() > 3) {
    return {};
  }
  const auto last = [&](std::string_view name) {
    return path.size() == 3 && odata::is_named(path[2], name);
  };
  if (odata::is_named(path[0], "machines")) {
    return path.size() < 3     ? routes()[0]
           : last("isolate")   ? routes()[1]
           : last("unisolate") ? routes()[2]
                               : std::string_view();
  }
  if (odata::is_named(path[0], "machineactions")) {
    return path.size() < 3 ? routes()[3] : last("cancel") ? routes()[4] : std::string_view();
  }
  return {};
}

auto machines_api::answer(call& what) -> seams::response {
  const auto reads = what.route == routes()[0] || what.route == routes()[3];
  if (auto no = reads ? role_missing(what, {"Machine.Read.All", "Machine.ReadWrite.All"})
                      : role_missing(what, {"Machine.Isolate"})) {
    return std::move(*no);
  }
  if (auto no = limits_.exceeded(what)) {
    return std::move(*no);
  }
  if (what.query.method != (reads ? "GET" : "POST")) {
    return refused(what, wrong_method());
  }
  return what.route == routes()[0]   ? machines(what)
         : what.route == routes()[3] ? actions(what)
         : what.route == routes()[4] ? cancel(what)
                                     : order(what);
}

auto machines_api::machines(call& what) -> seams::response {
  const auto path = below_api(what.target);
  if (path.size() == 2) {
    const auto* found = book_.find(path[1].name);
    if (found == nullptr) {
      return refused(what, resource_missing("Machine " + path[1].name));
    }
    auto body = ordered();
    body["@odata.context"] = context_of(what, "Machines/$entity");
    body.update(machine_document(book_, *found));
    return json_answer(200, body);
  }
  auto all = std::vector<ordered>();
  for (const auto& one : book_.state().devices) {
    if (is_onboarded(one)) {
      all.push_back(machine_document(book_, one));
    }
  }
  return all.empty() ? refused(what, {404, "NotFound", "No recent machines."})
                     : list_of(what, "Machines", all, machine_schema());
}

auto machines_api::document(const machine_action& what, bool in_list) const -> ordered {
  const auto& devices = book_.state().devices;
  return action_document(
      what, *std::ranges::find(devices, what.device, &tenant::device::name), in_list);
}

auto machines_api::actions(call& what) -> seams::response {
  const auto path = below_api(what.target);
  if (path.size() == 2) {
    const auto* found = book_.find_action(path[1].name);
    if (found == nullptr) {
      return refused(what, resource_missing("Machine action " + path[1].name));
    }
    auto body = ordered();
    body["@odata.context"] = context_of(what, "MachineActions/$entity");
    body.update(document(*found, false));
    return json_answer(200, body);
  }
  auto all = std::vector<ordered>();
  for (const auto& one : book_.actions()) {
    all.insert(all.begin(), document(one, true));
  }
  return list_of(what, "MachineActions", all, action_schema());
}

auto machines_api::order(call& what) -> seams::response {
  const auto type = what.route == routes()[1] ? action_type::isolate : action_type::unisolate;
  const auto body = read_order(what, type == action_type::isolate);
  if (!body) {
    return refused(what, body.error());
  }
  const auto id = below_api(what.target)[1].name;
  const auto* device = book_.find(id);
  if (device == nullptr) {
    return refused(what, resource_missing("Machine " + id));
  }
  if (!takes_orders(*device)) {
    return refused(what, {400, "OsPlatformNotSupported", "The OS does not support this action"});
  }
  const auto* running = book_.running(device->name, type);
  if (running != nullptr && !book_.state().choice_of_readings.isolation_repeats_action) {
    return refused(what, {400, "ActiveRequestAlreadyExists", "Action is already in progress"});
  }
  if (running == nullptr) {
    auto wanted = machine_action();
    wanted.type = type;
    wanted.scope = type == action_type::isolate ? body->isolation : "";
    wanted.device = device->name;
    wanted.requestor = what.caller;
    wanted.request_id = what.request_id;
    wanted.comment = body->comment;
    wanted.created = what.now;
    running = &book_.order(std::move(wanted));
  }
  auto out = ordered();
  out["@odata.context"] = context_of(what, "MachineActions/$entity");
  out.update(document(*running, false));
  return json_answer(201, out);
}

/// That an action which is over cannot be cancelled is plain, its code is inferred.
auto machines_api::cancel(call& what) -> seams::response {
  const auto body = read_order(what, false);
  if (!body) {
    return refused(what, body.error());
  }
  const auto id = below_api(what.target)[1].name;
  auto* found = book_.find_action(id);
  if (found == nullptr) {
    return refused(what, resource_missing("Machine action " + id));
  }
  if (!found->is_open()) {
    return refused(what, {400, "BadRequest", "The action is over"});
  }
  book_.cancel(*found, what, body->comment);
  auto out = ordered();
  out["@odata.context"] = context_of(what, "MachineActions/$entity");
  out.update(document(*found, false));
  return json_answer(200, out);
}

} // namespace mock_graph::endpoint
