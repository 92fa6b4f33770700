#include "core/feeds/graph_delta_feed.hpp"

#include "core/feeds/cursor.hpp"
#include "core/feeds/items.hpp"
#include "core/http/links.hpp"
#include "core/json/slice.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace core::feeds {
namespace {

using seams::failure;
using seams::reaction;

/// Everything that triage asks of an account; `accountEnabled` is shown only when selected.
constexpr auto collections = std::to_array<delta_facts>({
    {"users",
     "businessPhones,displayName,givenName,jobTitle,mail,mobilePhone,officeLocation,"
     "preferredLanguage,surname,userPrincipalName,id,accountEnabled,createdDateTime,department,"
     "lastPasswordChangeDateTime,onPremisesSyncEnabled,proxyAddresses,"
     "signInSessionsValidFromDateTime,userType"},
});

/// What 410 says (directory sheet, 2.1); without a body the status stands for it.
constexpr auto gone_codes =
    std::to_array<std::string_view>({"syncStateNotFound", "resyncRequired", "410"});

auto facts_of_delta(std::string_view feed) -> const delta_facts& {
  const auto found = std::ranges::find(collections, feed, &delta_facts::feed);
  return found == collections.end() ? collections.front() : *found;
}

auto is_gone(const failure& why) -> bool {
  return std::ranges::find(gone_codes, why.code) != gone_codes.end();
}

/// Versions sort as text.
auto counted(std::uint64_t number) -> std::string {
  auto digits = std::to_string(number);
  return std::string(10 - std::min<std::size_t>(digits.size(), 10), '0') + digits;
}

auto count_in(const std::string& version) -> std::uint64_t {
  auto out = std::uint64_t{0};
  (void)std::from_chars(version.data(), version.data() + version.size(), out);
  return out;
}

auto is_removal(std::string_view item) -> bool {
  return json::member(item, "@removed").has_value();
}

/// The removal that the service can no longer tell of.
auto absence_of(const std::string& key) -> std::string {
  auto quoted = std::string();
  for (const auto c : key) {
    quoted += c == '"' || c == '\\' ? "\\" : "";
    quoted += c;
  }
  return R"({"id":")" + quoted + R"(","@removed":{"reason":"absent"}})";
}

} // namespace

graph_delta_feed::graph_delta_feed(const feed_facts& facts, feed_options options, const tools& with)
    : facts_(facts), list_(facts_of_delta(facts.name)), options_(std::move(options)), tools_(with) {
}

auto graph_delta_feed::first_url() const -> std::string {
  return tools_.config.where.graph.root + "/v1.0/" + std::string(facts_.resource) +
         "/delta?$select=" + std::string(list_.select);
}

auto graph_delta_feed::poll() -> boost::asio::awaitable<seams::result<poll_report>> {
  const auto link = tools_.records.cursor(options_.name);
  if (!link) {
    co_return link.error();
  }
  auto anew = walk();
  anew.everything = true;
  if (*link && http::is_below(**link, tools_.config.where.graph.root)) {
    auto link_text = **link;
    auto changes = walk();
    const auto outcome = co_await read_round(std::move(link_text), std::move(changes));
    if (outcome) {
      co_return poll_report();
    }
    if (!is_gone(outcome.error())) {
      co_return outcome.error();
    }
    anew.code = outcome.error().code;
    anew.gap = "the service no longer knows where we were: everything was read anew; of what "
               "changed meanwhile only the outcome is known";
  }
  auto first = first_url();
  const auto outcome = co_await read_round(std::move(first), std::move(anew));
  if (!outcome && is_gone(outcome.error())) {
    co_return failure(reaction::retry_later, outcome.error().code, outcome.error().why);
  }
  co_return outcome ? seams::result<poll_report>(poll_report())
                    : seams::result<poll_report>(outcome.error());
}

auto graph_delta_feed::read_round(std::string link, walk way)
    -> boost::asio::awaitable<seams::result<void>> {
  auto pages = http::chain(tools_.config.where.graph.root);
  while (!link.empty()) {
    if (const auto allowed = pages.follow(link); !allowed) {
      co_return allowed.error();
    }
    auto what = api::call();
    what.url = link;
    const auto answer = co_await tools_.api.send(std::move(what));
    if (!answer) {
      co_return answer.error();
    }
    link = text_of(answer->body, "@odata.nextLink");
    const auto done = text_of(answer->body, "@odata.deltaLink");
    if (link.empty() && !http::is_below(done, tools_.config.where.graph.root)) {
      co_return failure(reaction::retry_later,
                        done.empty() ? "answer_malformed" : "foreign_link",
                        "the last page of " + options_.name + " has no delta link of the API");
    }
    const auto kept = store_page(answer->body, link.empty() ? done : std::string(), way);
    if (!kept) {
      co_return kept.error();
    }
  }
  co_return seams::result<void>();
}

auto graph_delta_feed::store_page(std::string_view body, const std::string& done, walk& way)
    -> seams::result<void> {
  const auto items = json::member(body, "value");
  if (!items || json::kind_of(*items) != json::kind::array) {
    return failure(reaction::retry_later,
                   "answer_malformed",
                   "the page of " + options_.name + " has no array 'value'");
  }
  auto step = commit();
  step.feed = options_.name;
  step.now = tools_.time.wall();
  auto known = std::map<std::string, newest>();
  auto outcome = seams::result<void>();
  json::for_each_element(*items, [&](std::string_view item) {
    if (way.everything && !is_removal(item)) {
      way.seen.insert(key_or_digest(text_of(item, "id"), item));
    }
    outcome = add_item(item, known, step);
    return outcome.has_value();
  });
  if (outcome && !done.empty() && way.everything) {
    outcome = add_absent(way, known, step);
  }
  if (!outcome) {
    return outcome;
  }
  if (!done.empty()) {
    step.cursor = done;
    if (!way.gap.empty()) {
      step.health.push_back(health::gap(options_.name, way.code, way.gap, step.now));
    }
  }
  return step.records.empty() && !step.cursor ? seams::result<void>() : apply(tools_.records, step);
}

auto graph_delta_feed::add_item(std::string_view item,
                                std::map<std::string, newest>& known,
                                commit& step) -> seams::result<void> {
  const auto key = key_or_digest(text_of(item, "id"), item);
  auto found = known.find(key);
  if (found == known.end()) {
    auto stored = newest_of(key);
    if (!stored) {
      return stored.error();
    }
    found = known.emplace(key, std::move(*stored)).first;
  }
  if (found->second.raw != item) {
    add_version(key, std::string(item), found->second, step);
  }
  return {};
}

auto graph_delta_feed::add_absent(const walk& way,
                                  std::map<std::string, newest>& known,
                                  commit& step) -> seams::result<void> {
  auto stored = all_newest();
  if (!stored) {
    return stored.error();
  }
  for (auto& [key, last] : *stored) {
    if (!way.seen.contains(key) && !known.contains(key) && !is_removal(last.raw)) {
      add_version(key, absence_of(key), last, step);
    }
  }
  return {};
}

void graph_delta_feed::add_version(const std::string& key,
                                   std::string raw,
                                   newest& last,
                                   commit& step) const {
  auto one = record();
  one.feed = options_.name;
  one.connector_type = facts_.connector_type;
  one.key = key;
  one.version = counted(++last.number);
  one.raw = std::move(raw);
  last.raw = one.raw;
  step.records.push_back(std::move(one));
}

auto graph_delta_feed::newest_of(const std::string& key) -> seams::result<newest> {
  auto wanted = record_query();
  wanted.feed = options_.name;
  wanted.key = key;
  auto out = newest();
  const auto done = tools_.records.read(wanted, [&](const stored_record& one) {
    out = {count_in(one.what.version), one.what.raw};
    return true;
  });
  return done ? seams::result<newest>(std::move(out)) : seams::result<newest>(done.error());
}

auto graph_delta_feed::all_newest() -> seams::result<std::map<std::string, newest>> {
  auto wanted = record_query();
  wanted.feed = options_.name;
  auto out = std::map<std::string, newest>();
  const auto done = tools_.records.read(wanted, [&](const stored_record& one) {
    out[one.what.key] = {count_in(one.what.version), one.what.raw};
    return true;
  });
  if (!done) {
    return done.error();
  }
  return out;
}

} // namespace core::feeds
