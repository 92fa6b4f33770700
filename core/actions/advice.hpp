#pragma once
// What people are told of a refusal, and the small decisions that a runner takes by it.
#include "core/actions/step.hpp"

namespace core::actions {

/// The failure with what it means for that action, where the words of the service do not say it:
/// a protected administrator, an access policy on mailboxes, a missing directory role or licence.
auto explained(const act_request& what, seams::failure why) -> seams::failure;

/// The service was busy and says so: nothing was done.
auto is_throttling(const seams::failure& why) -> bool;

/// A step for a target that could not be looked at.
auto unplanned(const std::string& target, seams::failure why) -> step;

/// For steps whose answer was lost.
auto lost_but_done() -> std::string;

/// A password that nobody learns: long, and of all kinds of characters that tenants ask for.
auto drawn_password(seams::choices& chance) -> std::string;

} // namespace core::actions
