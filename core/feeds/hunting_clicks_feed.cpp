#include "core/feeds/hunting_clicks_feed.hpp"

#include "core/feeds/cursor.hpp"
#include "core/feeds/items.hpp"
#include "core/feeds/times.hpp"
#include "core/json/slice.hpp"

#include <algorithm>

namespace core::feeds {
namespace {

using namespace std::chrono_literals;

/// Rows are printed to the millisecond at least: smaller windows would not part them.
constexpr auto window_least = seams::duration{1ms};
/// Data of the last thirty days can be asked for; our clock is not the service's.
constexpr auto reach_margin = seams::duration{5min};

/// What a row is known by, as slices of it; a name that stands twice counts the last time.
struct row_slices {
  std::string_view report;
  std::string_view action;
  std::string_view went_on;
  std::string_view at;
};

/// One walk over the row for all of them: an answer has thousands of rows, and polls overlap.
auto slices_of(std::string_view row) -> row_slices {
  auto out = row_slices();
  json::for_each_member(row, [&](std::string_view name, std::string_view value) {
    if (json::same_name(name, "ReportId")) {
      out.report = value;
    } else if (json::same_name(name, "ActionType")) {
      out.action = value;
    } else if (json::same_name(name, "IsClickedThrough")) {
      out.went_on = value;
    } else if (json::same_name(name, "Timestamp")) {
      out.at = value;
    }
  });
  return out;
}

auto text_in(std::string_view slice) -> std::string {
  return json::as_string(slice).value_or("");
}

/// A bool column arrives as JSON bool, as number or as text (graph-security sheet, 4.1).
auto is_true(std::string_view slice) -> bool {
  const auto word = json::as_string(slice).value_or("");
  return json::as_bool(slice).value_or(false) || json::as_int64(slice).value_or(0) != 0 ||
         word == "true" || word == "True" || word == "1";
}

auto says(const seams::failure& why, std::string_view words) -> bool {
  return why.why.find(words) != std::string::npos;
}

/// A table the tenant is not licensed for is a 400 that names it (graph-security sheet, 4.1).
auto diagnosed(seams::failure why, std::string_view table) -> seams::failure {
  if (says(why, "Failed to resolve table") && says(why, table)) {
    return {why.next,
            "table_missing",
            "the tenant has no table " + std::string(table) +
                ": it needs a licence of Defender for Office 365 Plan 2"};
  }
  return why;
}

} // namespace

auto hunting_clicks_feed::query_for(const window& span) const -> std::string {
  const auto from = seams::to_rfc3339(span.from);
  const auto to = seams::to_rfc3339(span.to);
  const auto query = std::string(facts_.resource) + " | where Timestamp >= datetime(" + from +
                     ") and Timestamp < datetime(" + to + ") | order by Timestamp asc | take " +
                     std::to_string(facts_.page_size);
  return R"({"Query":")" + query + R"(","Timespan":")" + from + "/" + to + R"("})";
}

auto hunting_clicks_feed::poll() -> boost::asio::awaitable<seams::result<poll_report>> {
  const auto at = load_cursor(tools_.records, tools_.time, options_);
  if (!at) {
    co_return at.error();
  }
  now_ = poll_start{*at, tools_.time.wall(), {}};
  const auto oldest = now_.started - facts_.retention + reach_margin;
  if (at->stored && at->through < oldest) {
    now_.lost = "clicks of " + seams::to_rfc3339(at->through) + " to " + seams::to_rfc3339(oldest) +
                " are older than the service keeps them";
  }
  auto open = std::vector<window>();
  const auto from = std::max(at->through - options_.overlap, oldest);
  if (from < now_.started) { // a clock that was set back may have put the cursor ahead of it
    open.push_back(window{from, now_.started});
  }
  while (!open.empty()) {
    const auto span = open.back();
    open.pop_back();
    auto got = co_await ask(span);
    if (!got) {
      co_return got.error();
    }
    if (got->too_large && span.to - span.from > window_least) {
      const auto middle = span.from + (span.to - span.from) / 2;
      open.push_back(window{middle, span.to});
      open.push_back(window{span.from, middle});
    } else if (const auto kept = finish(std::move(*got), span, open.empty()); !kept) {
      co_return kept.error();
    }
  }
  co_return poll_report();
}

/// Commits the rows of a window, what is lost, and the cursor if it moves.
auto hunting_clicks_feed::finish(reading got, window span, bool is_last) -> seams::result<void> {
  auto& step = got.step;
  if (got.too_large) {
    step.health.push_back(
        health::gap(options_.name,
                    "row_limit",
                    "more clicks at " + seams::to_rfc3339(span.from) + " than one query returns",
                    step.now));
  }
  const auto behind = std::min(tools_.api.clock_offset(workload::graph), seams::duration::zero());
  const auto end = std::min(span.to, now_.started + behind);
  if (end > now_.at.through || (is_last && !now_.at.stored)) {
    step.cursor = seams::to_rfc3339(end);
    if (!now_.lost.empty()) {
      step.health.push_back(
          health::gap(options_.name, "too_old", std::exchange(now_.lost, {}), step.now));
    }
  }
  const auto changes = !step.records.empty() || !step.health.empty() || step.cursor;
  return changes ? apply(tools_.records, step) : seams::result<void>();
}

auto hunting_clicks_feed::ask(window span) -> boost::asio::awaitable<seams::result<reading>> {
  auto what = api::call();
  what.method = "POST";
  what.url = tools_.config.where.graph.root + "/v1.0/security/runHuntingQuery";
  what.body = query_for(span);
  const auto answer = co_await tools_.api.send(std::move(what));
  auto out = reading();
  out.step.feed = options_.name;
  out.step.now = tools_.time.wall();
  if (!answer) {
    if (!says(answer.error(), "exceeded the allowed")) {
      co_return diagnosed(answer.error(), facts_.resource);
    }
    out.too_large = true;
    co_return out;
  }
  auto rows = rows_of(answer->body);
  if (!rows) {
    co_return rows.error();
  }
  out.step = std::move(*rows);
  out.too_large = out.step.records.size() >= static_cast<std::size_t>(facts_.page_size);
  co_return out;
}

auto hunting_clicks_feed::rows_of(std::string_view body) const -> seams::result<commit> {
  const auto rows = json::member(body, "results");
  if (!rows || json::kind_of(*rows) != json::kind::array) {
    return seams::failure(seams::reaction::retry_later,
                          "answer_malformed",
                          "the hunting answer has no array 'results'");
  }
  auto step = commit();
  step.feed = options_.name;
  step.now = tools_.time.wall();
  json::for_each_element(*rows, [&](std::string_view row) {
    auto one = record();
    one.feed = options_.name;
    one.connector_type = facts_.connector_type;
    one.raw = row;
    const auto known_by = slices_of(row);
    const auto report = text_in(known_by.report);
    const auto at = text_in(known_by.at);
    auto key = report + "|" + text_in(known_by.action) + "|" +
               (is_true(known_by.went_on) ? "1" : "0") + "|" + at;
    one.key = key_or_digest(report.empty() ? std::string() : std::move(key), row);
    one.event_time = parse_time(at);
    step.records.push_back(std::move(one));
  });
  return step;
}

} // namespace core::feeds
