#pragma once
// Planners look at one target and give the changes that are not made yet. They only read, so the
// same look tells what to do, whether it is done, and whether an act with a lost answer worked.
#include "core/actions/reading.hpp"

namespace core::actions {

using planned = seams::result<std::vector<step>>;

/// The steps for one target of `what`, in order; steps that need no sending say so. A failure means
/// that the target is none (`check_target`) or could not be looked at. The name of the action is
/// known to be in the table.
auto plan(const tools& with, const act_request& what, std::string target)
    -> boost::asio::awaitable<planned>;

// One for each kind of target.
auto plan_user(const tools& with, const act_request& what, std::string user)
    -> boost::asio::awaitable<planned>;
auto plan_messages(const tools& with, const act_request& what, std::string mailbox)
    -> boost::asio::awaitable<planned>;
auto plan_rules(const tools& with, const act_request& what, std::string user)
    -> boost::asio::awaitable<planned>;
auto plan_device(const tools& with, const act_request& what, std::string device)
    -> boost::asio::awaitable<planned>;
auto plan_indicator(const tools& with, const act_request& what, std::string value)
    -> boost::asio::awaitable<planned>;
/// `addresses` has blanks between them: one change holds all.
auto plan_location(const tools& with, const act_request& what, std::string addresses)
    -> boost::asio::awaitable<planned>;
/// The entry of a URL is what the list takes of it: neither scheme nor user nor port.
auto plan_list_entry(const tools& with, const act_request& what, std::string target)
    -> boost::asio::awaitable<planned>;
/// The forwarding that is set on the mailbox itself; no step if there is none.
auto plan_mailbox_forwarding(const tools& with, std::string user)
    -> boost::asio::awaitable<planned>;

/// The targets as planners take them, each once and spelt as `check_target` does: each for itself,
/// save for addresses of `block_ip`.
auto targets_of(const act_request& what) -> std::vector<std::string>;

} // namespace core::actions
