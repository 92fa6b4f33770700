#pragma once
// The tenant itself: its standing state, what happens in it, and the facts that follow.
#include "mock_graph/tenant/facts.hpp"
#include "mock_graph/tenant/timeline.hpp"

#include <deque>
#include <unordered_map>

namespace mock_graph::tenant {

/// Turns scripted events into facts as time passes, and tells every listener, in order.
class tenant {
public:
  /// `events` need no order. Listeners are told in the order in which they were added.
  tenant(standing state, const std::vector<event>& events);
  tenant(const tenant&) = delete;
  auto operator=(const tenant&) -> tenant& = delete;

  void add(listener& who) { listeners_.push_back(&who); }

  void advance(instant now) { time_.advance(now); }
  /// For follow-ups: what a view wants to happen later.
  auto later() -> timeline& { return time_; }

  [[nodiscard]] auto state() const -> const standing& { return state_; }
  [[nodiscard]] auto find_user(std::string_view name_or_address) const -> const user*;
  /// Defender's present opinion of a URL.
  [[nodiscard]] auto verdict_of(const std::string& url) const -> threat;

private:
  void happen(const event& what);
  void happen(instant at, const std::string& origin, const mail& what);
  void happen(instant at, const std::string& origin, const teams_message& what);
  void happen(instant at, const std::string& origin, const click& what);
  void happen(instant at, const std::string& origin, const click_burst& what);
  void happen(instant at, const std::string& origin, const url_verdict& what);
  void happen(instant at, const std::string& origin, const zero_hour_purge& what);
  void happen(instant at, const std::string& origin, const policy_change& what);
  void burst_step(instant at, const std::string& origin, const click_burst& what, std::uint64_t n);

  template <class fact> auto tell(std::deque<fact>& log, fact what) -> const fact& {
    log.push_back(std::move(what));
    for (auto* who : listeners_) {
      who->on(log.back());
    }
    return log.back();
  }

  standing state_;
  timeline time_;
  std::vector<listener*> listeners_;
  std::unordered_map<std::string, threat> verdicts_;
  std::unordered_map<std::string, const mail_fact*> mail_by_id_;
  std::unordered_map<std::string, const teams_fact*> teams_by_id_;
  std::deque<mail_fact> mails_;
  std::deque<teams_fact> teams_;
  std::deque<click_fact> clicks_;
  std::deque<verdict_fact> verdict_log_;
  std::deque<purge_fact> purges_;
};

/// A GUID whose last 12 hex digits are the top 48 bits of the .NET ticks of `at`, the layout of
/// NetworkMessageId, MessageTraceId and of most audit record ids (management-activity-api sheet,
/// "Id carries a clock"; exchange-and-safelinks sheet, 5.3).
auto clock_guid(std::uint64_t seed, std::string_view name, instant at) -> std::string;

} // namespace mock_graph::tenant
