#include "core/feeds/graph_delta_feed.hpp"

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

using seams::failure;
using seams::reaction;

/// Everything that triage asks for; `accountEnabled` of a user is shown only when selected.
constexpr auto collections = std::to_array<delta_facts>({
    {"users",
     "businessPhones,displayName,givenName,jobTitle,mail,mobilePhone,officeLocation,"
     "preferredLanguage,surname,userPrincipalName,id,accountEnabled,createdDateTime,department,"
     "lastPasswordChangeDateTime,onPremisesSyncEnabled,proxyAddresses,"
     "signInSessionsValidFromDateTime,userType"},
    {"groups",
     "displayName,groupTypes,isAssignableToRole,mail,mailEnabled,onPremisesSyncEnabled,"
     "proxyAddresses,securityEnabled,visibility,id"},
    {"devices",
     "accountEnabled,deviceId,displayName,isCompliant,isManaged,operatingSystem,"
     "registrationDateTime,trustType,id"},
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
    auto what = feed_call(facts_, options_, link);
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
  auto states = state_records(facts_, tools_.records);
  auto outcome = seams::result<void>();
  json::for_each_element(*items, [&](std::string_view item) {
    auto key = key_or_digest(text_of(item, "id"), item);
    outcome = states.add(key, std::string(item), {}, step);
    if (way.everything && !is_removal(item)) {
      way.seen.insert(std::move(key));
    }
    return outcome.has_value();
  });
  if (outcome && !done.empty() && way.everything) {
    outcome = states.add_absent(way.seen, step);
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

} // namespace core::feeds
