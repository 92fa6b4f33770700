#pragma once
// What shows that somebody else uses an account: signs, each by itself, and runs of them.
#include "core/triage/correlate.hpp"

#include <span>

namespace core::triage {

/// One sign. Its rule is the name of the row that weighs it.
struct sign {
  std::string user;
  seams::instant at;
  std::string rule;
  std::string says;
  std::string address;
  std::string target; ///< of forwarding, or the rule's name
  bool grave = false; ///< worth a case by itself
  record_ids from;

  auto operator<=>(const sign&) const = default;
};

/// Signs of one account, each within `sign_run` of the one before it.
struct sign_run {
  std::string user;
  std::vector<const sign*> signs;
};

/// All signs in the evidence, sorted. A sign-in is compared with the account's earlier successful
/// ones, so an account without a past shows no new country and no new network. Risk that an admin
/// dismissed or confirmed as safe is none.
auto signs_of(const evidence& known, const settings& how) -> std::vector<sign>;

/// Whether a run that no case explains is worth one: a grave sign in it, or one of somebody else's
/// coming in (another country, risk, a burst of failed second factors) and after it one of what
/// intruders do (hide mail, consent to an app, read much mail or send it). From another country or
/// network also signs whose weights add up to malicious, and two of what intruders do from a new
/// network.
auto stands_alone(const sign_run& run, const settings& how) -> bool;

/// `signs` stays where it is.
auto runs_of(const std::vector<sign>& signs, const settings& how) -> std::vector<sign_run>;

/// Whether `what` falls into the window of its kind after `since`.
auto is_aftermath(const sign& what, seams::instant since, const settings& how) -> bool;

/// The sign-ins of one user, in order of time.
auto sign_ins_of(const evidence& known, const std::string& user) -> std::span<const sign_in>;

} // namespace core::triage
