#include "mock_graph/server/mock_tenant.hpp"

#include "core/seams/choices.hpp"
#include "core/seams/letters.hpp"
#include "mock_graph/graph/unrouted.hpp"
#include "mock_graph/odata/error_body.hpp"
#include "mock_graph/server/routes.hpp"
#include "mock_graph/server/token_refusals.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace mock_graph::server {
namespace {

using nlohmann::json;

auto fault_form_of(std::string_view route) -> faults::api {
  static constexpr auto forms =
      std::array{std::pair{std::string_view("login."), faults::api::login},
                 std::pair{std::string_view("activity."), faults::api::management},
                 std::pair{std::string_view("exchange."), faults::api::exchange},
                 std::pair{std::string_view("arm."), faults::api::resource_manager},
                 std::pair{std::string_view("cloud_apps."), faults::api::cloud_apps},
                 std::pair{std::string_view("defender."), faults::api::defender}};
  for (const auto& [prefix, form] : forms) {
    if (route.starts_with(prefix)) {
      return form;
    }
  }
  return faults::api::graph;
}

/// What the Management API calls an operation in its throttle text ("Method=GetBlob").
auto throttled_method(std::string_view route, const std::string& method) -> std::string {
  return route == "activity.blob" ? "GetBlob" : method;
}

/// What is not even a request is the gateway's business. A URL that is too long: HTML wrapped in
/// JSON, as reported in microsoft-graph-explorer-v4 issue 3184.
auto not_a_request(const odata::api_error& why, const journal_entry& entry) -> seams::response {
  auto out = seams::response();
  out.status = why.status;
  if (why.status == 414) {
    out.status = 400;
    out.fields.set("Content-Type", "application/json");
    const auto ids = odata::request_ids{entry.at, "", ""};
    out.body = odata::to_bytes(odata::error_body(
        {400,
         "UnknownError",
         "<HTML><HEAD><TITLE>Bad Request</TITLE></HEAD>\r\n<BODY><h2>Bad Request - Request Too "
         "Long</h2>\r\n<hr><p>HTTP Error 400. The size of the request headers is too "
         "long.</p>\r\n</BODY></HTML>\r\n"},
        ids));
  }
  return out;
}

auto not_found() -> seams::response {
  auto out = seams::response();
  out.status = 404;
  return out;
}

auto content_type_of(std::string_view feed) -> std::string {
  for (const auto& type : activity::content_types()) {
    if (activity::feed_of(type) == feed) {
      return type;
    }
  }
  return "Audit.General";
}

auto login_options_for(const tenant::standing& state) -> login::login_options {
  auto out = login::login_options();
  out.seed = state.seed;
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(state.token_lifetime).count();
  out.lifetime = {seconds, seconds};
  return out;
}

} // namespace

mock_tenant::mock_tenant(const script& what,
                         const seams::clock& time,
                         const login::signing_key& key)
    : time_(time), tenant_(what.state, what.events), alerts_(tenant_, ledger_),
      alert_rules_(alerts_), investigations_(alerts_), workload_alerts_(tenant_, alerts_, ledger_),
      hunting_(tenant_, ledger_), identity_(tenant_, ledger_), traces_(tenant_, ledger_),
      content_(tenant_.state(), ledger_), audit_(tenant_, content_),
      activity_api_(tenant_.state(), content_), security_api_(alerts_),
      hunting_api_(hunting_,
                   ledger_,
                   what.state.choice_of_readings.hunting_json_booleans,
                   what.state.pages.hunting_rows),
      identity_api_(identity_), batch_api_([this](const seams::request& part) {
        return answer_any(part, graph::batch_bytes_max);
      }),
      acts_(tenant_, effects_), users_(tenant_, ledger_), user_acts_(users_, acts_),
      users_api_(tenant_.state(), users_, &user_acts_), objects_(tenant_, ledger_),
      mailboxes_(tenant_, ledger_), objects_api_(tenant_.state(), {users_, objects_, mailboxes_}),
      domains_api_(tenant_.state()), mail_(tenant_), messages_api_(mail_, users_, acts_),
      rules_(tenant_, mail_), rules_api_(rules_, users_, acts_),
      access_api_(acts_, identity_api_.protection_budget()), machines_(tenant_, effects_),
      machines_api_(machines_), indicators_api_(acts_), message_trace_api_(traces_),
      reporting_api_(traces_), applications_api_(tenant_.state()), policies_(tenant_, ledger_),
      exchange_admin_(tenant_, policies_, click_report_, traces_, effects_),
      exchange_api_(policies_, exchange_admin_), cloud_apps_(tenant_, ledger_),
      cloud_apps_api_(cloud_apps_), azure_log_(tenant_, ledger_), azure_log_api_(azure_log_),
      login_(*this, key, login_options_for(what.state)), verifier_(key), faults_(what.faults) {
  tenant_.add(alert_rules_);
  tenant_.add(investigations_);
  tenant_.add(workload_alerts_);
  tenant_.add(hunting_);
  tenant_.add(identity_);
  tenant_.add(traces_);
  tenant_.add(audit_);
  tenant_.add(users_);
  tenant_.add(users_api_);
  tenant_.add(objects_);
  tenant_.add(mailboxes_);
  tenant_.add(objects_api_);
  tenant_.add(mail_);
  tenant_.add(rules_);
  tenant_.add(machines_);
  tenant_.add(policies_);
  tenant_.add(click_report_);
  tenant_.add(exchange_admin_);
  tenant_.add(cloud_apps_);
  tenant_.add(azure_log_);
  tenant_.add(*this);
  alerts_.add(investigations_);
  alerts_.add(hunting_);
  alerts_.add(audit_);
  open_doors();
}

void mock_tenant::open_doors() {
  open(login::api::graph,
       {&security_api_,
        &hunting_api_,
        &identity_api_,
        &users_api_,
        &user_acts_,
        &objects_api_,
        &domains_api_,
        &access_api_,
        &messages_api_,
        &rules_api_,
        &message_trace_api_,
        &applications_api_,
        &batch_api_});
  open(login::api::management, {&activity_api_});
  open(login::api::exchange, {&reporting_api_, &exchange_api_});
  open(login::api::resource_manager, {&azure_log_api_});
  open(login::api::cloud_apps, {&cloud_apps_api_});
  open(login::api::defender, {&machines_api_, &indicators_api_});
}

void mock_tenant::open(login::api which, std::initializer_list<door*> doors) {
  const auto* cloud = login::find_cloud(tenant_.state().cloud);
  side_of(which) = {login::audiences(cloud == nullptr ? login::clouds().front() : *cloud, which),
                    doors};
}

auto mock_tenant::find_door(call& what) -> door* {
  const auto where = place_of(what.target);
  if (!where) {
    what.route = "foreign";
    return nullptr;
  }
  const auto& path = what.target.path;
  if (where->is_login) {
    what.route =
        !path.empty() && odata::is_named(path.back(), "token") ? "login.token" : "login.discovery";
    return nullptr;
  }
  what.api = where->of;
  for (auto* one : side_of(what.api).doors) {
    what.route = one->route_of(what.target);
    if (!what.route.empty()) {
      return one;
    }
  }
  what.route = std::string(name_of(what.api)) + ".unknown";
  return nullptr;
}

auto mock_tenant::answer_any(const seams::request& query, std::size_t url_bytes_max) -> reply {
  const auto now = time_.wall();
  tenant_.advance(now);
  auto entry = journal_entry{now, query.method, query.url, "unknown", 0, {}, {}, false, {}};
  entry.had_token = query.fields.find("Authorization").has_value();
  auto target = odata::read_target(query.url, url_bytes_max);
  if (!target) {
    auto refused = reply();
    refused.response = not_a_request(target.error(), entry);
    refused.response.fields.set("Date", seams::to_http_date(now));
    entry.status = refused.response.status;
    entry.note = target.error().message;
    journal_.push_back(std::move(entry));
    return refused;
  }
  const auto serial = "request/" + std::to_string(journal_.size());
  auto what = call{.query = query, .target = std::move(*target), .now = now};
  what.request_id = seams::named_guid(tenant_.state().seed, serial);
  what.client_request_id =
      std::string(query.fields.find("client-request-id").value_or(what.request_id));
  auto* where = find_door(what);
  entry.route = what.route;
  const auto own_entry = journal_.size(); // parts of a batch stand behind it
  journal_.push_back(entry);

  auto right = std::optional<reply>();
  const auto right_body = [&]() -> const std::string& {
    right = right ? std::move(right) : honest(where, what);
    return right->response.body;
  };
  const auto* fault = faults_.meet({entry.route,
                                    now,
                                    query.url,
                                    odata::find_number(what.target, "$top"),
                                    odata::find_number(what.target, "$skip"),
                                    right_body});
  auto out = reply();
  if (fault == nullptr) {
    out = right ? std::move(*right) : honest(where, what);
  } else {
    const auto misread = faults::misread(*fault, what.target);
    const auto facts = faults::call_facts{fault_form_of(entry.route),
                                          now,
                                          what.request_id,
                                          what.client_request_id,
                                          throttled_method(entry.route, query.method)};
    out = faults::distort(*fault, facts, query, [&] {
      return right && !misread ? std::move(right->response) : honest(where, what).response;
    });
    entry.fault = fault->id;
  }
  if (!out.response.fields.find("Date")) {
    out.response.fields.set("Date", seams::to_http_date(now));
  }
  entry.status = out.response.status;
  entry.note = what.note;
  entry.used_roles = std::move(what.used_roles);
  journal_[own_entry] = std::move(entry);
  return out;
}

auto mock_tenant::honest(door* where, call& what) -> reply {
  auto out = reply();
  if (what.route.starts_with("login.")) {
    return log_in(what);
  }
  if (what.route == "foreign") {
    what.note = "a host that is nobody's";
    out.response = not_found();
  } else if (auto refused = check_token(what)) {
    out.response = std::move(*refused);
  } else if (where != nullptr) {
    out.response = where->answer(what);
    out.travel.delay = what.takes;
  } else if (what.api == login::api::graph) {
    out.response = graph::unrouted(what);
  } else {
    what.note = "no such operation";
    out.response = not_found();
  }
  return out;
}

auto mock_tenant::check_token(call& what) -> std::optional<seams::response> {
  auto token = verifier_.verify(what.query.fields.find("Authorization"),
                                side_of(what.api).audiences,
                                tenant_.state().tenant_id,
                                what.now);
  if (token) {
    what.roles = token->roles;
    what.caller = token->app_id;
    what.app = find_application(tenant_.state().tenant_id, token->app_id);
    return std::nullopt;
  }
  const auto& allowed = side_of(what.api).audiences;
  return refuse_token(what, token.error(), {tenant_.state().tenant_id, allowed});
}

auto mock_tenant::log_in(call& what) -> reply {
  auto decided = login_.answer(what.query, what.now);
  what.note = decided.note.outcome;
  if (decided.note.subject == "token" && decided.what.response.status == 200) {
    const auto body = json::parse(decided.what.response.body, nullptr, false);
    const auto token = body.value("access_token", std::string());
    issued_.push_back(token.substr(token.rfind('.') + 1));
  }
  return std::move(decided.what);
}

void mock_tenant::on(const tenant::event& what) {
  if (const auto* record = std::get_if<tenant::audit_record>(&what.what)) {
    audit_.scripted(what.at, what.origin, *record);
  } else if (const auto* again = std::get_if<tenant::redelivery>(&what.what)) {
    audit_.again(what.at, *again);
  } else if (const auto* edit = std::get_if<tenant::alert_change>(&what.what)) {
    for (auto* alert : alerts_.about(edit->of)) {
      alerts_.edit_alert(what.at, *alert, edit->set);
    }
  } else if (const auto* change = std::get_if<tenant::incident_change>(&what.what)) {
    for (const auto* alert : alerts_.about(change->of)) {
      alerts_.edit_incident(
          what.at, *alerts_.find_incident(alert->incident_id), change->set, "analyst");
    }
  } else if (const auto* same = std::get_if<tenant::incident_merge>(&what.what)) {
    merge_incidents(what.at, *same);
  } else if (const auto* subscription = std::get_if<tenant::subscription_change>(&what.what)) {
    if (subscription->enabled) {
      activity_api_.admin_enables(subscription->content_type, what.at);
    } else if (subscription->stopped) {
      activity_api_.other_tool_stops(subscription->content_type, what.at);
    } else {
      activity_api_.admin_disables(subscription->content_type, what.at);
    }
  } else if (const auto* record_as_is = std::get_if<tenant::verbatim_record>(&what.what)) {
    keep_verbatim(what.at, *record_as_is);
  }
}

void mock_tenant::merge_incidents(seams::instant at, const tenant::incident_merge& what) {
  const auto from = alerts_.about(what.of);
  const auto into = alerts_.about(what.into);
  if (!from.empty() && !into.empty()) {
    alerts_.merge(at,
                  *alerts_.find_incident(from.front()->incident_id),
                  *alerts_.find_incident(into.front()->incident_id));
  }
}

void mock_tenant::keep_verbatim(seams::instant at, const tenant::verbatim_record& what) {
  if (!what.table.empty()) {
    hunting_.keep(at, what);
    return;
  }
  if (what.feed == "message_trace") {
    traces_.keep(at, what);
    return;
  }
  const auto document = json::parse(what.raw, nullptr, false);
  const auto text = [&](const char* name) {
    const auto found = document.is_object() ? document.find(name) : document.end();
    return document.is_object() && found != document.end() && found->is_string()
               ? found->get<std::string>()
               : std::string();
  };
  const auto story = "record of " + what.origin;
  if (auto* log = listed_log(what.feed)) {
    auto version = entity_version();
    version.id = text("id");
    version.updated = at;
    version.visible_at = at;
    version.raw = what.raw;
    version.document = document;
    log->put(std::move(version), story);
    return;
  }
  const auto type = document.is_object() ? document.find("RecordType") : document.end();
  const auto number =
      type != document.end() && type->is_number_integer() && what.feed == "audit_general"
          ? type->get<int>()
          : 0;
  auto item = activity::audit_item{content_type_of(what.feed), text("Id"), what.raw, story};
  item.record_type = number;
  content_.add(item, at, seams::duration{});
}

auto mock_tenant::listed_log(std::string_view feed) -> entity_log* {
  return feed == "alerts"      ? &alerts_.alert_log()
         : feed == "incidents" ? &alerts_.incident_log()
                               : identity_.log_of(feed);
}

auto mock_tenant::find_tenant(std::string_view name) const -> std::optional<login::tenant_info> {
  const auto& state = tenant_.state();
  if (!seams::equal_ignoring_case(name, state.tenant_id) &&
      !seams::equal_ignoring_case(name, state.domain)) {
    return std::nullopt;
  }
  auto info = login::tenant_info();
  info.id = state.tenant_id;
  info.organisation = state.organisation;
  info.cloud_name = state.cloud;
  return info;
}

auto mock_tenant::find_application(std::string_view, std::string_view client_id) const
    -> const tenant::application* {
  const auto& known = tenant_.state().applications;
  const auto found = std::ranges::find_if(known, [&](const tenant::application& one) {
    return seams::equal_ignoring_case(one.client_id, client_id);
  });
  return found == known.end() ? nullptr : &*found;
}

} // namespace mock_graph::server
