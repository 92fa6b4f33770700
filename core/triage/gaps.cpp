#include "core/feeds/feed_table.hpp"
#include "core/triage/evidence_book.hpp"
#include "core/triage/words.hpp"

#include <fmt/format.h>

#include <array>
#include <tuple>

namespace core::triage {
namespace {

/// The feeds that cases rest on.
constexpr auto wanted_feeds = std::to_array<std::string_view>({"alerts",
                                                               "audit_entra",
                                                               "audit_exchange",
                                                               "audit_general",
                                                               "devices",
                                                               "directory_audits",
                                                               "email_events",
                                                               "incidents",
                                                               "mailbox_settings",
                                                               "message_trace",
                                                               "risk_detections",
                                                               "risky_users",
                                                               "safe_links",
                                                               "sign_ins",
                                                               "teams_messages",
                                                               "users"});

/// States in which what comes can be relied on, even if it comes late.
constexpr auto readable_states = std::to_array<std::string_view>(
    {"ok", "delayed", "empty_results", "schema_drift", "throttled"});

auto permissions_text(std::string_view feed) -> std::string {
  const auto* facts = feeds::find_feed(feed);
  return facts == nullptr ? std::string()
                          : fmt::format("{}", fmt::join(facts->permissions, " and "));
}

auto sentence(const health_entry& last) -> std::string {
  if (last.code == "clicks_from_audit_only") {
    return "allowed clicks not readable: ThreatHunting.Read.All missing";
  }
  const auto needed = permissions_text(last.feed);
  if (last.state == "insufficient_permissions" && !needed.empty()) {
    return fmt::format("{} not readable: {} missing", last.feed, needed);
  }
  return fmt::format("{} not readable: {}{}",
                     last.feed,
                     last.state,
                     last.code.empty() ? "" : " (" + last.code + ")");
}

} // namespace

auto gaps_of(std::vector<health_entry> health, const std::set<std::string>& feeds_with_records)
    -> std::vector<gap> {
  const auto rank = [](const health_entry& one) {
    return std::tie(one.feed, one.at, one.state, one.code, one.text);
  };
  std::ranges::sort(health, [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  auto last = std::map<std::string, health_entry, std::less<>>();
  for (auto& one : health) {
    if (one.state != "gap") {
      last[one.feed] = std::move(one);
    }
  }
  auto out = std::vector<gap>();
  for (const auto feed : wanted_feeds) {
    const auto found = last.find(feed);
    const auto name = std::string(feed);
    if (found == last.end() && !feeds_with_records.contains(name)) {
      out.push_back({name, "not collected", name + " not collected"});
    } else if (found != last.end() &&
               std::ranges::find(readable_states, found->second.state) == readable_states.end()) {
      out.push_back({name, found->second.state, sentence(found->second)});
    }
  }
  settle(out);
  return out;
}

} // namespace core::triage
