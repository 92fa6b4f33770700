#pragma once
// Which mailboxes a message lies in, when an act does not say it.
#include "core/actions/reading.hpp"

namespace core::actions {

/// `what` with its mailboxes: for a deletion without any, everybody who was sent the message, as
/// advanced hunting knows it (EmailEvents, 30 days, permission ThreatHunting.Read.All). Other
/// requests come back as they are. Fails with "no_message" for a deletion that names no message.
auto find_messages(const tools& with, act_request what)
    -> boost::asio::awaitable<seams::result<act_request>>;

} // namespace core::actions
