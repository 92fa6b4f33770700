#include "core/feeds/message_trace_feed.hpp"

#include <algorithm>

namespace core::feeds {
namespace {

using namespace std::chrono_literals;
using seams::failure;

/// Nothing older can be asked for; our clock is not the service's.
constexpr auto trace_reach_margin = seams::duration{5min};
constexpr auto refusal_rest = seams::duration{30min};
/// A mail may be on its way, or be found out, for two days (graph-directory sheet, 3.9). So much is
/// read again by the first poll of each hour: more often it would not fit the budget.
constexpr auto settling = seams::duration{48h};
/// A window is not cut into shorter ones than that.
constexpr auto window_least = seams::duration{1s};
/// Microsoft switches the Reporting Web Service off from that day on (Exchange team blog, 4488587).
constexpr auto switch_off_begins =
    seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 4 / 6}};

/// The service is there and does not want us; trouble of the login is no such thing. `why` is what
/// a source has made of it.
auto is_refusal(const failure& why) -> bool {
  const auto state = health::state_of(why);
  return why.next == seams::reaction::stop_and_diagnose && !why.code.starts_with("AADSTS") &&
         (state == "insufficient_permissions" || state == "authentication_failed" ||
          why.code == "404" || why.code == no_traces_here);
}

/// What Graph wants, behind the words of another source.
auto graph_says(const failure& why) -> std::string {
  const auto opening = why.code == no_traces_here
                           ? "; "
                           : "; grant ExchangeMessageTrace.Read.All for Graph, which says: ";
  return opening + why.why;
}

} // namespace

message_trace_feed::message_trace_feed(const feed_facts& facts,
                                       feed_options options,
                                       const tools& with)
    : facts_(facts), options_(std::move(options)), tools_(with) {
  const auto tools = trace_tools{facts_, options_, tools_.config};
  for (auto* make : {graph_traces, report_traces, cmdlet_traces}) {
    sources_.push_back({make(tools), {}, {}});
  }
}

auto message_trace_feed::poll() -> boost::asio::awaitable<seams::result<poll_report>> {
  const auto at = load_cursor(tools_.records, tools_.time, options_);
  if (!at) {
    co_return at.error();
  }
  for (auto& one : sources_) {
    if (tools_.time.elapsed() < one.rests_until) {
      continue;
    }
    const auto done = co_await read(*one.source, *at);
    if (done) {
      co_return said_of(one);
    }
    auto why = one.source->explained(done.error());
    if (!is_refusal(why)) {
      wake_all();
      co_return done.error();
    }
    one.refusal = std::move(why);
    one.rests_until = tools_.time.elapsed() + refusal_rest;
  }
  wake_all();
  co_return refused_by_all();
}

void message_trace_feed::wake_all() {
  for (auto& one : sources_) {
    one.rests_until = seams::duration::zero();
  }
}

auto message_trace_feed::said_of(const standing& read) const -> poll_report {
  auto report = poll_report();
  if (read.source->traits().form == trace_form::report) {
    report.odd = health::remark{"retired_api",
                                "reporting_service",
                                "read from the Reporting Web Service, which is being switched off; "
                                "Graph refuses: " +
                                    sources_.front().refusal.why};
  }
  return report;
}

/// What to say when no source answers: first of all what has ceased to.
auto message_trace_feed::refused_by_all() -> failure {
  const auto& graph = sources_[0];
  const auto& report = sources_[1];
  const auto& cmdlet = sources_[2];
  const auto marks = std::vector{std::string(report.source->traits().mark),
                                 std::string(cmdlet.source->traits().mark)};
  const auto used = tools_.records.marked(options_.name, marks);
  if (!used) {
    return used.error();
  }
  const auto never_by_graph = graph.refusal.code == no_traces_here;
  if (used->back() || (never_by_graph && !used->front())) {
    auto out = cmdlet.refusal;
    out.why += graph_says(graph.refusal);
    return out;
  }
  if (!used->front()) {
    auto out = graph.refusal;
    out.why += "; Get-MessageTraceV2 would do instead: " + cmdlet.refusal.why;
    return out;
  }
  const auto late = tools_.time.wall() >= switch_off_begins;
  return failure(seams::reaction::stop_and_diagnose,
                 late ? "reporting_service_retired" : "reporting_service_refused",
                 std::string(late ? "the Reporting Web Service is switched off for this tenant"
                                  : "the Reporting Web Service refuses: " + report.refusal.why) +
                     graph_says(graph.refusal));
}

auto message_trace_feed::read(const trace_source& from, position at)
    -> boost::asio::awaitable<seams::result<void>> {
  const auto& of = from.traits();
  const auto started = tools_.time.wall();
  const auto oldest = started - facts_.retention + trace_reach_margin;
  const auto until = started + std::min(tools_.api.clock_offset(of.api), seams::duration::zero());
  auto lost = std::string();
  if (at.stored && at.through < oldest) {
    lost = "message traces of " + seams::to_rfc3339(at.through) + " to " +
           seams::to_rfc3339(oldest) + " are older than the service keeps them";
  }
  const auto is_first_of_hour = std::chrono::floor<std::chrono::hours>(at.through) !=
                                std::chrono::floor<std::chrono::hours>(started);
  const auto overlap = is_first_of_hour ? std::max(options_.overlap, settling) : options_.overlap;
  auto width = of.window_max;
  auto span = trace_window();
  span.from = std::max(at.through - overlap, oldest);
  while (span.from < until) {
    span.to = std::min(span.from + width, until);
    const auto done = co_await read_window(from, span);
    if (!done && done.error().code == "window_too_full" && width > window_least) {
      width = (span.to - span.from) / 2;
      continue;
    }
    if (!done) {
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

auto message_trace_feed::read_window(const trace_source& from, trace_window span)
    -> boost::asio::awaitable<seams::result<void>> {
  const auto walk = from.walk(span);
  while (true) {
    auto what = walk->next();
    if (!what) {
      co_return what.error();
    }
    if (!*what) {
      co_return seams::result<void>();
    }
    auto call = std::move(**what);
    const auto answer = co_await tools_.api.send(std::move(call));
    if (!answer) {
      co_return answer.error();
    }
    auto got = walk->take(answer->body);
    if (!got) {
      co_return got.error();
    }
    if (const auto kept = store_page(from.traits(), std::move(*got)); !kept) {
      co_return kept;
    }
  }
}

auto message_trace_feed::store_page(const trace_traits& from, trace_page got)
    -> seams::result<void> {
  if (got.rows.empty() && got.lost.empty()) {
    return {};
  }
  if (const auto dropped = drop_known(from, got.rows); !dropped) {
    return dropped;
  }
  auto step = commit();
  step.feed = options_.name;
  step.now = tools_.time.wall();
  const auto forgotten = step.now + facts_.retention;
  for (auto& row : got.rows) {
    row.feed = options_.name;
    row.connector_type = facts_.connector_type;
  }
  step.records = std::move(got.rows);
  step.marks.push_back({std::string(from.mark), forgotten});
  if (!got.lost.empty()) {
    const auto told = tools_.records.marked(options_.name, {got.lost_id});
    if (!told) {
      return told.error();
    }
    if (!told->front()) {
      step.health.push_back(health::gap(options_.name, "list_cut", got.lost, step.now));
      step.marks.push_back({got.lost_id, forgotten});
    }
  }
  return apply(tools_.records, step);
}

/// Rows that another source gave in the same status; bytes of one source that differ are kept.
auto message_trace_feed::drop_known(const trace_traits& from, std::vector<record>& rows)
    -> seams::result<void> {
  auto others = std::vector<std::string>();
  for (const auto& one : sources_) {
    if (one.source->traits().form != from.form) {
      others.emplace_back(one.source->traits().mark);
    }
  }
  const auto read = tools_.records.marked(options_.name, others);
  if (!read) {
    return read.error();
  }
  if (std::ranges::none_of(*read, [](bool marked) { return marked; })) {
    return {};
  }
  auto fresh = std::vector<record>();
  for (auto& row : rows) {
    auto known = false;
    const auto looked =
        tools_.records.read({.feed = options_.name, .key = row.key}, [&](const stored_record& old) {
          known = old.what.version == row.version && form_of(old.what.raw) != from.form;
          return !known;
        });
    if (!looked) {
      return looked.error();
    }
    if (!known) {
      fresh.push_back(std::move(row));
    }
  }
  rows = std::move(fresh);
  return {};
}

} // namespace core::feeds
