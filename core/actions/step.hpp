#pragma once
// What an act is made of: what was asked for, and the changes that it comes to.
#include "core/actions/action_table.hpp"
#include "core/api/api_client.hpp"

#include <optional>
#include <string>
#include <vector>

namespace core::actions {

/// What somebody wants done.
struct act_request {
  std::string name; ///< of the action table
  parameter_list parameters;
  std::string case_id; ///< the case that recommends it, or ""
};

/// One change of one target, planned on what the tenant shows at the moment.
struct step {
  /// The same for the same change whenever it is planned, and unique within an act:
  /// "disable adele@contoso.com". With it a change is found again in the log and in a later plan.
  std::string id;
  std::string target;
  std::string does; ///< for people: "disables the account"
  /// Exactly what is sent. A body with a secret has `secret_mark` in its place until then.
  api::call call;
  std::string request_id; ///< `client-request-id` of its last sending: Microsoft's logs know it too
  bool already = false;   ///< the tenant is as wanted: nothing is sent
  std::optional<seams::failure> problem; ///< it cannot be done: nothing is sent
  std::vector<std::string> notes;        ///< for people, before they confirm
  /// A state of the target that the change moves on: another one later means that it took effect.
  std::string basis;
  std::string undo; ///< what is needed to take it back, as JSON, or ""
  /// Action and id of the step that does the opposite: done a moment ago, it may not show yet, and
  /// `already` is not believed.
  std::pair<std::string, std::string> reverse;
  std::string follow;        ///< id of a machine action that is under way already
  bool asynchronous = false; ///< the answer names a machine action, which has to be followed
  /// Its body is known only after the steps before it: planned anew when its turn comes.
  bool provisional = false;
  bool read_back = false; ///< others may write over it: looked at again after a success
  /// Each time it is sent has an effect of its own, and no reading shows whether one is due.
  bool repeats = false;
};

/// Stands for a new password in a planned body.
inline constexpr auto secret_mark = std::string_view("[new password]");

} // namespace core::actions
