#include "core/feeds/activity_feed.hpp"

#include "core/feeds/activity_blob.hpp"
#include "core/feeds/audit_shapes.hpp"
#include "core/feeds/items.hpp"
#include "core/feeds/secret_cuts.hpp"
#include "core/feeds/times.hpp"
#include "core/json/slice.hpp"
#include "core/seams/digest.hpp"

#include <algorithm>
#include <array>
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
/// How long a blob's id is remembered beyond its expiry, which is when nobody can list it any more.
constexpr auto mark_margin = seams::duration{24h};
constexpr auto hole_kept = std::chrono::days{60};
/// Starts must be 15 minutes apart, and a fresh subscription may not be listed for a while.
constexpr auto start_apart = seams::duration{30min};
constexpr auto refused_start_apart = seams::duration{20min};
/// The first content "can take up to 12 hours" to come (reference, "Working with the API").
constexpr auto first_content_within = seams::duration{12h};
constexpr auto kept_for_good = std::chrono::days{3650};
/// What one commit of a blob's records holds at most, so that a large blob costs no second copy.
constexpr auto commit_records_max = std::size_t{2000};
constexpr auto commit_bytes_max = std::size_t{8} << 20U;
/// After so many blobs of a window that the service cannot give, the window waits.
constexpr auto failed_blobs_max = 3U;

/// "does not exist", "expired" (management-activity-api sheet, 4). AF20052, "id invalid", is not
/// among them: it is what a tenant of another cloud gets for every blob.
constexpr auto lost_codes = std::to_array<std::string_view>({"AF20050", "AF20051", "404"});

auto not_an_array(std::string_view what) -> failure {
  return {reaction::retry_later, "answer_malformed", std::string(what) + " is no array"};
}

auto is_subscription_trouble(const std::string& code) -> bool {
  return code == "AF20022" || code == "AF20023";
}

/// Trouble with one blob that says nothing about the others.
auto concerns_one_blob(const failure& why) -> bool {
  const auto server = why.code.size() == 3 && why.code.front() == '5';
  return why.next == reaction::retry_later &&
         (server || why.code == "answer_malformed" || why.code == "answer_cut" ||
          why.code == "answer_too_large" || why.code == "no_answer" || why.code == "foreign_link");
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
    : facts_(facts), options_(std::move(options)), tools_(with), only_(only),
      news_(with.records, options_.name), reach_margin_(reach_margin_least) {}

auto activity_feed::feed_name() const -> std::string {
  return only_ ? std::string(only_->feed) : options_.name;
}

auto activity_feed::is_ours(std::string_view item) const -> bool {
  return !only_ || json::as_int64(json::member(item, "RecordType").value_or("")) ==
                       std::optional(only_->record_type);
}

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

auto activity_feed::send(std::string method, std::string url, bool even_broken)
    -> boost::asio::awaitable<seams::result<seams::response>> {
  auto what = api::call();
  what.even_broken = even_broken;
  what.of = workload::management;
  what.method = std::move(method);
  what.url = std::move(url);
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
  if (answer.error().code == "AF10001") {
    last_start_.reset(); // a consent may come at any moment
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
  step.health.push_back(health::gap(feed_name(),
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
    const auto now = tools_.time.wall() + tools_.api.clock_offset(workload::management);
    const auto read = co_await read_windows(*at, now);
    if (read) {
      auto waiting = first_content();
      if (!waiting) {
        co_return waiting.error();
      }
      co_return poll_report{std::move(*waiting)};
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

/// By its latest answer: where our clock was set meanwhile, `now` was in the service's future.
auto activity_feed::present() const -> seams::instant {
  return std::chrono::floor<std::chrono::seconds>(tools_.time.wall() +
                                                  tools_.api.clock_offset(workload::management));
}

auto activity_feed::read_windows(position at, seams::instant now)
    -> boost::asio::awaitable<seams::result<void>> {
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
    if (const auto done = co_await read_window(span); !done) {
      co_return done;
    }
    const auto reached = std::min(span.to, present());
    if (reached > at.through || (span.to == until && !at.stored)) {
      auto step = move_cursor(options_.name, reached, tools_.time.wall());
      if (!lost.empty()) {
        step.health.push_back(
            health::gap(feed_name(), "AF20055", std::exchange(lost, {}), step.now));
      }
      if (const auto moved = apply(tools_.records, step); !moved) {
        co_return moved;
      }
    }
    span.from = span.to;
  }
  co_return seams::result<void>();
}

auto activity_feed::read_window(window span) -> boost::asio::awaitable<seams::result<void>> {
  auto next = url_of("content?contentType=") + std::string(facts_.resource) +
              "&startTime=" + to_window_time(span.from) + "&endTime=" + to_window_time(span.to) +
              "&PublisherIdentifier=" + tools_.config.tenant_id;
  auto pages = http::chain(tools_.config.where.management.root);
  auto failed = failures();
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
    if (const auto kept = co_await read_page(std::move(body), failed); !kept) {
      co_return kept;
    }
  }
  co_return failed.first ? seams::result<void>(*failed.first) : seams::result<void>();
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
    if (!(*known)[i] && taken.insert(listed[i].id).second) {
      out.push_back(std::move(listed[i]));
    }
  }
  return out;
}

auto activity_feed::read_page(std::string body, failures& failed)
    -> boost::asio::awaitable<seams::result<void>> {
  auto blobs = unread(body);
  if (!blobs) {
    co_return blobs.error();
  }
  for (auto& what : *blobs) {
    const auto kept = co_await read_blob(std::move(what));
    if (kept) {
      continue;
    }
    if (!concerns_one_blob(kept.error()) || ++failed.count >= failed_blobs_max) {
      co_return kept;
    }
    failed.first = failed.first ? failed.first : kept.error();
  }
  co_return seams::result<void>();
}

auto activity_feed::record_of(std::string_view item) const -> record {
  auto one = record();
  one.feed = feed_name();
  one.connector_type = facts_.connector_type;
  auto kept = without_secrets(item);
  one.raw = std::move(kept.raw);
  one.cuts = std::move(kept.cuts);
  one.key =
      (only_ ? std::string(only_->key_prefix) : "") + key_or_digest(text_of(item, "Id"), one.raw);
  one.event_time = parse_time(text_of(item, "CreationTime"));
  return one;
}

auto activity_feed::read_blob(content what) -> boost::asio::awaitable<seams::result<void>> {
  if (!http::is_below(what.uri, tools_.config.where.management.root)) {
    co_return failure(reaction::retry_later,
                      "foreign_link",
                      "a contentUri points to another host than the API; not followed");
  }
  const auto* const joint = what.uri.find('?') == std::string::npos ? "?" : "&";
  const auto blob = co_await send(
      "GET", what.uri + joint + "PublisherIdentifier=" + tools_.config.tenant_id, true);
  if (blob) {
    co_return store_blob(what, blob->body);
  }
  if (std::ranges::find(lost_codes, blob.error().code) == lost_codes.end()) {
    co_return blob.error();
  }
  auto step = empty_step();
  step.marks.push_back(done_mark(what, step.now));
  step.health.push_back(health::gap(
      feed_name(), blob.error().code, "content " + what.id + " can no longer be read", step.now));
  co_return apply(tools_.records, step);
}

auto activity_feed::done_mark(const content& what, seams::instant now) const -> mark {
  return {what.id, what.expires.value_or(now + facts_.retention) + mark_margin};
}

/// The blob counts as read with the last of its commits only.
auto activity_feed::store_blob(const content& what, std::string_view body) -> seams::result<void> {
  const auto inside = open_blob(body);
  if (!inside) {
    return not_an_array("content " + what.id);
  }
  auto novelties = std::set<std::string>();
  auto step = empty_step();
  auto bytes = std::size_t{0};
  for (const auto item : inside->records) {
    if (!is_ours(item)) {
      continue;
    }
    note_novelties(item, novelties);
    step.records.push_back(record_of(item));
    bytes += item.size();
    if (step.records.size() >= commit_records_max || bytes >= commit_bytes_max) {
      if (const auto kept = apply(tools_.records, step); !kept) {
        return kept;
      }
      step = empty_step();
      bytes = 0;
    }
  }
  const auto broken = only_ ? std::vector<std::string_view>() : inside->broken;
  for (const auto item : broken) {
    auto one = record_of(item);
    one.connector_type += "_quarantine";
    step.records.push_back(std::move(one));
  }
  if (!broken.empty()) {
    step.health.push_back({options_.name,
                           "schema_drift",
                           "record_unparsable",
                           std::to_string(broken.size()) + " of the records of content " + what.id +
                               " do not parse: kept apart, as they came",
                           step.now});
  }
  step.marks.push_back(done_mark(what, step.now));
  step.marks.push_back({"content seen", step.now + kept_for_good});
  const auto told = news_.tell(novelties, step);
  return told ? apply(tools_.records, step) : told;
}

} // namespace core::feeds
