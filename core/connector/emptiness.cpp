#include "core/connector/emptiness.hpp"

#include "core/feeds/feed_table.hpp"
#include "core/json/slice.hpp"

#include <algorithm>
#include <array>

namespace core {
namespace {

using namespace std::chrono_literals;

/// Feeds of which a tenant in use has something every day.
constexpr auto lively = std::to_array<std::string_view>(
    {"safe_links", "audit_general", "audit_entra", "sign_ins", "message_trace", "email_events"});
/// States of a feed that is read to the present.
constexpr auto reading = std::to_array<std::string_view>({"ok", "delayed", "empty_results"});
constexpr auto patience_lively = seams::duration{24h};
constexpr auto patience_quiet = seams::duration{7 * 24h};

/// A feed that was alive may be quiet for a night and a day without a remark.
constexpr auto silence_least = seams::duration{24h};
constexpr auto silence_times = 100;
/// What it takes to speak of a rhythm.
constexpr auto rhythm_records_least = 20;
constexpr auto rhythm_span_least = seams::duration{2h};

/// Lists of what there is are silent while nothing changes.
auto tells_of_events(const std::string& feed) -> bool {
  using feeds::source;
  const auto* facts = feeds::find_feed(feed);
  return facts != nullptr && facts->from != source::graph_delta &&
         facts->from != source::graph_snapshot && facts->from != source::exchange_cmdlets;
}

/// Zero where there are too few records to tell.
auto usual_interval(store& records, const std::string& feed) -> seams::duration {
  auto first = seams::instant::max();
  auto last = seams::instant::min();
  auto count = std::int64_t{0};
  auto wanted = record_query();
  wanted.feed = feed;
  (void)records.read(wanted, [&](const stored_record& one) {
    if (one.what.event_time) {
      first = std::min(first, *one.what.event_time);
      last = std::max(last, *one.what.event_time);
      ++count;
    }
    return true;
  });
  const auto enough = count >= rhythm_records_least && last - first >= rhythm_span_least;
  return enough ? (last - first) / count : seams::duration::zero();
}

auto patience_for(std::string_view feed) -> seams::duration {
  return std::ranges::find(lively, feed) != lively.end() ? patience_lively : patience_quiet;
}

auto says_no(std::string_view policy, std::string_view setting) -> bool {
  const auto found = json::member(policy, setting);
  return found && json::as_bool(*found) == false;
}

/// What the stored Safe Links policies say about clicks.
struct click_settings {
  std::size_t policies = 0;
  std::size_t off = 0;       ///< neither for mail nor for Teams
  std::size_t untracked = 0; ///< clicks are not recorded
};

/// The latest state of each policy, whatever it said before.
auto latest_policies(store& records) -> std::map<std::string, stored_record> {
  auto out = std::map<std::string, stored_record>();
  auto wanted = record_query();
  wanted.feed = "safe_links_policies";
  (void)records.read(wanted, [&](const stored_record& one) {
    auto& known = out[one.what.key];
    if (known.arrival <= one.arrival && json::member(one.what.raw, "EnableSafeLinksForEmail")) {
      known = one;
    }
    return true;
  });
  std::erase_if(out, [](const auto& one) { return one.second.what.raw.empty(); });
  return out;
}

auto read_settings(store& records) -> click_settings {
  auto out = click_settings();
  for (const auto& [key, policy] : latest_policies(records)) {
    const auto& raw = policy.what.raw;
    ++out.policies;
    out.off += says_no(raw, "EnableSafeLinksForEmail") && says_no(raw, "EnableSafeLinksForTeams");
    out.untracked += says_no(raw, "TrackClicks");
  }
  return out;
}

auto some_of(std::size_t count, const click_settings& found) -> std::string {
  return std::to_string(count) + " of " + std::to_string(found.policies) + " Safe Links policies";
}

auto why_no_clicks(const click_settings& found) -> std::string {
  if (found.policies == 0) {
    return "there may be no Safe Links policy, click tracking may be off, or nobody clicked; the "
           "feed safe_links_policies would tell";
  }
  if (found.off == found.policies) {
    return "no Safe Links policy is switched on for mail or Teams";
  }
  if (found.off > 0) {
    return "Safe Links is off for mail and Teams in " + some_of(found.off, found);
  }
  if (found.untracked > 0) {
    return "click tracking is off in " + some_of(found.untracked, found);
  }
  return "Safe Links is on and tracks clicks: nobody in scope clicked, or the users are not "
         "covered";
}

} // namespace

auto emptiness::has_records(const std::string& feed) -> bool {
  if (!alive_.contains(feed)) {
    auto wanted = record_query();
    wanted.feed = feed;
    auto any = false;
    const auto read = store_.read(wanted, [&](const stored_record&) {
      any = true;
      return false;
    });
    if (any || !read) {
      alive_.insert(feed);
    }
  }
  return alive_.contains(feed);
}

auto emptiness::read_since(const std::string& feed, seams::instant now) -> seams::instant {
  const auto known = since_.find(feed);
  if (known != since_.end()) {
    return known->second;
  }
  auto first = now;
  if (const auto history = store_.health()) {
    for (const auto& entry : *history) {
      if (entry.feed == feed && std::ranges::find(reading, entry.state) != reading.end()) {
        first = std::min(first, entry.at);
      }
    }
  }
  since_[feed] = first;
  return first;
}

auto emptiness::reason_for(const std::string& feed) -> std::string {
  if (feed == "safe_links") {
    return why_no_clicks(read_settings(store_));
  }
  if (feed.starts_with("audit_")) {
    return "auditing may be switched off in Microsoft Purview, or nobody uses the workload";
  }
  return "nothing happened, or nothing that happens is in its scope";
}

auto emptiness::silence(const std::string& feed, seams::instant now)
    -> std::optional<health::remark> {
  const auto since = store_.last_news(feed).value_or(met_.at(feed));
  if (now - since < silence_least || !tells_of_events(feed)) {
    return std::nullopt;
  }
  auto& known = rhythms_[feed];
  if (known.quiet_since != since) {
    known = {since, usual_interval(store_, feed)};
  }
  if (known.usual == seams::duration::zero() || now - since < silence_times * known.usual) {
    return std::nullopt;
  }
  const auto minutes = std::chrono::ceil<std::chrono::minutes>(known.usual).count();
  return health::remark{"empty_results",
                        "gone_silent",
                        "nothing new since " + seams::to_rfc3339(since) +
                            ", though until then a record came every " + std::to_string(minutes) +
                            " minutes or so: the source may be retired, switched off, or out of "
                            "the app's scope by now"};
}

auto emptiness::judge(const std::string& feed, seams::instant now)
    -> std::optional<health::remark> {
  met_.try_emplace(feed, now);
  if (has_records(feed)) {
    return silence(feed, now);
  }
  const auto since = read_since(feed, now);
  if (now - since < patience_for(feed)) {
    return std::nullopt;
  }
  return health::remark{"empty_results",
                        "no_records",
                        "read without trouble since " + seams::to_rfc3339(since) +
                            " and found nothing: " + reason_for(feed)};
}

} // namespace core
