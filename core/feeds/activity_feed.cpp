#include "core/feeds/activity_feed.hpp"

#include "core/feeds/cursor.hpp"
#include "core/feeds/times.hpp"
#include "core/json/slice.hpp"
#include "core/seams/digest.hpp"

#include <algorithm>
#include <array>

namespace core::feeds {
namespace {

using namespace std::chrono_literals;
using seams::failure;
using seams::reaction;

constexpr auto window_max = std::chrono::hours{24};
/// The service refuses a start older than seven days; its clock is not ours, hence the margin.
constexpr auto reach_margin = std::chrono::minutes{5};
/// How long a blob's id is remembered beyond its expiry, which is when nobody can list it any more.
constexpr auto mark_margin = std::chrono::hours{24};

/// "does not exist", "expired", "id invalid" (management-activity-api sheet, 4).
constexpr auto lost_codes =
    std::to_array<std::string_view>({"AF20050", "AF20051", "AF20052", "404"});

auto text_of(std::string_view object, std::string_view name) -> std::string {
  const auto slice = json::member(object, name);
  return slice ? json::as_string(*slice).value_or("") : std::string();
}

auto not_an_array(std::string_view what) -> failure {
  return {reaction::retry_later, "answer_malformed", std::string(what) + " is no array"};
}

} // namespace

auto activity_feed::url_of(std::string_view operation) const -> std::string {
  return tools_.config.where.management + "/api/v1.0/" + tools_.config.tenant_id +
         "/activity/feed/subscriptions/" + std::string(operation);
}

auto activity_feed::get(std::string url) -> boost::asio::awaitable<seams::result<seams::response>> {
  auto what = api::call();
  what.of = api::workload::management;
  what.url = std::move(url);
  co_return co_await tools_.api.send(std::move(what));
}

auto activity_feed::post(std::string url)
    -> boost::asio::awaitable<seams::result<seams::response>> {
  auto what = api::call();
  what.of = api::workload::management;
  what.method = "POST";
  what.url = std::move(url);
  co_return co_await tools_.api.send(std::move(what));
}

auto activity_feed::declare_gap(std::string code, std::string text) -> seams::result<void> {
  auto step = commit();
  step.feed = options_.name;
  step.now = tools_.time.wall();
  step.health.push_back(
      health::gap(options_.name, std::move(code), std::move(text), tools_.time.wall()));
  return apply(tools_.records, step);
}

auto activity_feed::ensure_subscription(seams::instant through)
    -> boost::asio::awaitable<seams::result<void>> {
  const auto list = co_await get(url_of("list"));
  if (!list) {
    co_return list.error();
  }
  auto state = std::string("absent");
  json::for_each_element(list->body, [&](std::string_view one) {
    if (text_of(one, "contentType") == facts_.resource) {
      // Microsoft's own sample has an element without `status`: it is as good as enabled.
      const auto said = text_of(one, "status");
      state = said.empty() ? "enabled" : said;
    }
  });
  if (state == "enabled") {
    subscribed_ = true;
    co_return seams::result<void>();
  }
  const auto started = co_await post(url_of("start?contentType=") + std::string(facts_.resource) +
                                     "&PublisherIdentifier=" + tools_.config.tenant_id);
  if (!started && started.error().code != "AF20024") {
    co_return started.error();
  }
  subscribed_ = true;
  if (state == "disabled") {
    co_return declare_gap("AF20023",
                          "the subscription was disabled: content that arrived between " +
                              seams::to_rfc3339(through) + " and " +
                              seams::to_rfc3339(tools_.time.wall()) + " may be lost for good");
  }
  co_return seams::result<void>();
}

auto activity_feed::poll() -> boost::asio::awaitable<seams::result<void>> {
  const auto through = load_cursor(tools_.records, tools_.time, options_);
  if (!through) {
    co_return through.error();
  }
  if (!subscribed_) {
    if (const auto ready = co_await ensure_subscription(*through); !ready) {
      co_return ready.error();
    }
  }
  const auto now = tools_.time.wall();
  const auto oldest = now - facts_.retention + reach_margin;
  if (*through < oldest) {
    const auto said = declare_gap("AF20055",
                                  "content of " + seams::to_rfc3339(*through) + " to " +
                                      seams::to_rfc3339(oldest) +
                                      " is older than the service keeps it: lost for good");
    if (!said) {
      co_return said.error();
    }
  }
  auto span = window();
  span.from =
      std::chrono::floor<std::chrono::seconds>(std::max(*through - options_.overlap, oldest));
  while (span.from < now) {
    span.to = std::min<seams::instant>(span.from + window_max, now);
    const auto done = co_await read_window(span);
    if (!done) {
      subscribed_ = subscribed_ && done.error().code != "AF20022" && done.error().code != "AF20023";
      co_return done.error();
    }
    if (span.to > *through) {
      const auto step = move_cursor(options_.name, span.to, tools_.time.wall());
      if (const auto moved = apply(tools_.records, step); !moved) {
        co_return moved.error();
      }
    }
    span.from = span.to;
  }
  co_return seams::result<void>();
}

auto activity_feed::read_window(window span) -> boost::asio::awaitable<seams::result<void>> {
  // Whole seconds, end exclusive: the second under way is read by the next poll's overlap.
  const auto end = std::chrono::floor<std::chrono::seconds>(span.to);
  auto next = url_of("content?contentType=") + std::string(facts_.resource) +
              "&startTime=" + to_window_time(span.from) + "&endTime=" + to_window_time(end) +
              "&PublisherIdentifier=" + tools_.config.tenant_id;
  auto pages = http::chain(tools_.config.where.management);
  while (!next.empty()) {
    if (const auto allowed = pages.follow(next); !allowed) {
      co_return allowed.error();
    }
    auto page = co_await get(next);
    if (!page) {
      co_return page.error();
    }
    next = std::string(page->fields.find("NextPageUri").value_or(""));
    auto body = std::move(page->body);
    if (const auto kept = co_await read_page(std::move(body)); !kept) {
      co_return kept.error();
    }
  }
  co_return seams::result<void>();
}

auto activity_feed::unread(std::string_view page) const -> seams::result<std::vector<content>> {
  if (json::kind_of(page) != json::kind::array) {
    return not_an_array("the content list");
  }
  auto listed = std::vector<content>();
  auto names = std::vector<std::string>();
  json::for_each_element(page, [&](std::string_view one) {
    listed.push_back({text_of(one, "contentId"),
                      text_of(one, "contentUri"),
                      parse_time(text_of(one, "contentExpiration"))});
    names.push_back(listed.back().id);
  });
  const auto known = tools_.records.marked(options_.name, names);
  if (!known) {
    return known.error();
  }
  auto out = std::vector<content>();
  for (auto i = std::size_t{0}; i < listed.size(); ++i) {
    if (!(*known)[i]) {
      out.push_back(std::move(listed[i]));
    }
  }
  return out;
}

auto activity_feed::read_page(std::string body) -> boost::asio::awaitable<seams::result<void>> {
  auto blobs = unread(body);
  if (!blobs) {
    co_return blobs.error();
  }
  for (auto& what : *blobs) {
    if (!http::is_below(what.uri, tools_.config.where.management)) {
      co_return failure(reaction::retry_later,
                        "foreign_link",
                        "a contentUri points to another host than the API; not followed");
    }
    if (const auto kept = co_await read_blob(std::move(what)); !kept) {
      co_return kept.error();
    }
  }
  co_return seams::result<void>();
}

auto activity_feed::read_blob(content what) -> boost::asio::awaitable<seams::result<void>> {
  const auto blob = co_await get(what.uri + "?PublisherIdentifier=" + tools_.config.tenant_id);
  auto step = commit();
  step.feed = options_.name;
  step.now = tools_.time.wall();
  const auto expires = what.expires.value_or(step.now + facts_.retention);
  step.marks.push_back({what.id, expires + mark_margin});
  if (!blob) {
    if (std::ranges::find(lost_codes, blob.error().code) == lost_codes.end()) {
      co_return blob.error();
    }
    step.health.push_back(health::gap(options_.name,
                                      blob.error().code,
                                      "content " + what.id + " can no longer be read",
                                      step.now));
    co_return apply(tools_.records, step);
  }
  if (json::kind_of(blob->body) != json::kind::array) {
    co_return not_an_array("content " + what.id);
  }
  json::for_each_element(blob->body, [&](std::string_view item) {
    auto one = record();
    one.feed = options_.name;
    one.connector_type = facts_.connector_type;
    one.raw = item;
    one.key = text_of(item, "Id");
    one.key = one.key.empty() ? seams::to_hex(seams::sha256(item)) : one.key;
    one.event_time = parse_time(text_of(item, "CreationTime"));
    step.records.push_back(std::move(one));
  });
  co_return apply(tools_.records, step);
}

} // namespace core::feeds
