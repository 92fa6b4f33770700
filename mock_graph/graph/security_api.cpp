#include "mock_graph/graph/security_api.hpp"

#include "mock_graph/graph/answers.hpp"
#include "mock_graph/graph/schemas.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace mock_graph::graph {
namespace {

using nlohmann::json;
using odata::option;

/// No record of this answer is known: the word is a choice (graph-security sheet, 7).
constexpr auto missing_code = std::string_view("ResourceNotFound");
constexpr auto patch_bytes_max = std::size_t{64} * 1024;

auto newest_first() -> std::vector<odata::sort_key> {
  return {{"createdDateTime", odata::kind::date_time, true}};
}

/// Values are camelCase on the wire; the update samples send PascalCase: any case is accepted.
auto camel(std::string text) -> std::string {
  if (!text.empty() && text.front() >= 'A' && text.front() <= 'Z') {
    text.front() = static_cast<char>(text.front() - 'A' + 'a');
  }
  return text;
}

auto asks_for_late_members(const call& what) -> bool {
  const auto prefer = what.query.fields.find("Prefer").value_or("");
  return prefer.find("include-unknown-enum-members") != std::string_view::npos;
}

/// Members of enumerations that came after `unknownFutureValue` are shown to those who ask for them
/// (learn.microsoft.com/graph/api/resources/security-alert, "serviceSource values").
auto without_late_members(const entity_version& item) -> std::string {
  static constexpr auto late =
      std::to_array<std::string_view>({"microsoftDefenderForCloud",
                                       "microsoftDefenderForServers",
                                       "microsoftDefenderForStorage",
                                       "microsoftDefenderForDNS",
                                       "microsoftDefenderForDatabases",
                                       "microsoftDefenderForContainers",
                                       "microsoftDefenderForNetwork",
                                       "microsoftDefenderForAppService",
                                       "microsoftDefenderForKeyVault",
                                       "microsoftDefenderForResourceManager",
                                       "microsoftDefenderForApiManagement",
                                       "microsoftDefenderForIoT"});
  auto out = item.raw;
  for (const auto* member : {"serviceSource", "detectionSource"}) {
    const auto found = item.document.is_object() ? item.document.value(member, "") : "";
    if (std::ranges::find(late, found) == late.end()) {
      continue;
    }
    const auto whole = "\"" + std::string(member) + "\":\"" + found + "\"";
    if (const auto at = out.find(whole); at != std::string::npos) {
      out.replace(at, whole.size(), "\"" + std::string(member) + "\":\"unknownFutureValue\"");
    }
  }
  return out;
}

} // namespace

/// A list and who may do what with it.
struct security_api::guarded {
  collection of;
  std::vector<std::string> readers;
  std::vector<std::string> writers;
};

auto security_api::routes() const -> std::span<const std::string_view> {
  static constexpr auto names =
      std::to_array<std::string_view>({"graph.alerts", "graph.incidents"});
  return names;
}

auto security_api::route_of(const odata::target& target) const -> std::string_view {
  const auto path = below_version(target);
  if (path.size() < 2 || path[1].called || !odata::is_named(path[0], "security")) {
    return {};
  }
  return odata::is_named(path[1], "alerts_v2")   ? routes()[0]
         : odata::is_named(path[1], "incidents") ? routes()[1]
                                                 : std::string_view();
}

auto security_api::answer(call& what) -> seams::response {
  return what.route == routes()[0] ? alerts(what) : incidents(what);
}

auto security_api::alerts(call& what) -> seams::response {
  auto limits = odata::rules();
  limits.allowed = {option::filter,
                    option::top,
                    option::skip,
                    option::skip_token,
                    option::count,
                    option::order_by,
                    option::select};
  limits.top_default = 100;
  limits.top_max = 1000;
  limits.default_order = newest_first();
  auto of = list_of("security/alerts_v2", book_.alerts(), alert_schema(), limits);
  if (!asks_for_late_members(what)) {
    of.shown = [](const entity_version& item, seams::instant) {
      return without_late_members(item);
    };
  }
  // The service's own 403 for alerts_v2 names the two incident roles as well.
  return answer(what,
                {std::move(of),
                 {"SecurityAlert.Read.All",
                  "SecurityAlert.ReadWrite.All",
                  "SecurityIncident.Read.All",
                  "SecurityIncident.ReadWrite.All"},
                 {"SecurityAlert.ReadWrite.All"}});
}

auto security_api::incidents(call& what) -> seams::response {
  auto limits = odata::rules();
  limits.allowed = {option::filter,
                    option::top,
                    option::skip,
                    option::skip_token,
                    option::count,
                    option::order_by,
                    option::select,
                    option::expand};
  limits.top_default = 50;
  limits.top_max = 50;
  limits.when_over = odata::over_top::limit_text;
  limits.expandable = {"alerts"};
  limits.default_order = newest_first();
  auto of = list_of("security/incidents", book_.incidents(), incident_schema(), limits);
  of.expanded = [this](const entity_version& item, seams::instant as_of) {
    return render_with_alerts(item, as_of);
  };
  return answer(what,
                {std::move(of),
                 {"SecurityIncident.Read.All", "SecurityIncident.ReadWrite.All"},
                 {"SecurityIncident.ReadWrite.All"}});
}

auto security_api::list_of(std::string_view path,
                           const entity_log& log,
                           const odata::entity_schema& schema,
                           odata::rules limits) const -> collection {
  const auto& state = book_.owner().state();
  const auto small = path == "security/incidents" ? state.pages.incidents : state.pages.alerts;
  auto out = collection{
      path, log, schema, std::move(limits), small, state.choice_of_readings.next_link_skiptoken};
  out.missing_code = missing_code;
  return out;
}

auto security_api::answer(call& what, const guarded& list) -> seams::response {
  const auto writes = what.query.method == "PATCH";
  const auto& wanted = writes ? list.writers : list.readers;
  if (std::ranges::none_of(wanted, [&](const auto& role) { return what.has_role(role); })) {
    return refuse(what, odata::roles_missing(wanted, what.roles));
  }
  if (what.target.path.size() == 3 && what.query.method == "GET") {
    return reader_.list(what, list.of);
  }
  if (what.target.path.size() != 4) {
    return refuse(what, odata::method_not_allowed());
  }
  const auto id = std::string(what.step(3));
  if (writes) {
    return update(what, id);
  }
  if (what.query.method != "GET") {
    return refuse(what, odata::method_not_allowed());
  }
  return collection_reader::item(what, list.of, id);
}

auto security_api::render_with_alerts(const entity_version& incident, seams::instant as_of) const
    -> std::string {
  auto alerts = std::string();
  const auto* known = book_.find_incident(incident.id);
  for (const auto& id : known == nullptr ? std::vector<std::string>() : known->alert_ids) {
    if (const auto* alert = book_.alerts().find(id, as_of)) {
      alerts += (alerts.empty() ? "" : ",") + alert->raw;
    }
  }
  auto raw = incident.raw;
  raw.insert(raw.rfind('}'), ",\"alerts\":[" + alerts + "]");
  return raw;
}

auto security_api::update(call& what, const std::string& id) -> seams::response {
  static constexpr auto editable =
      std::to_array<std::string_view>({"assignedTo", "classification", "determination", "status"});
  const auto bad = [&](const std::string& why) {
    return refuse(what, odata::api_error(400, "BadRequest", why));
  };
  const auto body = what.query.body.size() > patch_bytes_max
                        ? json()
                        : json::parse(what.query.body, nullptr, false);
  if (!body.is_object()) {
    return bad("Unable to read JSON request payload. Please ensure Content-Type header is set and "
               "payload is of valid JSON format.");
  }
  auto fields = std::map<std::string, std::string>();
  for (const auto& [name, value] : body.items()) {
    const auto known = std::ranges::find(editable, name) != editable.end();
    if (name.starts_with('@')) {
      continue;
    }
    if (!known || !(value.is_string() || value.is_null())) {
      return bad("Property '" + name + "' cannot be updated with the value given.");
    }
    const auto text = value.is_null() ? std::string() : value.get<std::string>();
    fields[name] = name == "assignedTo" ? text : camel(text);
  }
  if (what.route == "graph.incidents") {
    auto* found = book_.find_incident(id);
    if (found == nullptr) {
      return refuse(what, odata::resource_not_found(id, missing_code));
    }
    book_.edit_incident(what.now, *found, fields, "API-App:" + what.caller);
    return ok(what, defender::render(*found, book_.owner().state().tenant_id).dump());
  }
  auto* found = book_.find_alert(id);
  if (found == nullptr) {
    return refuse(what, odata::resource_not_found(id, missing_code));
  }
  book_.edit_alert(what.now, *found, fields);
  return ok(what, defender::render(*found, book_.owner().state().tenant_id).dump());
}

} // namespace mock_graph::graph
