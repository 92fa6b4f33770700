#include "scenarios/serve/control_api.hpp"

#include "core/json/check.hpp"
#include "core/toml_reading/span.hpp"
#include "mock_graph/odata/target.hpp"
#include "mock_graph/server/routes.hpp"
#include "scenarios/serve/odd_token.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace scenarios::serve {
namespace {

using json = nlohmann::ordered_json;

constexpr auto own_names = std::to_array<std::string_view>({"127.0.0.1", "localhost", "[::1]"});
constexpr auto body_bytes_most = std::size_t{1} << 20U;
constexpr auto body_depth_most = std::size_t{16};
constexpr auto speed_most = 100'000.0;
/// Requests, or effects, that one answer shows.
constexpr auto shown_most = std::size_t{1000};

constexpr auto all_routes = std::to_array<control_route>({{"GET", "/clock"},
                                                          {"POST", "/clock"},
                                                          {"POST", "/events"},
                                                          {"POST", "/faults"},
                                                          {"DELETE", "/faults/{id}"},
                                                          {"POST", "/tokens"},
                                                          {"GET", "/journal"},
                                                          {"GET", "/effects"},
                                                          {"POST", "/reset"},
                                                          {"GET", "/audit"}});

auto answer_with(int status, std::string body) -> seams::response {
  auto out = seams::response();
  out.status = status;
  out.fields.set("Content-Type", "application/json");
  out.fields.set("Cache-Control", "no-store");
  out.body = std::move(body);
  return out;
}

auto shown(const json& document) -> seams::response {
  return answer_with(200, document.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
}

auto refused(int status, const std::string& why) -> seams::response {
  auto body = json();
  body["error"] = why;
  return answer_with(status, body.dump(-1, ' ', false, json::error_handler_t::replace) + "\n");
}

auto bad_request(const std::string& why) -> seams::response {
  return refused(400, why);
}

auto empty_answer() -> seams::response {
  auto out = seams::response();
  out.status = 204;
  return out;
}

auto read_body(const std::string& body) -> std::optional<json> {
  auto within = core::json::bounds();
  within.bytes_max = body_bytes_most;
  within.depth_max = body_depth_most;
  if (!core::json::check(body, within)) {
    return std::nullopt;
  }
  auto out = json::parse(body, nullptr, false);
  return out.is_object() ? std::optional(std::move(out)) : std::nullopt;
}

auto text_of_member(const json& body, const char* name) -> std::string {
  const auto found = body.find(name);
  return found != body.end() && found->is_string() ? found->get<std::string>() : std::string();
}

auto api_named(std::string_view name) -> std::optional<mock_graph::login::api> {
  using mock_graph::login::api;
  for (const auto one : {api::graph,
                         api::management,
                         api::exchange,
                         api::resource_manager,
                         api::cloud_apps,
                         api::defender}) {
    if (mock_graph::server::name_of(one) == name) {
      return one;
    }
  }
  return std::nullopt;
}

auto wrong_text(const std::vector<model::diagnostic>& wrong) -> std::string {
  auto out = std::string();
  for (const auto& one : wrong) {
    out += (out.empty() ? "" : "\n") + model::to_text(one);
  }
  return out;
}

auto document_of(const mock_graph::journal_entry& entry, std::size_t number) -> json {
  auto out = json();
  out["request"] = number;
  out["at"] = seams::to_rfc3339(entry.at);
  out["method"] = entry.method;
  out["url"] = entry.url;
  out["route"] = entry.route;
  out["status"] = entry.status;
  out["note"] = entry.note;
  out["fault"] = entry.fault;
  return out;
}

auto document_of(const mock_graph::effect& entry, std::size_t number) -> json {
  auto out = json();
  out["effect"] = number;
  out["at"] = seams::to_rfc3339(entry.at);
  out["what"] = entry.what;
  out["target"] = entry.target;
  out["by"] = entry.by;
  out["request_id"] = entry.request_id;
  return out;
}

/// The entries of a log from the number on that `query` asks for, under `name`.
template <class log>
auto shown_entries(const char* name, const log& all, const mock_graph::odata::target& query)
    -> seams::response {
  const auto from = mock_graph::odata::find_number(query, "from").value_or(1);
  auto out = json();
  out[name] = json::array();
  auto number = static_cast<std::size_t>(std::max<std::uint64_t>(from, 1));
  for (; number <= all.size() && out[name].size() < shown_most; ++number) {
    out[name].push_back(document_of(all[number - 1], number));
  }
  out["next"] = number;
  out["total"] = all.size();
  return shown(out);
}

} // namespace

struct control_api::asked {
  const seams::request& query;
  const mock_graph::odata::target& target;

  [[nodiscard]] auto step(std::size_t index) const -> std::string_view {
    return index < target.path.size() ? std::string_view(target.path[index].name)
                                      : std::string_view();
  }
  [[nodiscard]] auto is(std::string_view method, std::string_view first) const -> bool {
    return query.method == method && step(0) == first;
  }
};

auto control_routes() -> std::span<const control_route> {
  return all_routes;
}

control_api::control_api(stage& what,
                         std::string scenario_text,
                         const mock_graph::login::signing_key& key)
    : stage_(what), scenario_text_(std::move(scenario_text)), key_(key),
      pieces_(scenario_text_, what.scenario().file, what.scenario().standing.start) {}

auto control_api::answer(const seams::request& query) -> mock_graph::reply {
  auto out = mock_graph::reply();
  const auto target = mock_graph::odata::read_target(query.url);
  const auto is_own = target && std::ranges::find(own_names, target->host) != own_names.end();
  if (!is_own || query.fields.find("Origin")) {
    out.response = refused(403, "only programs on this machine may ask, by its own address");
  } else {
    out.response = dispatch({query, *target});
  }
  return out;
}

auto control_api::dispatch(const asked& what) -> seams::response {
  const auto depth = what.target.path.size();
  if (depth == 2 && what.is("DELETE", "faults")) {
    return lift_fault(what);
  }
  if (depth == 1) {
    if (what.step(0) == "clock") {
      return what.query.method == "GET"    ? show_clock()
             : what.query.method == "POST" ? set_clock(what)
                                           : refused(405, "the clock takes GET and POST");
    }
    if (what.is("POST", "events")) {
      return add_events(what);
    }
    if (what.is("POST", "faults")) {
      return add_faults(what);
    }
    if (what.is("POST", "tokens")) {
      return mint_token(what);
    }
    if (what.is("GET", "journal")) {
      return shown_entries("requests", stage_.tenant().requests(), what.target);
    }
    if (what.is("GET", "effects")) {
      stage_.tenant().advance(stage_.clock().wall());
      return shown_entries("effects", stage_.tenant().effects(), what.target);
    }
    if (what.is("POST", "reset")) {
      return reset();
    }
    if (what.is("GET", "audit")) {
      return show_audit();
    }
  }
  auto known = std::string();
  for (const auto& [method, path] : all_routes) {
    known += (known.empty() ? "" : ", ") + std::string(method) + " " + std::string(path);
  }
  return refused(404, "there is no such operation; there are " + known);
}

auto control_api::show_clock() -> seams::response {
  auto& clock = stage_.clock();
  const auto now = clock.wall();
  auto out = json();
  out["now"] = seams::to_rfc3339(now);
  out["start"] = seams::to_rfc3339(stage_.scenario().standing.start);
  out["since_start_seconds"] =
      std::chrono::duration<double>(now - stage_.scenario().standing.start).count();
  out["speed"] = clock.speed();
  return shown(out);
}

auto control_api::set_clock(const asked& what) -> seams::response {
  const auto body = read_body(what.query.body);
  if (!body) {
    return bad_request("expected a JSON object with speed, freeze or advance");
  }
  const auto speed = body->find("speed");
  const auto freeze = body->find("freeze");
  const auto advance = body->find("advance");
  const auto span = core::toml_reading::parse_span(text_of_member(*body, "advance"));
  if (speed != body->end() &&
      (!speed->is_number() || speed->get<double>() < 0 || speed->get<double>() > speed_most)) {
    return bad_request("speed is a number from 0 to 100000: seconds a second");
  }
  if (freeze != body->end() && *freeze != true) {
    return bad_request("freeze is true; to go on, set a speed");
  }
  if (advance != body->end() && (!span || *span < seams::duration::zero())) {
    return bad_request("advance is a span such as \"10m\", not below 0");
  }
  if (speed == body->end() && freeze == body->end() && advance == body->end()) {
    return bad_request("expected speed, freeze or advance");
  }
  if (speed != body->end() || freeze != body->end()) {
    stage_.clock().set_speed(freeze != body->end() ? 0.0 : speed->get<double>());
  }
  if (span && advance != body->end()) {
    stage_.clock().advance(*span);
  }
  return show_clock();
}

auto control_api::read_piece(const asked& what,
                             std::string_view wrap,
                             std::string_view otherwise_at)
    -> std::variant<model::fragment, seams::response> {
  auto text = what.query.body;
  if (text.size() > body_bytes_most) {
    return refused(413, "at most 1 MiB");
  }
  if (auto body = read_body(text)) {
    if (!wrap.empty() && !body->contains(std::string(wrap))) {
      body = json{{std::string(wrap), json::array({*body})}};
    }
    const auto piece = model::fragment_from_json(body->dump(), otherwise_at);
    if (!piece) {
      return bad_request("expected an object of tables, {\"click\": [{\"user\": \"dana\"}]}");
    }
    text = *piece;
  }
  auto out = pieces_.read(text, stage_.clock().wall());
  if (!out.wrong.empty()) {
    return bad_request(wrong_text(out.wrong));
  }
  return out;
}

auto control_api::add_events(const asked& what) -> seams::response {
  const auto read = read_piece(what, "", "now");
  if (const auto* wrong = std::get_if<seams::response>(&read)) {
    return *wrong;
  }
  const auto& piece = std::get<model::fragment>(read);
  if (piece.events.empty() || !piece.faults.empty()) {
    return bad_request("expected tables of events, such as [[click]]; faults go to /faults");
  }
  auto out = json();
  out["events"] = json::array();
  for (const auto& event : piece.events) {
    stage_.tenant().happen(event);
    out["events"].push_back({{"at", seams::to_rfc3339(event.at)}, {"origin", event.origin}});
  }
  return shown(out);
}

auto control_api::add_faults(const asked& what) -> seams::response {
  const auto read = read_piece(what, "fault", "");
  if (const auto* wrong = std::get_if<seams::response>(&read)) {
    return *wrong;
  }
  const auto& piece = std::get<model::fragment>(read);
  if (piece.faults.empty() || !piece.events.empty()) {
    return bad_request("expected [[fault]] tables; events go to /events");
  }
  auto& troubles = stage_.tenant().troubles();
  for (const auto& fault : piece.faults) {
    if (std::ranges::find(troubles.faults(), fault.id, &mock_graph::faults::fault::id) !=
        troubles.faults().end()) {
      return bad_request("there is a fault with the id \"" + fault.id + "\" already");
    }
  }
  auto out = json();
  out["faults"] = json::array();
  for (const auto& fault : piece.faults) {
    troubles.add(fault);
    out["faults"].push_back(fault.id);
  }
  return shown(out);
}

auto control_api::lift_fault(const asked& what) -> seams::response {
  return stage_.tenant().troubles().lift(what.step(1))
             ? empty_answer()
             : refused(404, "there is no fault of that id");
}

auto control_api::mint_token(const asked& what) -> seams::response {
  const auto body = read_body(what.query.body);
  const auto kind = token_kind_of(body ? text_of_member(*body, "kind") : "");
  const auto named = body ? text_of_member(*body, "api") : std::string();
  const auto which = api_named(named.empty() ? "graph" : named);
  if (!kind || !which) {
    return bad_request("expected kind (good, expired, wrong_audience, bad_signature) and api "
                       "(graph, activity, exchange, arm, cloud_apps, defender)");
  }
  auto out = json();
  out["access_token"] = odd_token(
      *kind, *which, stage_.scenario().standing, key_, stage_.clock().wall(), ++tokens_ << 32U);
  return shown(out);
}

auto control_api::reset() -> seams::response {
  stage_.reset();
  const auto& what = stage_.scenario();
  pieces_ = model::fragment_reader(scenario_text_, what.file, what.standing.start);
  return empty_answer();
}

auto control_api::show_audit() -> seams::response {
  return answer_with(200, to_json(stage_.make_audit()));
}

} // namespace scenarios::serve
