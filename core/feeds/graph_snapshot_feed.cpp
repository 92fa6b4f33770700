#include "core/feeds/graph_snapshot_feed.hpp"

#include "core/auth/form.hpp"
#include "core/feeds/cursor.hpp"
#include "core/feeds/feed_call.hpp"
#include "core/feeds/items.hpp"
#include "core/feeds/state_records.hpp"
#include "core/http/links.hpp"
#include "core/json/slice.hpp"

#include <algorithm>
#include <array>

namespace core::feeds {
namespace {

/// What people write to those who mail them is nobody's business; triage needs state and dates.
constexpr auto reply_texts =
    std::to_array<std::string_view>({"internalReplyMessage", "externalReplyMessage"});

constexpr auto snapshots = std::to_array<snapshot_facts>({
    {"mailbox_settings", "users", "mailboxSettings", false, "", reply_texts, "reply_messages"},
    {"group_members", "groups", "members", true, "?$select=id&$top=999", {}, ""},
});

auto facts_of_snapshot(std::string_view feed) -> const snapshot_facts& {
  const auto found = std::ranges::find(snapshots, feed, &snapshot_facts::feed);
  return found == snapshots.end() ? snapshots.front() : *found;
}

auto malformed(const std::string& feed) -> seams::failure {
  return {seams::reaction::retry_later,
          "answer_malformed",
          "a list of " + feed + " has no array 'value'"};
}

} // namespace

graph_snapshot_feed::graph_snapshot_feed(const feed_facts& facts,
                                         feed_options options,
                                         const tools& with)
    : facts_(facts), list_(facts_of_snapshot(facts.name)), options_(std::move(options)),
      tools_(with) {}

auto graph_snapshot_feed::empty_step() const -> commit {
  auto step = commit();
  step.feed = options_.name;
  step.now = tools_.time.wall();
  return step;
}

auto graph_snapshot_feed::url_of(const std::string& parent) const -> std::string {
  return tools_.config.where.graph.root + "/v1.0/" + std::string(list_.parents) + "/" +
         auth::percent_encode(parent) + "/" + std::string(list_.child) + std::string(list_.query);
}

auto graph_snapshot_feed::get(std::string url, std::string_view bucket)
    -> boost::asio::awaitable<seams::result<seams::response>> {
  auto what = feed_call(facts_, options_, std::move(url));
  what.bucket = bucket;
  co_return co_await tools_.api.send(std::move(what));
}

auto graph_snapshot_feed::poll() -> boost::asio::awaitable<seams::result<poll_report>> {
  auto way = walk();
  if (const auto listed = co_await list_parents(way); !listed) {
    co_return listed.error();
  }
  for (const auto& parent : way.parents) {
    const auto kept = co_await read_parent(parent, way);
    if (!kept) {
      co_return kept.error();
    }
  }
  if (way.read == 0 && way.refusal) {
    co_return *way.refusal;
  }
  const auto done = finish(way);
  co_return done ? seams::result<poll_report>(poll_report())
                 : seams::result<poll_report>(done.error());
}

auto graph_snapshot_feed::list_parents(walk& way) -> boost::asio::awaitable<seams::result<void>> {
  auto pages = http::chain(tools_.config.where.graph.root);
  auto next = tools_.config.where.graph.root + "/v1.0/" + std::string(list_.parents) +
              "?$select=id&$top=999";
  while (!next.empty()) {
    if (const auto allowed = pages.follow(next); !allowed) {
      co_return allowed.error();
    }
    const auto page = co_await get(next, directory_bucket);
    if (!page) {
      co_return page.error();
    }
    const auto items = json::member(page->body, "value");
    if (!items || json::kind_of(*items) != json::kind::array) {
      co_return malformed(options_.name);
    }
    json::for_each_element(*items, [&](std::string_view item) {
      auto id = text_of(item, "id");
      if (!id.empty()) {
        way.parents.push_back(std::move(id));
      }
    });
    next = text_of(page->body, "@odata.nextLink");
  }
  co_return seams::result<void>();
}

auto graph_snapshot_feed::read_parent(std::string parent, walk& way)
    -> boost::asio::awaitable<seams::result<void>> {
  auto pages = http::chain(tools_.config.where.graph.root);
  auto next = url_of(parent);
  while (!next.empty()) {
    if (const auto allowed = pages.follow(next); !allowed) {
      co_return allowed.error();
    }
    const auto answer = co_await get(next, facts_.bucket);
    if (!answer) {
      const auto& why = answer.error();
      if (why.code == "404") {
        ++way.read;
        co_return seams::result<void>();
      }
      if (health::state_of(why) == "insufficient_permissions") {
        way.refusal = why;
        way.closed.insert(parent);
        co_return seams::result<void>();
      }
      co_return why;
    }
    if (const auto kept = store(answer->body, parent, way); !kept) {
      co_return kept;
    }
    next = list_.list ? text_of(answer->body, "@odata.nextLink") : std::string();
  }
  ++way.read;
  co_return seams::result<void>();
}

auto graph_snapshot_feed::store(std::string_view body, const std::string& parent, walk& way)
    -> seams::result<void> {
  auto states = state_records(facts_, tools_.records);
  auto step = empty_step();
  auto outcome = seams::result<void>();
  const auto keep = [&](const std::string& key, std::string_view item) {
    auto raw = std::string(item);
    auto cuts = std::vector<std::string>();
    for (const auto name : list_.cut) {
      if (auto clean = cut_values(raw, name)) {
        raw = std::move(*clean);
        cuts.assign(1, std::string(list_.cut_name));
      }
    }
    way.seen.insert(key);
    outcome = states.add(key, std::move(raw), std::move(cuts), step);
    return outcome.has_value();
  };
  if (!list_.list) {
    keep(parent, body);
  } else {
    const auto items = json::member(body, "value");
    if (!items || json::kind_of(*items) != json::kind::array) {
      return malformed(options_.name);
    }
    json::for_each_element(*items, [&](std::string_view item) {
      return keep(parent + "/" + key_or_digest(text_of(item, "id"), item), item);
    });
  }
  return outcome && !step.records.empty() ? apply(tools_.records, step) : outcome;
}

/// What a closed parent had is neither there nor gone: it is left as it was.
auto graph_snapshot_feed::finish(walk& way) -> seams::result<void> {
  if (!way.closed.empty()) {
    auto wanted = record_query();
    wanted.feed = options_.name;
    const auto done = tools_.records.read(wanted, [&](const stored_record& one) {
      if (way.closed.contains(one.what.key.substr(0, one.what.key.find('/')))) {
        way.seen.insert(one.what.key);
      }
      return true;
    });
    if (!done) {
      return done;
    }
  }
  auto step = move_cursor(options_.name, tools_.time.wall(), tools_.time.wall());
  auto states = state_records(facts_, tools_.records);
  if (const auto added = states.add_absent(way.seen, step); !added) {
    return added;
  }
  return apply(tools_.records, step);
}

} // namespace core::feeds
