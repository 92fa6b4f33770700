#pragma once
// Everything that the rules look at to judge one case.
#include "core/triage/aftermath.hpp"

namespace core::triage {

/// Points into the evidence, which outlives it.
struct dossier {
  const evidence& known;
  const standings& judged;
  const settings& how;
  cluster what;
  std::vector<const click*> clicks; ///< of people, on what counts: judged links where there are any
  std::vector<const click*> by_scanners;   ///< from known addresses; nobody's
  std::vector<const click*> like_scanners; ///< some of `clicks`, which look like a scanner's
  std::vector<affected_user> users;        ///< worst first
  std::vector<const sign*> signs;          ///< what happened to these accounts afterwards
  std::vector<std::string>
      aliases; ///< of the signs: what they were a case of until it was explained
};

/// Fills in who clicked what and how each user stands: the worst of what befell them counts.
/// Recipients of a message that never reached them are not affected.
auto make_dossier(const evidence& known, const standings& judged, const settings& how, cluster what)
    -> dossier;

/// What device a click came from: that of the user's sign-ins from the same address, nearest in
/// time. Without one, or with sign-ins that disagree, it is unknown and the text says why.
auto device_of(const evidence& known, const click& one, const settings& how)
    -> std::pair<device_state, std::string>;

/// Whether automatic replies were on for `user` at that time.
auto is_away(const evidence& known, const std::string& user, seams::instant at) -> bool;

/// A role or job title of `user` that holds a privileged word, or "".
auto privilege_of(const evidence& known, const std::string& user, const settings& how)
    -> std::string;

} // namespace core::triage
