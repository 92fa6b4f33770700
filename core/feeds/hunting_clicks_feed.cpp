#include "core/feeds/hunting_clicks_feed.hpp"

#include "core/feeds/cursor.hpp"
#include "core/feeds/times.hpp"
#include "core/json/slice.hpp"

#include <vector>

namespace core::feeds {
namespace {

/// Two clicks cannot be told apart more finely than a row's `Timestamp`.
constexpr auto window_least = std::chrono::milliseconds{1};

auto text_of(std::string_view row, std::string_view name) -> std::string {
  const auto slice = json::member(row, name);
  return slice ? json::as_string(*slice).value_or("") : std::string();
}

/// A bool column arrives as JSON bool, as number or as text (graph-security sheet, 4.1).
auto is_true(std::string_view row, std::string_view name) -> bool {
  const auto slice = json::member(row, name).value_or("");
  const auto word = json::as_string(slice).value_or("");
  return json::as_bool(slice).value_or(false) || json::as_int64(slice).value_or(0) != 0 ||
         word == "true" || word == "True" || word == "1";
}

} // namespace

auto hunting_clicks_feed::query_for(const window& span) const -> std::string {
  const auto query = std::string(facts_.resource) + " | where Timestamp >= datetime(" +
                     seams::to_rfc3339(span.from) + ") and Timestamp < datetime(" +
                     seams::to_rfc3339(span.to) + ") | order by Timestamp asc | take " +
                     std::to_string(facts_.page_size);
  return R"({"Query":")" + query + R"(","Timespan":")" + seams::to_rfc3339(span.from) + "/" +
         seams::to_rfc3339(span.to) + R"("})";
}

auto hunting_clicks_feed::poll() -> boost::asio::awaitable<seams::result<void>> {
  const auto through = load_cursor(tools_.records, tools_.time, options_);
  if (!through) {
    co_return through.error();
  }
  const auto started = tools_.time.wall();
  auto open = std::vector<window>{{*through - options_.overlap, started}};
  while (!open.empty()) {
    const auto span = open.back();
    open.pop_back();
    auto what = api::call();
    what.method = "POST";
    what.url = tools_.config.where.graph + "/v1.0/security/runHuntingQuery";
    what.body = query_for(span);
    const auto answer = co_await tools_.api.send(std::move(what));
    if (!answer) {
      co_return answer.error();
    }
    const auto step = rows_of(answer->body);
    if (!step) {
      co_return step.error();
    }
    const auto full = step->records.size() >= static_cast<std::size_t>(facts_.page_size);
    if (full && span.to - span.from > window_least) {
      const auto middle = span.from + (span.to - span.from) / 2;
      open.push_back({middle, span.to});
      open.push_back({span.from, middle});
      continue;
    }
    if (const auto kept = apply(tools_.records, *step); !step->records.empty() && !kept) {
      co_return kept.error();
    }
  }
  co_return apply(tools_.records, move_cursor(options_.name, started, tools_.time.wall()));
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
    const auto at = text_of(row, "Timestamp");
    one.key = text_of(row, "ReportId") + "|" + text_of(row, "ActionType") + "|" +
              (is_true(row, "IsClickedThrough") ? "1" : "0") + "|" + at;
    one.event_time = parse_time(at);
    step.records.push_back(std::move(one));
  });
  return step;
}

} // namespace core::feeds
