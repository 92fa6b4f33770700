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

  /// One more event; what lies in the past happens at the next `advance`, dated as it is.
  void schedule(const event& what);

  void advance(instant now);
  /// For follow-ups: what a view wants to happen later.
  auto later() -> timeline& { return time_; }

  [[nodiscard]] auto state() const -> const standing& { return state_; }
  [[nodiscard]] auto find_user(std::string_view name_or_address) const -> const user*;
  /// The mail of that id, once it has come; else null.
  [[nodiscard]] auto find_mail(const std::string& id) const -> const mail_fact*;
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
  void happen(instant at, const std::string& origin, const safe_links_change& what);
  void happen(instant at, const std::string& origin, const list_change& what);
  void happen(instant at, const std::string& origin, const forwarding_change& what);
  void happen(instant at, const std::string& origin, const user_change& what);
  void happen(instant at, const std::string& origin, const access_change& what);
  void happen(instant at, const std::string& origin, const audit_burst& what);
  /// Lets entries of the Tenant Allow/Block List go when they expire.
  void watch_list();
  /// The fact of a click, or nothing if it leaves no record.
  [[nodiscard]] auto fact_of(instant at, const std::string& origin, const click& what) const
      -> std::optional<click_fact>;

  /// A burst of clicks under way. While nobody is blocked its clicks are told in runs, which only
  /// needs arithmetic; clicks that are blocked raise alerts and happen one by one.
  struct running_burst {
    click_burst what;
    std::string origin;
    even_times times;
    std::uint64_t next = 0;
    std::uint64_t seen_state = 0; ///< `changes_` when `parts` was made
    std::shared_ptr<const click_parts> parts;
    bool blocks = false;   ///< somebody is blocked now
    bool stepping = false; ///< the next click stands in the timeline
  };
  void look_at_state(running_burst& burst);
  void step(running_burst& burst);
  /// Lets bursts that have become blocked step from now on.
  void settle_bursts();
  /// Tells the clicks and audit records of bursts that happen before `when`, or until it.
  void flow_before(instant when);
  void flow_until(instant when);
  void flow(running_burst& burst, std::uint64_t to);
  void flow(audit_run& burst, std::uint64_t to);

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
  std::uint64_t changes_ = 0; ///< counts what may change how a click ends
  std::deque<running_burst> bursts_;
  std::deque<audit_run> audit_bursts_; ///< `to` is how many have been told
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
