#include "mock_graph/graph/security_api.hpp"

#include "mock_graph/graph/answers.hpp"
#include "mock_graph/graph/schemas.hpp"
#include "mock_graph/odata/page.hpp"
#include "mock_graph/odata/skiptoken.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <unordered_map>

namespace mock_graph::graph {
namespace {

using defender::entity_version;
using nlohmann::json;
using odata::option;

/// Walks remembered for `$skip` links; a walk older than the newest thousand starts anew.
constexpr auto walks_max = std::size_t{1000};
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

} // namespace

/// What differs between the two lists.
struct security_api::collection {
  std::string_view name;
  const defender::entity_log& log;
  const odata::entity_schema& schema;
  odata::rules limits;
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
  if (path.size() < 2 || !odata::is_named(path[0], "security")) {
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
  // The service's own 403 for alerts_v2 names the two incident roles as well.
  const auto of = collection{"alerts_v2",
                             book_.alerts(),
                             alert_schema(),
                             limits,
                             {"SecurityAlert.Read.All",
                              "SecurityAlert.ReadWrite.All",
                              "SecurityIncident.Read.All",
                              "SecurityIncident.ReadWrite.All"},
                             {"SecurityAlert.ReadWrite.All"}};
  return answer(what, of);
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
  const auto of = collection{"incidents",
                             book_.incidents(),
                             incident_schema(),
                             limits,
                             {"SecurityIncident.Read.All", "SecurityIncident.ReadWrite.All"},
                             {"SecurityIncident.ReadWrite.All"}};
  return answer(what, of);
}

auto security_api::answer(call& what, const collection& of) -> seams::response {
  const auto writes = what.query.method == "PATCH";
  const auto& wanted = writes ? of.writers : of.readers;
  if (std::ranges::none_of(wanted, [&](const auto& role) { return what.has_role(role); })) {
    return refuse(what, odata::roles_missing(wanted, what.roles));
  }
  if (what.target.path.size() == 3 && what.query.method == "GET") {
    return list(what, of);
  }
  if (what.target.path.size() != 4) {
    return refuse(what, odata::method_not_allowed());
  }
  const auto id = std::string(what.step(3));
  if (writes) {
    return update(what, of, id);
  }
  if (what.query.method != "GET") {
    return refuse(what, odata::method_not_allowed());
  }
  const auto* found = of.log.find(id, what.now);
  if (found == nullptr) {
    return refuse(what, odata::resource_not_found(id));
  }
  auto body = found->raw;
  body.insert(1,
              "\"@odata.context\":\"" + what.root() + "/v1.0/$metadata#security/" +
                  std::string(of.name) + "/$entity\",");
  return ok(what, std::move(body));
}

auto security_api::walk_began(const call& what, const odata::options& options) -> seams::instant {
  const auto walk = what.caller + " " + odata::query_fingerprint(what.target);
  if (options.skip == 0) {
    if (walks_.size() >= walks_max) {
      walks_.clear();
    }
    walks_[walk] = what.now;
    return what.now;
  }
  const auto found = walks_.find(walk);
  return found == walks_.end() ? what.now : found->second;
}

auto security_api::list(call& what, const collection& of) -> seams::response {
  const auto& state = book_.owner().state();
  const auto read = odata::read_options(what.target, of.limits, of.schema);
  if (!read) {
    return refuse(what, read.error());
  }
  auto mark = odata::page_mark();
  mark.query = odata::query_fingerprint(what.target);
  mark.as_of = walk_began(what, *read);
  mark.position = read->skip;
  if (read->skip_token) {
    auto given = odata::decode_skip_token(*read->skip_token, mark.query);
    if (!given) {
      return refuse(what, given.error());
    }
    mark = *given;
  }
  const auto bounds =
      read->where ? read->where->time_bounds("lastUpdateDateTime") : odata::time_range();
  auto candidates = std::vector<const json*>();
  auto versions = std::unordered_map<const json*, const entity_version*>();
  of.log.visit(mark.as_of,
               bounds.lower.value_or(seams::instant::min()),
               bounds.upper.value_or(seams::instant::max()),
               [&](const entity_version& version) {
                 candidates.push_back(&version.index);
                 versions[&version.index] = &version;
                 return true;
               });
  const auto small = of.name == "incidents" ? state.pages.incidents : state.pages.alerts;
  const auto top = small > 0 ? std::min(read->top, static_cast<std::uint64_t>(small)) : read->top;
  const auto* where = read->where ? &*read->where : nullptr;
  const auto page = odata::cut_page(std::span<const json* const>(candidates),
                                    odata::cut{where, read->order, mark.position, top});
  auto body = "{\"@odata.context\":\"" + what.root() + "/v1.0/$metadata#security/" +
              std::string(of.name) + "\"";
  if (read->count) {
    body += ",\"@odata.count\":" + std::to_string(page.matched);
  }
  body += ",\"value\":[";
  const auto expands = !read->expand.empty();
  for (const auto* item : page.items) {
    const auto& version = *versions[item];
    body += item == page.items.front() ? "" : ",";
    body += expands                ? render_with_alerts(version, mark.as_of)
            : read->select.empty() ? version.raw
                                   : odata::project(version.document, read->select).dump();
  }
  body += "]";
  if (page.more) {
    mark.position += page.items.size();
    const auto link =
        state.choice_of_readings.next_link_skiptoken
            ? odata::link_with(what.target, "$skiptoken", odata::encode_skip_token(mark))
            : odata::link_with(what.target, "$skip", std::to_string(mark.position));
    body += ",\"@odata.nextLink\":" + json(link).dump();
  }
  return ok(what, body + "}");
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

auto security_api::update(call& what, const collection& of, const std::string& id)
    -> seams::response {
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
  if (of.name == "incidents") {
    auto* found = book_.find_incident(id);
    if (found == nullptr) {
      return refuse(what, odata::resource_not_found(id));
    }
    book_.edit_incident(what.now, *found, fields, "API-App:" + what.caller);
    return ok(what, defender::render(*found, book_.owner().state().tenant_id).dump());
  }
  auto* found = book_.find_alert(id);
  if (found == nullptr) {
    return refuse(what, odata::resource_not_found(id));
  }
  book_.edit_alert(what.now, *found, fields);
  return ok(what, defender::render(*found, book_.owner().state().tenant_id).dump());
}

} // namespace mock_graph::graph
