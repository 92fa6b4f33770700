#include "core/feeds/azure_activity_feed.hpp"

#include "core/auth/form.hpp"
#include "core/feeds/cursor.hpp"
#include "core/feeds/feed_call.hpp"
#include "core/feeds/items.hpp"
#include "core/feeds/times.hpp"
#include "core/http/links.hpp"
#include "core/json/slice.hpp"

#include <algorithm>

namespace core::feeds {
namespace {

using seams::failure;
using seams::reaction;

constexpr auto api_version = std::string_view("2015-04-01");
/// Our clock is not the service's.
constexpr auto clock_margin = std::chrono::minutes{5};

auto without_blanks(std::string_view text) -> std::string_view {
  const auto first = text.find_first_not_of(" \t");
  return first == std::string_view::npos
             ? std::string_view()
             : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// What a person must do, in the words of the Azure portal.
auto about_subscription(failure why, const std::string& subscription) -> failure {
  auto text = "subscription " + subscription + ": " + why.why;
  if (why.code == "AuthorizationFailed" || why.code == "403") {
    text += "; give the app the role Reader under Access control (IAM) of the subscription";
  }
  return {why.next, why.code, std::move(text)};
}

/// Both in words; the code is that of the first which a person has to mend, else of the first.
auto joined(std::optional<failure> first, failure next) -> failure {
  if (!first) {
    return next;
  }
  auto text = first->why + "; " + next.why;
  const auto next_is_graver =
      first->next == reaction::retry_later && next.next == reaction::stop_and_diagnose;
  auto out = next_is_graver ? std::move(next) : std::move(*first);
  out.why = std::move(text);
  return out;
}

} // namespace

auto subscription_ids(const std::vector<std::string>& texts) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& text : texts) {
    for (auto rest = std::string_view(text); !rest.empty();) {
      const auto part = rest.substr(0, rest.find(','));
      rest.remove_prefix(std::min(part.size() + 1, rest.size()));
      auto id = std::string(without_blanks(part));
      if (!id.empty() && std::ranges::find(out, id) == out.end()) {
        out.push_back(std::move(id));
      }
    }
  }
  return out;
}

azure_activity_feed::azure_activity_feed(const feed_facts& facts,
                                         feed_options options,
                                         const tools& with)
    : facts_(facts), options_(std::move(options)), tools_(with),
      subscriptions_(subscription_ids(with.config.subscriptions)) {}

auto azure_activity_feed::load() -> seams::result<void> {
  const auto stored = tools_.records.cursor(options_.name);
  if (!stored) {
    return stored.error();
  }
  through_.clear();
  for (auto rest = std::string_view(*stored ? **stored : std::string_view()); !rest.empty();) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const auto split = line.rfind(' ');
    const auto at =
        split == std::string_view::npos ? std::nullopt : parse_time(line.substr(split + 1));
    if (!at) {
      return failure(reaction::stop_and_diagnose,
                     "store_damaged",
                     "the cursor of " + options_.name + " cannot be read");
    }
    through_[std::string(line.substr(0, split))] = *at;
  }
  return {};
}

auto azure_activity_feed::poll() -> boost::asio::awaitable<seams::result<poll_report>> {
  if (subscriptions_.empty()) {
    co_return failure(reaction::stop_and_diagnose,
                      "no_subscriptions",
                      "the configuration names no Azure subscription");
  }
  if (const auto loaded = load(); !loaded) {
    co_return loaded.error();
  }
  auto wrong = std::optional<failure>();
  for (const auto& subscription : subscriptions_) {
    const auto done = co_await read_one(subscription);
    if (!done) {
      wrong = joined(std::move(wrong), about_subscription(done.error(), subscription));
    }
  }
  co_return wrong ? seams::result<poll_report>(*wrong) : seams::result<poll_report>(poll_report());
}

auto azure_activity_feed::read_one(std::string subscription)
    -> boost::asio::awaitable<seams::result<void>> {
  const auto now = tools_.time.wall();
  const auto known = through_.find(subscription);
  const auto stored = known != through_.end();
  const auto through = stored ? known->second : now - options_.first_look_back;
  const auto oldest = now - facts_.retention + clock_margin;
  auto lost = std::string();
  if (stored && through < oldest) {
    lost = "entries of " + subscription + " of " + seams::to_rfc3339(through) + " to " +
           seams::to_rfc3339(oldest) + " are older than the service keeps them";
  }
  const auto from = std::max(through - options_.overlap, oldest);
  const auto filter = "eventTimestamp ge '" + seams::to_rfc3339(from) +
                      "' and eventTimestamp le '" + seams::to_rfc3339(now) + "'";
  auto first = tools_.config.where.of(facts_.api).root + "/subscriptions/" +
               auth::percent_encode(subscription) + "/" + std::string(facts_.resource) +
               "?api-version=" + std::string(api_version) +
               "&$filter=" + auth::percent_encode(filter);
  if (const auto read = co_await read_pages(subscription, std::move(first)); !read) {
    co_return read;
  }
  const auto behind = std::min(tools_.api.clock_offset(facts_.api), seams::duration::zero());
  const auto end = now + behind;
  co_return !stored || end > through ? move(subscription, end, std::move(lost))
                                     : seams::result<void>();
}

auto azure_activity_feed::move(const std::string& subscription,
                               seams::instant through,
                               std::string lost) -> seams::result<void> {
  through_[subscription] = through;
  auto text = std::string();
  for (const auto& [id, at] : through_) {
    text += (text.empty() ? "" : "\n") + id + " " + seams::to_rfc3339(at);
  }
  auto step = commit();
  step.feed = options_.name;
  step.now = tools_.time.wall();
  step.cursor = std::move(text);
  if (!lost.empty()) {
    step.health.push_back(health::gap(options_.name, "too_old", std::move(lost), step.now));
  }
  return apply(tools_.records, step);
}

auto azure_activity_feed::read_pages(std::string subscription, std::string first)
    -> boost::asio::awaitable<seams::result<void>> {
  auto pages = http::chain(tools_.config.where.of(facts_.api).root);
  for (auto next = std::move(first); !next.empty();) {
    if (const auto allowed = pages.follow(next); !allowed) {
      co_return allowed.error();
    }
    auto what = feed_call(facts_, options_, next);
    what.bucket = subscription;
    const auto answer = co_await tools_.api.send(std::move(what));
    if (!answer) {
      co_return answer.error();
    }
    if (const auto kept = store_page(answer->body); !kept) {
      co_return kept;
    }
    next = text_of(answer->body, "nextLink");
  }
  co_return seams::result<void>();
}

auto azure_activity_feed::store_page(std::string_view body) -> seams::result<void> {
  const auto entries = json::member(body, "value");
  if (!entries || json::kind_of(*entries) != json::kind::array) {
    return failure(reaction::retry_later,
                   "answer_malformed",
                   "the page of the Activity log has no array 'value'");
  }
  auto step = commit();
  step.feed = options_.name;
  step.now = tools_.time.wall();
  json::for_each_element(*entries, [&](std::string_view entry) {
    auto one = record();
    one.feed = options_.name;
    one.connector_type = facts_.connector_type;
    one.raw = entry;
    one.key = key_or_digest(text_of(entry, "eventDataId"), entry);
    one.event_time = parse_time(text_of(entry, "eventTimestamp"));
    step.records.push_back(std::move(one));
  });
  return step.records.empty() ? seams::result<void>() : apply(tools_.records, step);
}

} // namespace core::feeds
