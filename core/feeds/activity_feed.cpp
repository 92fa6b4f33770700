#include "core/feeds/activity_feed.hpp"

#include "core/feeds/feed_call.hpp"
#include "core/feeds/items.hpp"
#include "core/feeds/times.hpp"
#include "core/http/links.hpp"
#include "core/json/slice.hpp"

#include <algorithm>
#include <set>

namespace core::feeds {
namespace {

using namespace std::chrono_literals;
using seams::failure;
using seams::reaction;

constexpr auto window_max = seams::duration{24h};
/// The service refuses a start older than seven days; its clock is not ours, hence the margin. It
/// grows while the service still refuses.
constexpr auto reach_margin_least = seams::duration{5min};
constexpr auto reach_margin_most = seams::duration{12h};
constexpr auto hole_kept = std::chrono::days{60};
/// Starts must be 15 minutes apart, and a fresh subscription may not be listed for a while.
constexpr auto start_apart = seams::duration{30min};
constexpr auto refused_start_apart = seams::duration{20min};
/// The first content "can take up to 12 hours" to come (reference, "Working with the API").
constexpr auto first_content_within = seams::duration{12h};
/// After so many blobs in a row it may be the service: the poll ends, and the next one goes on
/// after them. As many of those that wait are asked for again in vain in one poll.
constexpr auto failed_blobs_max = 3U;

auto not_an_array(std::string_view what) -> failure {
  return {reaction::retry_later, "answer_malformed", std::string(what) + " is no array"};
}

auto is_subscription_trouble(const std::string& code) -> bool {
  return code == "AF20022" || code == "AF20023";
}

auto list_is_full(const failure& why) -> failure {
  return {reaction::retry_later,
          why.code,
          std::to_string(waiting_blobs_max) +
              " blobs that could not be read wait already, as many as are remembered: reading goes "
              "no further until some of them are served. " +
              why.why};
}

auto concerns_blob(const failure& why) -> bool {
  return is_blob_trouble(why) || is_blob_refusal(why) || is_access_refusal(why);
}

/// The texts that stand for a mistake in the set-up of the tenant or of the connector.
auto diagnosed(failure why) -> failure {
  if (why.why.find("DataServiceException") != std::string::npos) {
    return {why.next,
            "audit_disabled",
            "unified audit logging is off in this tenant: turn it on; it takes up to an hour"};
  }
  if (why.code == "AF20052") {
    why.why += "; if every blob is refused like this, the tenant lives in another cloud";
  }
  return why;
}

} // namespace

activity_feed::activity_feed(const feed_facts& facts,
                             feed_options options,
                             const tools& with,
                             std::optional<content_share> only)
    : facts_(facts), options_(std::move(options)), tools_(with),
      blobs_(facts, options_, with, only), waiting_(with.records, options_.name),
      reach_margin_(reach_margin_least) {}

auto activity_feed::url_of(std::string_view operation) const -> std::string {
  return tools_.config.where.management.root + "/api/v1.0/" + tools_.config.tenant_id +
         "/activity/feed/subscriptions/" + std::string(operation);
}

auto activity_feed::empty_step() const -> commit {
  auto step = commit();
  step.feed = options_.name;
  step.now = tools_.time.wall();
  return step;
}

auto activity_feed::send(std::string method, std::string url)
    -> boost::asio::awaitable<seams::result<seams::response>> {
  auto what = feed_call(facts_, options_, std::move(url));
  what.method = std::move(method);
  co_return co_await tools_.api.send(std::move(what));
}

auto activity_feed::subscription_state() -> boost::asio::awaitable<seams::result<std::string>> {
  const auto list = co_await send("GET", url_of("list"));
  if (!list) {
    co_return list.error();
  }
  auto state = std::string("absent");
  const auto is_list = json::for_each_element(list->body, [&](std::string_view one) {
    if (text_of(one, "contentType") == facts_.resource) {
      // Microsoft's own sample has an element without `status`: it is as good as enabled.
      const auto said = text_of(one, "status");
      state = said.empty() ? "enabled" : said;
    }
  });
  if (!is_list) {
    co_return not_an_array("the list of subscriptions");
  }
  co_return state;
}

/// True for a subscription that is new, false for one that was there all along.
auto activity_feed::start() -> boost::asio::awaitable<seams::result<bool>> {
  const auto refused = last_start_ && last_start_->refused;
  if (last_start_ &&
      tools_.time.elapsed() - last_start_->at < (refused ? refused_start_apart : start_apart)) {
    co_return last_start_->refused.value_or(
        failure(reaction::retry_later,
                "AF20022",
                "the subscription was started moments ago and is not in force yet"));
  }
  last_start_ = start_try{tools_.time.elapsed(), std::nullopt};
  const auto answer = co_await send("POST",
                                    url_of("start?contentType=") + std::string(facts_.resource) +
                                        "&PublisherIdentifier=" + tools_.config.tenant_id);
  if (answer) {
    const auto noted = begin_waiting();
    co_return noted ? seams::result<bool>(true) : seams::result<bool>(noted.error());
  }
  if (answer.error().code == "AF20024") { // already enabled
    co_return false;
  }
  if (answer.error().code == "AF10001" || health::state_of(answer.error()) == "throttled") {
    last_start_.reset(); // a consent may come at any moment, and a pause has an end of its own
  } else {
    last_start_->refused = answer.error();
  }
  co_return answer.error();
}

auto activity_feed::begin_waiting() -> seams::result<void> {
  auto step = empty_step();
  step.marks.push_back({"awaiting first content", step.now + first_content_within});
  step.marks.push_back({"started", step.now + hole_kept});
  return apply(tools_.records, step);
}

/// What to say of a subscription that has not brought anything yet.
auto activity_feed::first_content() -> seams::result<std::optional<health::remark>> {
  auto out = std::optional<health::remark>();
  if (content_seen_) {
    return out;
  }
  const auto names = std::vector<std::string>{"content seen", "awaiting first content", "started"};
  const auto known = tools_.records.marked(options_.name, names);
  if (!known) {
    return known.error();
  }
  content_seen_ = (*known)[0];
  if (!content_seen_ && (*known)[1]) {
    out = health::remark{"delayed",
                         "waiting_for_first_content",
                         "the subscription is new: its first content can take up to 12 hours"};
  } else if (!content_seen_ && (*known)[2]) {
    out = health::remark{"empty_results",
                         "no_first_content",
                         "nothing has come for 12 hours since the subscription was started: normal "
                         "for a workload that nobody uses; otherwise see in the Purview portal "
                         "whether auditing is on"};
  }
  return out;
}

auto activity_feed::remember(std::string mark_name) -> seams::result<void> {
  auto step = empty_step();
  step.marks.push_back({std::move(mark_name), step.now + hole_kept});
  return apply(tools_.records, step);
}

/// The hole is remembered before the start that ends it, and told after: a death in between must
/// not hush it up.
auto activity_feed::tell_hole(seams::instant through) -> seams::result<void> {
  const auto end = seams::to_rfc3339(through);
  const auto names = std::vector<std::string>{"hole " + end, "told " + end};
  const auto known = tools_.records.marked(options_.name, names);
  if (!known) {
    return known.error();
  }
  if (!(*known)[0] || (*known)[1]) {
    return {};
  }
  auto step = empty_step();
  step.marks.push_back({names[1], step.now + hole_kept});
  step.health.push_back(health::gap(blobs_.feed_name(),
                                    "AF20023",
                                    "there was no subscription: content that arrived between " +
                                        end + " and " + seams::to_rfc3339(step.now) +
                                        " may be lost for good",
                                    step.now));
  return apply(tools_.records, step);
}

auto activity_feed::ensure_subscription(position at)
    -> boost::asio::awaitable<seams::result<void>> {
  const auto state = co_await subscription_state();
  if (!state) {
    co_return state.error();
  }
  if (*state != "enabled") {
    if (at.stored) {
      if (const auto noted = remember("hole " + seams::to_rfc3339(at.through)); !noted) {
        co_return noted;
      }
    }
    const auto started = co_await start();
    if (!started) {
      co_return started.error();
    }
    if (!*started && at.stored) { // the list lags: there is no hole to tell of
      if (const auto hushed = remember("told " + seams::to_rfc3339(at.through)); !hushed) {
        co_return hushed;
      }
    }
  }
  subscribed_ = true;
  co_return at.stored ? tell_hole(at.through) : seams::result<void>();
}

auto activity_feed::poll() -> boost::asio::awaitable<seams::result<poll_report>> {
  auto at = load_cursor(tools_.records, tools_.time, options_);
  if (!at) {
    co_return at.error();
  }
  for (auto round = 0; round < 2; ++round) {
    if (!subscribed_) {
      if (const auto ready = co_await ensure_subscription(*at); !ready) {
        co_return diagnosed(ready.error());
      }
    }
    const auto read = co_await read_all(*at);
    if (read) {
      auto first = first_content();
      if (!first) {
        co_return first.error();
      }
      auto late = waiting_.remark();
      co_return poll_report{late ? std::move(late) : std::move(*first)};
    }
    if (read.error().code == "AF20055") {
      reach_margin_ = std::min(reach_margin_ * 4, reach_margin_most);
    }
    if (!is_subscription_trouble(read.error().code) || round > 0) {
      co_return diagnosed(read.error());
    }
    subscribed_ = false;
    at = load_cursor(tools_.records, tools_.time, options_);
    if (!at) {
      co_return at.error();
    }
  }
  co_return poll_report();
}

auto activity_feed::read_all(position at) -> boost::asio::awaitable<seams::result<void>> {
  if (const auto loaded = waiting_.load(present()); !loaded) {
    co_return loaded;
  }
  if (const auto seen = first_content(); !seen) { // for what it learns: whether there was any
    co_return seen.error();
  }
  auto so_far = attempts();
  if (const auto asked = co_await ask_again(so_far); !asked) {
    co_return asked;
  }
  co_return co_await read_windows(at, so_far);
}

/// What fails here says nothing about the service: those that wait may wait for ever.
auto activity_feed::ask_again(attempts& so_far) -> boost::asio::awaitable<seams::result<void>> {
  auto in_vain = 0U;
  const auto due = waiting_.due(present());
  for (auto one = due.begin(); one != due.end() && in_vain < failed_blobs_max; ++one) {
    auto what = content{one->id, one->uri, one->expires};
    const auto kept = co_await blobs_.read(std::move(what));
    auto noted = seams::result<void>();
    if (kept) {
      ++so_far.served;
      noted = waiting_.remove(one->id, present());
    } else if (concerns_blob(kept.error())) {
      ++in_vain;
      noted = still_missing(*one, kept.error());
    } else {
      co_return kept;
    }
    if (!noted) {
      co_return noted;
    }
  }
  co_return seams::result<void>();
}

auto activity_feed::still_missing(const waiting_blob& what, const failure& why)
    -> seams::result<void> {
  const auto now = present();
  if (now < what.expires) {
    return waiting_.postpone(what.id, now);
  }
  const auto told = blobs_.give_up(what, why);
  return told ? waiting_.remove(what.id, now) : told;
}

/// By its latest answer: where our clock was set meanwhile, `now` was in the service's future.
auto activity_feed::present() const -> seams::instant {
  return std::chrono::floor<std::chrono::seconds>(tools_.time.wall() +
                                                  tools_.api.clock_offset(workload::management));
}

auto activity_feed::read_windows(position at, attempts& so_far)
    -> boost::asio::awaitable<seams::result<void>> {
  const auto now = tools_.time.wall() + tools_.api.clock_offset(workload::management);
  const auto oldest = now - facts_.retention + reach_margin_;
  // Declared together with the move of the cursor that passes it, so exactly once.
  auto lost = std::string();
  if (at.stored && at.through < oldest) {
    lost = "content of " + seams::to_rfc3339(at.through) + " to " + seams::to_rfc3339(oldest) +
           " is older than the service keeps it: lost for good";
  }
  // Whole seconds, end exclusive: the second under way is read by the next poll.
  const auto until = std::chrono::floor<std::chrono::seconds>(now);
  auto span = window();
  span.from =
      std::chrono::floor<std::chrono::seconds>(std::max(at.through - options_.overlap, oldest));
  while (span.from < until) {
    span.to = std::min<seams::instant>(span.from + window_max, until);
    if (const auto done = co_await read_window(span, so_far); !done) {
      co_return done;
    }
    const auto reached = std::min(span.to, present());
    const auto passable = !so_far.list_full && so_far.refused.empty();
    if (passable && (reached > at.through || (span.to == until && !at.stored))) {
      auto step = move_cursor(options_.name, reached, tools_.time.wall());
      if (!lost.empty()) {
        step.health.push_back(
            health::gap(blobs_.feed_name(), "AF20055", std::exchange(lost, {}), step.now));
      }
      if (const auto moved = apply(tools_.records, step); !moved) {
        co_return moved;
      }
    }
    span.from = span.to;
  }
  if (!so_far.refused.empty()) {
    co_return so_far.refused.front().why;
  }
  co_return so_far.list_full ? seams::result<void>(*so_far.list_full) : seams::result<void>();
}

auto activity_feed::read_window(window span, attempts& so_far)
    -> boost::asio::awaitable<seams::result<void>> {
  auto next = url_of("content?contentType=") + std::string(facts_.resource) +
              "&startTime=" + to_window_time(span.from) + "&endTime=" + to_window_time(span.to) +
              "&PublisherIdentifier=" + tools_.config.tenant_id;
  auto pages = http::chain(tools_.config.where.management.root);
  while (!next.empty()) {
    if (const auto allowed = pages.follow(next); !allowed) {
      co_return allowed.error();
    }
    auto page = co_await send("GET", next);
    if (!page) {
      co_return page.error();
    }
    next = std::string(page->fields.find("NextPageUri").value_or(""));
    auto body = std::move(page->body);
    if (const auto kept = co_await read_page(std::move(body), so_far); !kept) {
      co_return kept;
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
    listed.push_back({key_or_digest(text_of(one, "contentId"), one),
                      text_of(one, "contentUri"),
                      parse_time(text_of(one, "contentExpiration"))});
    names.push_back(listed.back().id);
  });
  const auto known = tools_.records.marked(options_.name, names);
  if (!known) {
    return known.error();
  }
  auto out = std::vector<content>();
  auto taken = std::set<std::string>();
  for (auto i = std::size_t{0}; i < listed.size(); ++i) {
    const auto waits = waiting_.holds(listed[i].id);
    if (!(*known)[i] && !waits && taken.insert(listed[i].id).second) {
      out.push_back(std::move(listed[i]));
    }
  }
  return out;
}

auto activity_feed::read_page(std::string body, attempts& so_far)
    -> boost::asio::awaitable<seams::result<void>> {
  const auto blobs = unread(body);
  if (!blobs) {
    co_return blobs.error();
  }
  for (const auto& what : *blobs) {
    const auto kept = co_await blobs_.read(what);
    const auto noted = kept ? was_served(so_far) : pass_over(what, kept.error(), so_far);
    if (!noted) {
      co_return noted;
    }
  }
  co_return seams::result<void>();
}

/// Not every blob is refused, so those that were are on their own.
auto activity_feed::was_served(attempts& so_far) -> seams::result<void> {
  ++so_far.served;
  so_far.failed_in_row = 0;
  for (const auto& one : std::exchange(so_far.refused, {})) {
    if (const auto noted = let_wait(one.what, one.why, so_far); !noted) {
      return noted;
    }
  }
  return {};
}

/// A failure ends the poll.
auto activity_feed::pass_over(const content& what, const failure& why, attempts& so_far)
    -> seams::result<void> {
  if (!concerns_blob(why)) {
    return why;
  }
  const auto others_are_served = so_far.served > 0 || (content_seen_ && !is_access_refusal(why));
  if (!is_blob_trouble(why) && !others_are_served) {
    so_far.refused.push_back({what, why});
  } else if (const auto noted = let_wait(what, why, so_far); !noted) {
    return noted;
  }
  return ++so_far.failed_in_row < failed_blobs_max
             ? seams::result<void>()
             : seams::result<void>(so_far.list_full.value_or(why));
}

auto activity_feed::let_wait(const content& what, const failure& why, attempts& so_far)
    -> seams::result<void> {
  if (waiting_.is_full()) {
    so_far.list_full = so_far.list_full.value_or(list_is_full(why));
    return {};
  }
  const auto now = present();
  const auto latest = now + facts_.retention;
  const auto said = what.expires.value_or(latest);
  const auto expires = now < said && said < latest ? said : latest;
  return waiting_.add(what.id, blobs_.lasting_address(what), expires, now);
}

} // namespace core::feeds
