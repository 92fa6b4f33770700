#pragma once
// What triage hands to people and machines: what happened, to whom, how sure, what to do, and why.
#include "core/triage/evidence.hpp"

namespace core::triage {

enum class outcome { benign, inconclusive, suspicious, malicious };

/// In order of harm.
enum class exposure {
  unknown,
  delivered_only,
  link_blocked,
  click_failed,
  pending_scan,
  clicked_before_verdict, ///< allowed at the time of the click
  clicked_through         ///< went on past the warning, or past the page of a running scan
};

enum class device_state { unknown, managed, unmanaged };

struct affected_user {
  std::string user;
  exposure how = exposure::unknown;
  std::optional<seams::instant> since; ///< the click that counts, or the delivery
  device_state device = device_state::unknown;
  std::string device_why;
  std::string address; ///< of the click that counts, or ""
  std::vector<std::string> context;
  record_ids from;
};

/// A rule that fired.
struct finding {
  std::string rule;
  int weight = 0;
  int urgency = 0;
  std::string says;
  record_ids from;
};

struct event {
  seams::instant at;
  std::string what;
  record_ids from;

  auto operator<=>(const event&) const = default;
};

enum class grant { unknown, granted, missing };

struct action {
  std::string name; ///< "hard_delete_message", "block_url", ...
  std::vector<std::pair<std::string, std::vector<std::string>>> parameters;
  std::string why;
  std::vector<std::string> permissions; ///< all of them are needed
  grant granted = grant::unknown;
  bool reversible = false;
  std::string outcome = {}; ///< "2 done, 1 failed" of its targets; "" = not taken
};

struct triage_case {
  std::string id;                   ///< the smallest natural key of all that belongs to it
  std::vector<std::string> aliases; ///< every other one: whatever id it had before
  std::string title;
  outcome verdict = outcome::inconclusive;
  int confidence = 0; ///< 0 to 100
  int priority = 4;   ///< 1 is the most urgent
  seams::instant first;
  seams::instant last;
  std::vector<affected_user> users; ///< worst first
  std::vector<std::string> messages;
  std::vector<std::string> urls; ///< judged ones
  std::vector<std::string> alerts;
  std::vector<std::string> incidents;
  std::vector<finding> findings;    ///< in order of the rules
  std::vector<std::string> missing; ///< what would make it surer
  std::vector<std::string> notes;
  std::vector<action> actions;
  std::vector<event> timeline;
};

auto name_of(outcome what) -> std::string_view;
auto name_of(exposure what) -> std::string_view;
auto name_of(device_state what) -> std::string_view;
auto name_of(grant what) -> std::string_view;

} // namespace core::triage
