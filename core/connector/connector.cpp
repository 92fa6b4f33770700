#include "core/connector/connector.hpp"

#include "core/auth/clock_skew.hpp"
#include "core/feeds/feed_table.hpp"
#include "core/feeds/permission_hint.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <algorithm>

namespace core {
namespace {

/// A clock that is further off spoils time stamps, and soon the login too (Entra forgives some
/// five minutes).
constexpr auto skew_told = seams::duration{std::chrono::minutes{2}};
/// A poll that pauses hold back for longer is late enough to be told of, however rare the polls.
constexpr auto hold_told = seams::duration{std::chrono::minutes{5}};

auto clock_remark(seams::duration offset) -> std::optional<health::remark> {
  if (std::chrono::abs(offset) < skew_told) {
    return std::nullopt;
  }
  return health::remark{"clock_skew",
                        offset > seams::duration{} ? "clock_behind" : "clock_ahead",
                        "By the Date of the service's answers " + auth::clock_text(offset) +
                            ": set it, best by NTP; the connector reads on by the service's "
                            "clock."};
}

auto variants_remark(const watched_store::variants& again) -> health::remark {
  const auto many = again.count > 1 ? " and " + std::to_string(again.count - 1) + " others" : "";
  return {"schema_drift",
          "id_reused",
          "record " + again.key + many +
              " came again with another body under the same Id; each body is kept"};
}

} // namespace

connector::connector(connector_config config,
                     seams::clock& time,
                     seams::choices& chance,
                     seams::transport& wire,
                     store& records,
                     observer* watcher)
    : config_(std::move(config)), time_(time), records_(records, watcher),
      tokens_(config_, time, chance, wire), api_(config_, time, chance, wire, tokens_),
      credential_watch_(config_, time, api_, tokens_), health_(records_), emptiness_(records_) {
  for (const auto& options : config_.feeds) {
    add_feed(options);
  }
  api_.when_held([this](const api::hold& what) { note_hold(what); });
}

void connector::add_feed(feed_options options) {
  const auto is_it = [&](const running& one) { return one.options.name == options.name; };
  const auto* facts = feeds::find_feed(options.name);
  if (facts == nullptr || std::ranges::any_of(feeds_, is_it)) {
    return;
  }
  if (options.period <= seams::duration::zero()) {
    options.period = facts->period;
  }
  const auto with = feeds::tools{config_, time_, api_, records_};
  auto source = feeds::make_feed(options, with);
  feeds_.push_back({std::move(options), std::move(source), {}, {}});
}

auto connector::run() -> boost::asio::awaitable<void> {
  if (feeds_.empty()) {
    co_return;
  }
  // Without its memory the monitor only repeats itself; a store that fails shows in each poll.
  (void)health_.recall();
  if (auto known = read_grants(records_)) {
    grants_ = std::move(*known);
  }
  co_await run_from(0);
}

auto connector::run_from(std::size_t index) -> boost::asio::awaitable<void> {
  using namespace boost::asio::experimental::awaitable_operators;
  if (index + 1 == feeds_.size()) {
    co_await poll_feed(feeds_[index]);
  } else {
    co_await (poll_feed(feeds_[index]) && run_from(index + 1));
  }
}

auto connector::poll_feed(running& which) -> boost::asio::awaitable<void> {
  for (;;) {
    const auto began = time_.elapsed();
    which.held = {};
    const auto outcome = co_await which.source->poll();
    report(which, outcome);
    if (outcome) {
      co_await watch_credential();
    }
    note_grants();
    const auto spent = time_.elapsed() - began;
    const auto rest = std::max(which.options.period - spent, seams::duration::zero());
    co_await time_.sleep_for(rest, "the next poll of " + which.options.name);
  }
}

auto connector::watch_credential() -> boost::asio::awaitable<void> {
  const auto end = co_await credential_watch_.look();
  if (!end) {
    co_return;
  }
  tokens_.note_expiry(end->at);
  const auto feed = std::string("credential");
  const auto now = time_.wall();
  const auto warning = expiry_remark(*end, now);
  record_health(
      feed, warning ? health_.remarked(feed, *warning, now) : health_.all_is_well(feed, now), now);
}

/// What cannot be written now is written after the next poll.
void connector::note_grants() {
  auto known = grants_;
  for (auto& [audience, roles] : tokens_.granted()) {
    known[audience] = std::move(roles);
  }
  if (known != grants_ && write_grants(records_, known, time_.wall())) {
    grants_ = std::move(known);
  }
}

void connector::note_hold(const api::hold& what) {
  const auto which = std::ranges::find(
      feeds_, what.feed, [](const running& one) { return std::string_view(one.options.name); });
  if (which == feeds_.end()) {
    return;
  }
  // The halves of a feed may wait side by side.
  const auto from = std::max(time_.elapsed(), which->held_until);
  which->held_until = std::max(time_.elapsed() + what.rest, which->held_until);
  which->held += which->held_until - from;
  if (which->held > std::min(which->options.period, hold_told)) {
    const auto now = time_.wall();
    record_health(which->options.name, health_.went_wrong(which->options.name, what.why, now), now);
  }
}

void connector::record_health(const std::string& feed,
                              std::vector<health_entry> entries,
                              seams::instant at) {
  if (entries.empty()) {
    return;
  }
  auto step = commit();
  step.feed = feed;
  step.now = at;
  step.health = std::move(entries);
  if (!records_.apply(step)) {
    health_.forget(feed);
  }
}

void connector::report(const running& which, const seams::result<feeds::poll_report>& outcome) {
  const auto& feed = which.options.name;
  const auto now = time_.wall();
  auto entries = std::vector<health_entry>();
  if (!outcome) {
    const auto why = feeds::with_permission_hint(outcome.error(), *feeds::find_feed(feed));
    entries = health_.went_wrong(feed, why, now);
  } else if (const auto again = records_.take_variants(feed); again.count > 0) {
    entries = health_.remarked(feed, variants_remark(again), now);
  } else if (outcome->odd && outcome->odd->state != "empty_results") {
    entries = health_.remarked(feed, *outcome->odd, now);
  } else if (const auto skew = clock_remark(api_.clock_offset(feeds::find_feed(feed)->api))) {
    entries = health_.remarked(feed, *skew, now);
  } else if (const auto empty = emptiness_.judge(feed, now)) {
    entries = health_.remarked(feed, *empty, now);
  } else if (outcome->odd) { // empty, and no better reason is known yet
    entries = health_.remarked(feed, *outcome->odd, now);
  } else {
    entries = health_.all_is_well(feed, now);
  }
  record_health(feed, std::move(entries), now);
}

} // namespace core
