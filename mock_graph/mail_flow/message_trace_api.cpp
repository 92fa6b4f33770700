#include "mock_graph/mail_flow/message_trace_api.hpp"

#include "mock_graph/graph/answers.hpp"

#include <array>

namespace mock_graph::mail_flow {
namespace {

using namespace std::chrono_literals;
using ordered = nlohmann::ordered_json;
using odata::option;

constexpr auto requests_max = std::size_t{100};
constexpr auto requests_span = seams::duration{5min};
constexpr auto usual_span = std::chrono::hours{48};
constexpr auto span_max = std::chrono::days{10};
constexpr auto reach_back = std::chrono::days{90};
constexpr auto received = std::string_view("receivedDateTime");

auto make_schema() -> odata::entity_schema {
  using odata::kind;
  auto out = odata::entity_schema();
  out.type_name = "microsoft.graph.exchangeMessageTrace";
  for (const auto* name :
       {"id", "senderAddress", "recipientAddress", "messageId", "subject", "fromIP", "toIP"}) {
    out.properties.push_back({name, kind::string});
  }
  out.properties.push_back({std::string(received), kind::date_time});
  out.properties.push_back({"size", kind::int32});
  out.properties.push_back(
      {"status", kind::enumeration, "microsoft.graph.exchangeMessageTraceStatus"});
  return out;
}

auto trace_schema() -> const odata::entity_schema& {
  static const auto schema = make_schema();
  return schema;
}

auto bad(const std::string& message) -> odata::api_error {
  return {400, "BadRequest", message};
}

auto not_provisioned() -> odata::api_error {
  return {401,
          "Unauthorized",
          "Service principal-less authentication failed: The service principal for App ID "
          "8bd644d1-64a1-4d4b-ae52-2e0cbf64e373 was not found. Please create a service principal "
          "for this app in your tenant. Provisioning may take several hours to complete."};
}

/// A word between blanks and outside quotes that the service's filter does not know.
auto foreign_operator(std::string_view filter) -> std::string {
  auto plain = std::string();
  auto quoted = false;
  for (const auto c : filter) {
    quoted = c == '\'' ? !quoted : quoted;
    plain += quoted ? 'x' : c;
  }
  for (const auto* word : {" ne ", " gt ", " lt ", " or ", " in "}) {
    if (plain.find(word) != std::string::npos) {
      return word;
    }
  }
  return {};
}

auto asks_for_unknown_members(const call& what) -> bool {
  const auto prefer = what.query.fields.find("Prefer").value_or("");
  return prefer.find("include-unknown-enum-members") != std::string_view::npos;
}

auto without_late_members(const entity_version& row) -> std::string {
  auto document = ordered::parse(row.raw);
  document["status"] = "unknownFutureValue";
  return document.dump();
}

auto last_event_of(const std::string& status) -> std::string {
  return status == "delivered" ? "Deliver" : status == "failed" ? "Fail" : "Defer";
}

} // namespace

auto has_graph_traces(std::string_view cloud) -> bool {
  return cloud == "global" || cloud == "gcc";
}

auto message_trace_api::routes() const -> std::span<const std::string_view> {
  static constexpr auto names =
      std::to_array<std::string_view>({"graph.message_traces", "graph.message_trace_details"});
  return names;
}

auto message_trace_api::route_of(const odata::target& target) const -> std::string_view {
  static constexpr auto steps =
      std::to_array<std::string_view>({"admin", "exchange", "tracing", "messageTraces"});
  const auto path = graph::below_version(target);
  if (path.size() < steps.size()) {
    return {};
  }
  for (auto i = std::size_t{0}; i < steps.size(); ++i) {
    if (!odata::is_named(path[i], steps[i])) {
      return {};
    }
  }
  return path.size() == 4 ? routes()[0]
         : path.size() == 6 && odata::is_named(path[5], "getDetailsByRecipient")
             ? routes()[1]
             : std::string_view();
}

auto message_trace_api::throttled(call& what) -> std::optional<seams::response> {
  while (!asked_.empty() && asked_.front() + requests_span <= what.now) {
    asked_.pop_front();
  }
  if (asked_.size() < requests_max) {
    asked_.push_back(what.now);
    return std::nullopt;
  }
  const auto ids = odata::request_ids{what.now, what.request_id, what.client_request_id};
  auto out = graph::ok(what, odata::to_bytes(odata::throttle_body(ids)));
  out.status = 429;
  const auto wait = asked_.front() + requests_span - what.now;
  out.fields.set("Retry-After",
                 std::to_string(std::chrono::ceil<std::chrono::seconds>(wait).count()));
  what.note = "more than 100 requests in 5 minutes";
  return out;
}

auto message_trace_api::answer(call& what) -> seams::response {
  if (!has_graph_traces(log_.state().cloud)) {
    what.note = "not in this cloud";
    return graph::refuse(what, odata::segment_not_found("tracing"));
  }
  if (what.query.method != "GET") {
    return graph::refuse(what, odata::method_not_allowed());
  }
  if (what.now < log_.state().message_trace_from) {
    return graph::refuse(what, not_provisioned());
  }
  if (!what.has_role("ExchangeMessageTrace.Read.All")) {
    return graph::refuse(what, odata::privileges_missing());
  }
  if (auto wait = throttled(what)) {
    return std::move(*wait);
  }
  return what.route == routes()[0] ? list(what) : details(what);
}

auto message_trace_api::span_of(const call& what) const -> odata::outcome<odata::time_range> {
  const auto text = what.find("$filter").value_or("");
  if (const auto word = foreign_operator(text); !word.empty()) {
    return bad("The filter operator '" + word.substr(1, word.size() - 2) + "' is not supported.");
  }
  auto bounds = odata::time_range();
  if (!text.empty()) {
    const auto filter = odata::filter::parse(text, trace_schema());
    if (!filter) {
      return filter.error();
    }
    bounds = filter->time_bounds(received);
  }
  const auto upper = bounds.upper.value_or(what.now);
  const auto lower = bounds.lower.value_or(upper - usual_span);
  if (upper > what.now) {
    return bad("The end of the time range must not lie in the future.");
  }
  if (upper - lower > span_max) {
    return bad("The time range must not be longer than 10 days.");
  }
  if (lower < what.now - reach_back) {
    return bad("The time range must not begin more than 90 days ago.");
  }
  return odata::time_range{lower, upper};
}

auto message_trace_api::list(call& what) -> seams::response {
  auto limits = odata::rules();
  limits.allowed = {option::filter, option::top, option::skip_token};
  limits.top_default = 1000;
  limits.top_max = 5000;
  limits.when_over = odata::over_top::page_text;
  limits.default_order = {{std::string(received), odata::kind::date_time, true}};
  const auto is_first = !what.find("$skiptoken");
  const auto span = is_first ? span_of(what) : odata::outcome<odata::time_range>({});
  if (!span) {
    return graph::refuse(what, span.error());
  }
  auto of = graph::collection{"admin/exchange/tracing/messageTraces",
                              log_.rows(),
                              trace_schema(),
                              limits,
                              log_.state().pages.message_trace};
  of.within = *span;
  if (!asks_for_unknown_members(what)) {
    of.shown = [](const entity_version& row, seams::instant) {
      return row.document["status"] == "recalled" ? without_late_members(row) : row.raw;
    };
  }
  return reader_.list(what, of);
}

auto message_trace_api::details(call& what) const -> seams::response {
  const auto path = graph::below_version(what.target);
  const auto& called = path[5].arguments;
  const auto recipient = called.empty() ? std::string() : called.front().value;
  const auto* row = log_.rows().find(trace_key(path[4].name, recipient), what.now);
  if (row == nullptr) {
    return graph::refuse(what, odata::resource_not_found(path[4].name));
  }
  const auto status = row->document["status"].get<std::string>();
  auto value = ordered::array();
  for (const auto& event : {std::string("Receive"), last_event_of(status)}) {
    auto one = ordered();
    one["id"] = row->document["id"];
    one["messageId"] = row->document["messageId"];
    one["dateTime"] = row->document[received];
    one["event"] = event;
    one["action"] = "";
    one["description"] = "";
    one["data"] = "<root></root>";
    value.push_back(std::move(one));
  }
  auto body = ordered();
  body["@odata.context"] = graph::service_root(what) +
                           "/$metadata#Collection(microsoft.graph.exchangeMessageTraceDetail)";
  body["value"] = std::move(value);
  return graph::ok(what, body.dump());
}

} // namespace mock_graph::mail_flow
