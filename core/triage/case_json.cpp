#include "core/triage/case_json.hpp"

#include <nlohmann/json.hpp>

namespace core::triage {
namespace {

using nlohmann::json;

auto json_of(const record_ids& from) -> json {
  auto out = json::array();
  for (const auto& one : from) {
    out.push_back({{"feed", one.feed}, {"key", one.key}, {"version", one.version}});
  }
  return out;
}

auto json_of(const std::optional<seams::instant>& at) -> json {
  return at ? json(seams::to_rfc3339(*at)) : json();
}

auto json_of(const affected_user& one) -> json {
  return {{"upn", one.user},
          {"exposure", name_of(one.how)},
          {"since", json_of(one.since)},
          {"device", name_of(one.device)},
          {"device_why", one.device_why},
          {"address", one.address},
          {"context", one.context},
          {"records", json_of(one.from)}};
}

auto json_of(const finding& one) -> json {
  return {{"rule", one.rule},
          {"weight", one.weight},
          {"urgency", one.urgency},
          {"says", one.says},
          {"records", json_of(one.from)}};
}

auto json_of(const action& one) -> json {
  auto parameters = json::object();
  for (const auto& [name, values] : one.parameters) {
    parameters[name] = values;
  }
  return {{"name", one.name},
          {"parameters", parameters},
          {"why", one.why},
          {"permissions", one.permissions},
          {"granted", name_of(one.granted)},
          {"reversible", one.reversible},
          {"outcome", one.outcome}};
}

auto json_of(const event& one) -> json {
  return {{"at", seams::to_rfc3339(one.at)}, {"what", one.what}, {"records", json_of(one.from)}};
}

template <class List> auto all_of(const List& list) -> json {
  auto out = json::array();
  for (const auto& one : list) {
    out.push_back(json_of(one));
  }
  return out;
}

} // namespace

auto to_json(const triage_case& one) -> json {
  return {{"id", one.id},
          {"aliases", one.aliases},
          {"title", one.title},
          {"verdict", name_of(one.verdict)},
          {"confidence", one.confidence},
          {"priority", "P" + std::to_string(one.priority)},
          {"first", seams::to_rfc3339(one.first)},
          {"last", seams::to_rfc3339(one.last)},
          {"users", all_of(one.users)},
          {"messages", one.messages},
          {"urls", one.urls},
          {"alerts", one.alerts},
          {"incidents", one.incidents},
          {"rules", all_of(one.findings)},
          {"missing", one.missing},
          {"notes", one.notes},
          {"actions", all_of(one.actions)},
          {"timeline", all_of(one.timeline)}};
}

auto case_line(const triage_case& one) -> std::string {
  return to_json(one).dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace core::triage
