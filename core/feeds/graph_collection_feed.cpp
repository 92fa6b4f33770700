#include "core/feeds/graph_collection_feed.hpp"

#include "core/auth/form.hpp"
#include "core/feeds/cursor.hpp"
#include "core/feeds/times.hpp"
#include "core/http/links.hpp"
#include "core/json/slice.hpp"
#include "core/seams/digest.hpp"

namespace core::feeds {
namespace {

auto text_of(std::string_view object, std::string_view name) -> std::string {
  const auto slice = json::member(object, name);
  return slice ? json::as_string(*slice).value_or("") : std::string();
}

} // namespace

auto graph_collection_feed::first_url(seams::instant from) const -> std::string {
  return tools_.config.where.graph + "/v1.0/" + std::string(facts_.resource) +
         "?$filter=" + auth::percent_encode("lastUpdateDateTime ge " + seams::to_rfc3339(from)) +
         "&$orderby=" + auth::percent_encode("lastUpdateDateTime asc") +
         "&$top=" + std::to_string(facts_.page_size);
}

auto graph_collection_feed::poll() -> boost::asio::awaitable<seams::result<void>> {
  const auto through = load_cursor(tools_.records, tools_.time, options_);
  if (!through) {
    co_return through.error();
  }
  const auto started = tools_.time.wall();
  auto pages = http::chain(tools_.config.where.graph);
  auto next = first_url(*through - options_.overlap);
  while (!next.empty()) {
    if (const auto allowed = pages.follow(next); !allowed) {
      co_return allowed.error();
    }
    auto what = api::call();
    what.url = next;
    const auto answer = co_await tools_.api.send(std::move(what));
    if (!answer) {
      co_return answer.error();
    }
    if (const auto kept = store_page(answer->body); !kept) {
      co_return kept.error();
    }
    next = text_of(answer->body, "@odata.nextLink");
  }
  co_return apply(tools_.records, move_cursor(options_.name, started, tools_.time.wall()));
}

auto graph_collection_feed::store_page(std::string_view body) -> seams::result<void> {
  const auto items = json::member(body, "value");
  if (!items || json::kind_of(*items) != json::kind::array) {
    return seams::failure(seams::reaction::retry_later,
                          "answer_malformed",
                          "the page of " + options_.name + " has no array 'value'");
  }
  auto step = commit();
  step.feed = options_.name;
  step.now = tools_.time.wall();
  json::for_each_element(*items, [&](std::string_view item) {
    auto one = record();
    one.feed = options_.name;
    one.connector_type = facts_.connector_type;
    one.raw = item;
    one.key = text_of(item, "id");
    one.key = one.key.empty() ? seams::to_hex(seams::sha256(item)) : one.key;
    one.version = text_of(item, "lastUpdateDateTime");
    one.event_time = parse_time(text_of(item, "createdDateTime"));
    step.records.push_back(std::move(one));
  });
  return step.records.empty() ? seams::result<void>() : apply(tools_.records, step);
}

} // namespace core::feeds
