#include "core/feeds/message_trace_feed.hpp"

#include "core/auth/form.hpp"
#include "core/feeds/feed_call.hpp"
#include "core/feeds/items.hpp"
#include "core/feeds/permission_hint.hpp"
#include "core/feeds/times.hpp"
#include "core/http/links.hpp"
#include "core/json/slice.hpp"
#include "core/seams/letters.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace core::feeds {
namespace {

using namespace std::chrono_literals;
using seams::failure;

constexpr auto window_max = seams::duration{std::chrono::days{10}};
/// Nothing older can be asked for; our clock is not the service's.
constexpr auto trace_reach_margin = seams::duration{5min};
constexpr auto graph_rest = seams::duration{30min};
/// A mail may be on its way, or be found out, for two days (graph-directory sheet, 3.9). So much is
/// read again by the first poll of each hour: more often it would not fit the budget.
constexpr auto settling = seams::duration{48h};
/// Pages of the report that come without a link are followed by counting rows, as public readers
/// do (elastic/integrations, microsoft_exchange_online_message_trace).
constexpr auto report_page = std::size_t{2000};
/// Microsoft switches the Reporting Web Service off from that day on (Exchange team blog, 4488587).
constexpr auto switch_off_begins =
    seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 4 / 6}};
constexpr auto tracing_service = std::string_view("8bd644d1-64a1-4d4b-ae52-2e0cbf64e373");
constexpr auto query_echo =
    std::to_array<std::string_view>({"__metadata", "StartDate", "EndDate", "Index"});
constexpr auto reporting_bucket = "reporting service";
constexpr auto graph_mark = "read from graph";
constexpr auto reporting_mark = "read from the reporting service";

/// The service is there and does not want us; trouble of the login is no such thing.
auto is_refusal(const failure& why) -> bool {
  const auto state = health::state_of(why);
  return why.next == seams::reaction::stop_and_diagnose && !why.code.starts_with("AADSTS") &&
         (state == "insufficient_permissions" || state == "authentication_failed" ||
          why.code == "404");
}

auto diagnosed(failure why) -> failure {
  if (why.why.find(tracing_service) != std::string::npos) {
    why.code = "service_principal_missing";
    why.why = "Graph's message traces need the service principal of app id " +
              std::string(tracing_service) +
              " in the tenant: create it; that takes up to 24 hours to take effect";
  }
  return why;
}

/// "/Date(1789372683214)/", once JSON is unescaped.
auto parse_date(std::string_view text) -> std::optional<seams::instant> {
  constexpr auto opening = std::string_view("/Date(");
  if (!text.starts_with(opening)) {
    return parse_time(text);
  }
  auto ms = std::int64_t{0};
  const auto* first = text.data() + opening.size();
  const auto parsed = std::from_chars(first, text.data() + text.size(), ms);
  return parsed.ec == std::errc() ? std::optional(seams::instant{std::chrono::milliseconds{ms}})
                                  : std::nullopt;
}

/// "Delivered" and "delivered" are one status.
auto camel_case(std::string word) -> std::string {
  if (!word.empty() && word.front() >= 'A' && word.front() <= 'Z') {
    word.front() = static_cast<char>(word.front() - 'A' + 'a');
  }
  return word;
}

auto is_report_row(std::string_view raw) -> bool {
  return json::member(raw, "MessageTraceId").has_value();
}

/// The rows of a report: verbose, its older form without `results`, or flat.
auto report_rows(std::string_view body) -> std::optional<std::string_view> {
  for (const auto* path : {"d.results", "d", "value"}) {
    const auto found = json::find(body, path);
    if (found && json::kind_of(*found) == json::kind::array) {
      return found;
    }
  }
  return std::nullopt;
}

auto report_link(std::string_view body) -> std::string {
  const auto verbose = json::find(body, "d.__next");
  auto link = verbose ? json::as_string(*verbose).value_or("") : text_of(body, "odata.nextLink");
  return link.empty() ? text_of(body, "@odata.nextLink") : link;
}

/// `url` with `$skiptoken` set to the rows read so far.
auto counted_link(std::string url, std::size_t rows) -> std::string {
  constexpr auto name = std::string_view("&$skiptoken=");
  url.resize(std::min(url.size(), url.find(name)));
  return url + std::string(name) + std::to_string(rows);
}

} // namespace

message_trace_feed::message_trace_feed(const feed_facts& facts,
                                       feed_options options,
                                       const tools& with)
    : facts_(facts), options_(std::move(options)), tools_(with) {}

auto message_trace_feed::root_of(origin from) const -> std::string {
  if (from == origin::graph) {
    return tools_.config.where.graph.root;
  }
  const auto& root = tools_.config.where.exchange.root;
  return root == "https://outlook.office365.com" ? "https://reports.office365.com" : root;
}

auto message_trace_feed::first_url(origin from, const window& span) const -> std::string {
  const auto begin = seams::to_rfc3339(span.from);
  const auto end = seams::to_rfc3339(span.to);
  if (from == origin::graph) {
    return root_of(from) + "/v1.0/" + std::string(facts_.resource) + "?$filter=" +
           auth::percent_encode("receivedDateTime ge " + begin + " and receivedDateTime le " +
                                end) +
           "&$top=" + std::to_string(facts_.page_size);
  }
  return root_of(from) + "/ecp/reportingwebservice/reporting.svc/MessageTrace?$filter=" +
         auth::percent_encode("StartDate eq datetime'" + begin + "' and EndDate eq datetime'" +
                              end + "'") +
         "&$format=json";
}

auto message_trace_feed::poll() -> boost::asio::awaitable<seams::result<poll_report>> {
  const auto at = load_cursor(tools_.records, tools_.time, options_);
  if (!at) {
    co_return at.error();
  }
  if (tools_.time.elapsed() >= graph_rests_until_) {
    const auto read_graph = co_await read(origin::graph, *at);
    if (read_graph) {
      co_return poll_report();
    }
    if (!is_refusal(read_graph.error())) {
      co_return read_graph.error();
    }
    graph_refusal_ = with_permission_hint(diagnosed(read_graph.error()), facts_);
    graph_rests_until_ = tools_.time.elapsed() + graph_rest;
  }
  const auto read_report = co_await read(origin::reporting, *at);
  if (!read_report) {
    graph_rests_until_ = seams::duration::zero();
    if (!is_refusal(read_report.error())) {
      co_return read_report.error();
    }
    co_return refused_by_both(read_report.error());
  }
  auto report = poll_report();
  report.odd = health::remark{"retired_api",
                              "reporting_service",
                              "read from the Reporting Web Service, which is being switched off; "
                              "Graph refuses: " +
                                  graph_refusal_.why};
  co_return report;
}

/// What to say when neither source answers: the report may have been switched off.
auto message_trace_feed::refused_by_both(failure reporting) -> failure {
  const auto used = tools_.records.marked(options_.name, {reporting_mark});
  if (!used) {
    return used.error();
  }
  if (!used->front()) {
    return graph_refusal_;
  }
  const auto late = tools_.time.wall() >= switch_off_begins;
  return failure(
      seams::reaction::stop_and_diagnose,
      late ? "reporting_service_retired" : "reporting_service_refused",
      std::string(late ? "the Reporting Web Service is switched off for this tenant"
                       : "the Reporting Web Service refuses: " + reporting.why) +
          "; grant ExchangeMessageTrace.Read.All for Graph, which says: " + graph_refusal_.why);
}

auto message_trace_feed::read(origin from, position at)
    -> boost::asio::awaitable<seams::result<void>> {
  const auto started = tools_.time.wall();
  const auto which = from == origin::graph ? workload::graph : workload::exchange;
  const auto oldest = started - facts_.retention + trace_reach_margin;
  const auto until = started + std::min(tools_.api.clock_offset(which), seams::duration::zero());
  auto lost = std::string();
  if (at.stored && at.through < oldest) {
    lost = "message traces of " + seams::to_rfc3339(at.through) + " to " +
           seams::to_rfc3339(oldest) + " are older than the service keeps them";
  }
  const auto is_first_of_hour = std::chrono::floor<std::chrono::hours>(at.through) !=
                                std::chrono::floor<std::chrono::hours>(started);
  const auto overlap = is_first_of_hour ? std::max(options_.overlap, settling) : options_.overlap;
  auto span = window();
  span.from = std::max(at.through - overlap, oldest);
  while (span.from < until) {
    span.to = std::min(span.from + window_max, until);
    if (const auto done = co_await read_window(from, span); !done) {
      co_return done;
    }
    if (span.to > at.through || (span.to == until && !at.stored)) {
      auto step = move_cursor(options_.name, span.to, tools_.time.wall());
      if (!lost.empty()) {
        step.health.push_back(
            health::gap(options_.name, "too_old", std::exchange(lost, {}), step.now));
      }
      if (const auto moved = apply(tools_.records, step); !moved) {
        co_return moved;
      }
    }
    span.from = span.to;
  }
  co_return seams::result<void>();
}

auto message_trace_feed::read_window(origin from, window span)
    -> boost::asio::awaitable<seams::result<void>> {
  auto pages = http::chain(root_of(from));
  auto next = first_url(from, span);
  auto rows = std::size_t{0};
  while (!next.empty()) {
    if (const auto allowed = pages.follow(next); !allowed) {
      co_return allowed.error();
    }
    auto what = feed_call(facts_, options_, next);
    if (from == origin::reporting) {
      what.of = workload::exchange;
      what.bucket = reporting_bucket;
    }
    const auto answer = co_await tools_.api.send(std::move(what));
    if (!answer) {
      co_return answer.error();
    }
    auto got = page_of(from, answer->body);
    if (!got) {
      co_return got.error();
    }
    const auto count = got->rows.size();
    rows += count;
    next = got->next.empty() && from == origin::reporting && count == report_page
               ? counted_link(std::move(next), rows)
               : got->next;
    if (const auto kept = store_page(from, std::move(*got)); !kept) {
      co_return kept;
    }
  }
  co_return seams::result<void>();
}

auto message_trace_feed::page_of(origin from, std::string_view body) const -> seams::result<page> {
  const auto rows = from == origin::graph ? json::member(body, "value") : report_rows(body);
  if (!rows || json::kind_of(*rows) != json::kind::array) {
    return failure(seams::reaction::retry_later,
                   "answer_malformed",
                   "the page of message traces has no array of rows");
  }
  auto out = page();
  out.next = from == origin::graph ? text_of(body, "@odata.nextLink") : report_link(body);
  json::for_each_element(*rows,
                         [&](std::string_view item) { out.rows.push_back(row_of(from, item)); });
  return out;
}

auto message_trace_feed::row_of(origin from, std::string_view item) const -> record {
  const auto is_graph = from == origin::graph;
  auto one = record();
  one.feed = options_.name;
  one.connector_type = facts_.connector_type;
  one.raw = item;
  if (auto rest = is_graph ? std::nullopt : cut_members(item, query_echo)) {
    one.raw = std::move(*rest);
    one.cuts.emplace_back("query_echo");
  }
  const auto id = text_of(item, is_graph ? "id" : "MessageTraceId");
  const auto recipient = text_of(item, is_graph ? "recipientAddress" : "RecipientAddress");
  one.key = key_or_digest(
      id.empty() ? "" : seams::lower_case(id) + "|" + seams::lower_case(recipient), one.raw);
  one.version = camel_case(text_of(item, is_graph ? "status" : "Status"));
  one.event_time = parse_date(text_of(item, is_graph ? "receivedDateTime" : "Received"));
  return one;
}

auto message_trace_feed::store_page(origin from, page got) -> seams::result<void> {
  if (got.rows.empty()) {
    return {};
  }
  if (const auto dropped = drop_known(from, got.rows); !dropped) {
    return dropped;
  }
  auto step = commit();
  step.feed = options_.name;
  step.now = tools_.time.wall();
  step.records = std::move(got.rows);
  step.marks.push_back(
      {from == origin::graph ? graph_mark : reporting_mark, step.now + facts_.retention});
  return apply(tools_.records, step);
}

/// Leaves out what the other source gave already, in its own words.
auto message_trace_feed::drop_known(origin from, std::vector<record>& rows) -> seams::result<void> {
  const auto is_graph = from == origin::graph;
  const auto other = tools_.records.marked(options_.name, {is_graph ? reporting_mark : graph_mark});
  if (!other) {
    return other.error();
  }
  if (!other->front()) {
    return {};
  }
  auto fresh = std::vector<record>();
  for (auto& row : rows) {
    auto known = false;
    const auto read =
        tools_.records.read({.feed = options_.name, .key = row.key}, [&](const stored_record& old) {
          known = old.what.version == row.version && is_report_row(old.what.raw) == is_graph;
          return !known;
        });
    if (!read) {
      return read.error();
    }
    if (!known) {
      fresh.push_back(std::move(row));
    }
  }
  rows = std::move(fresh);
  return {};
}

} // namespace core::feeds
