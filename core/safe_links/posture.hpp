#pragma once
// How well people are covered by Safe Links, and what is not as a guide asks.
#include "core/safe_links/commands.hpp"

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace core::safe_links {

struct person {
  std::string id;
  std::string address;
};

/// What was read. Users and members are unknown where the app may not read the directory.
struct posture_input {
  std::vector<object> policies;     ///< Get-SafeLinksPolicy
  std::vector<object> rules;        ///< Get-SafeLinksRule
  std::vector<object> preset_rules; ///< Get-ATPProtectionPolicyRule
  std::optional<std::vector<person>> people;
  std::map<std::string, std::set<std::string>> members; ///< ids, by group address in small letters;
                                                        ///< of groups that the directory lists
  std::vector<std::string> unknown; ///< what could not be read, and why
};

/// A policy that holds for somebody.
struct coverage {
  std::string policy;              ///< "" = no policy at all
  std::string rule;                ///< "" for Built-in protection
  std::vector<std::string> people; ///< addresses, in order
  bool mail = false;
  bool internal = false;
  bool tracked = false;
  bool click_through = false;
};

/// A setting of a policy that holds for somebody, and is not as the guide asks.
struct deviation {
  std::string policy;
  std::string setting; ///< "EnableForInternalSenders"
  bool mandatory = false;
  std::string why; ///< what it costs
};

struct posture {
  std::vector<coverage> covers; ///< in the order in which rules are asked, Built-in last
  std::vector<deviation> deviations;
  std::vector<std::string> remarks; ///< inert policies, broad entries, what is unknown
  bool unsure = false;              ///< who is covered is not known for sure

  [[nodiscard]] auto as_asked() const -> bool { return deviations.empty() && !unsure; }
};

/// Presets come first, the strict one before the standard one, then custom rules by priority, then
/// Built-in protection; the first that applies counts. Rules that are off count for nothing. The
/// guide of Radiant Security asks for Safe Links in mail, also inside the organisation (mandatory),
/// and prefers tracked clicks and click-through. A group that the directory does not list leaves
/// unknown whom a rule covers; where nobody's membership is known, every rule counts instead.
auto judge_posture(const posture_input& what) -> posture;

/// For machines.
auto to_json(const posture& what) -> object;

} // namespace core::safe_links
