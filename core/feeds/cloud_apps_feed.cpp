#include "core/feeds/cloud_apps_feed.hpp"

#include "core/feeds/feed_call.hpp"
#include "core/feeds/items.hpp"
#include "core/http/links.hpp"
#include "core/json/slice.hpp"

#include <algorithm>
#include <array>

namespace core::feeds {
namespace {

constexpr auto skip_most = std::size_t{1000};

auto to_milliseconds(seams::instant at) -> std::int64_t {
  return std::chrono::floor<std::chrono::milliseconds>(at.time_since_epoch()).count();
}

auto whole_of(std::string_view object, std::string_view name) -> std::optional<std::int64_t> {
  return json::as_int64(json::member(object, name).value_or(""));
}

auto from_milliseconds(std::optional<std::int64_t> count) -> std::optional<seams::instant> {
  constexpr auto most = std::int64_t{253'402'300'800'000}; // the year 10000
  return count && *count > 0 && *count < most
             ? std::optional(seams::instant{std::chrono::milliseconds{*count}})
             : std::nullopt;
}

} // namespace

auto cloud_apps_feed::poll() -> boost::asio::awaitable<seams::result<poll_report>> {
  static constexpr auto lists = std::to_array<listing>(
      {{"alerts", "date", "timestamp"}, {"activities", "created", "created"}});
  const auto at = load_cursor(tools_.records, tools_.time, options_);
  if (!at) {
    co_return at.error();
  }
  const auto started = tools_.time.wall();
  auto outside = false;
  for (const auto& list : lists) {
    auto way = walk();
    way.asked_from = to_milliseconds(at->through - options_.overlap);
    way.from = way.asked_from;
    way.newest = way.asked_from;
    if (const auto done = co_await read(list, way); !done) {
      co_return done.error();
    }
    outside = outside || way.outside;
  }
  const auto behind = std::min(tools_.api.clock_offset(facts_.api), seams::duration::zero());
  const auto through = started + behind;
  if (!at->stored || through > at->through) {
    const auto moved =
        apply(tools_.records, move_cursor(options_.name, through, tools_.time.wall()));
    if (!moved) {
      co_return moved.error();
    }
  }
  auto report = poll_report();
  if (outside) {
    report.odd = health::remark{"schema_drift",
                                "filter_ignored",
                                "the service returned items older than the filter allows"};
  }
  co_return report;
}

auto cloud_apps_feed::request(const listing& list, const walk& way) const -> api::call {
  auto out = feed_call(facts_,
                       options_,
                       tools_.config.where.of(facts_.api).root + "/api/v1/" +
                           std::string(list.name) + "/");
  out.method = "POST";
  out.body = R"({"filters":{")" + std::string(list.time) + R"(":{"gte":)" +
             std::to_string(way.from) + R"(}},"sortField":")" + std::string(list.time) +
             R"(","sortDirection":"asc","skip":)" + std::to_string(way.skip) + R"(,"limit":)" +
             std::to_string(facts_.page_size) + "}";
  return out;
}

auto cloud_apps_feed::read(const listing& list, walk& way)
    -> boost::asio::awaitable<seams::result<void>> {
  for (auto pages = std::size_t{0}; way.more; ++pages) {
    if (pages >= http::page_count_max) {
      co_return seams::failure(seams::reaction::retry_later,
                               "endless_chain",
                               "the list of " + std::string(list.name) +
                                   " does not come to an end");
    }
    auto what = request(list, way);
    const auto answer = co_await tools_.api.send(std::move(what));
    if (!answer) {
      co_return answer.error();
    }
    if (const auto kept = store_page(list, answer->body, way); !kept) {
      co_return kept;
    }
    if (way.skip >= skip_most && way.newest > way.from) {
      way.from = way.newest;
      way.skip = 0;
    }
  }
  co_return seams::result<void>();
}

auto cloud_apps_feed::store_page(const listing& list, std::string_view body, walk& way)
    -> seams::result<void> {
  const auto items = json::member(body, "data");
  if (!items || json::kind_of(*items) != json::kind::array) {
    return seams::failure(seams::reaction::retry_later,
                          "answer_malformed",
                          "the page of " + std::string(list.name) + " has no array 'data'");
  }
  auto step = commit();
  step.feed = options_.name;
  step.now = tools_.time.wall();
  json::for_each_element(*items, [&](std::string_view item) {
    auto one = record();
    one.feed = options_.name;
    one.connector_type = facts_.connector_type;
    one.raw = item;
    const auto id = text_of(item, "_id");
    one.key = key_or_digest(id.empty() ? id : std::string(list.name) + "/" + id, item);
    one.event_time = from_milliseconds(whole_of(item, "timestamp"));
    if (const auto at = whole_of(item, list.member)) {
      way.outside = way.outside || *at < way.asked_from;
      way.newest = std::max(way.newest, *at);
    }
    step.records.push_back(std::move(one));
  });
  way.skip += step.records.size();
  const auto said = json::as_bool(json::member(body, "hasNext").value_or(""));
  way.more = !step.records.empty() && said.value_or(false);
  return step.records.empty() ? seams::result<void>() : apply(tools_.records, step);
}

} // namespace core::feeds
