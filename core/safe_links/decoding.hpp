#pragma once
// What a rewritten address says, for people who hold one in their hands.
#include "core/clicks/safe_link.hpp"
#include "core/safe_links/commands.hpp"

namespace core::safe_links {

/// All that can be read from `address` without asking anybody: {"form", "target", "recipient",
/// "network_message_id", "received_at", "tenant_id", "rewritten_at", "nested"}; what is missing is
/// null. A Teams link's own address is not repeated: it carries a token. Null if `address` is no
/// rewritten one. `tenant_id` of one's own, if known, tells whether the link claims to be from
/// there; nothing proves it, as the signature cannot be checked.
auto decode(std::string_view address, std::string_view own_tenant) -> object;

/// When a message with that NetworkMessageId (32 hexadecimal digits) was received: the last twelve
/// are the top 48 bits of .NET ticks (six of six public links; exchange-and-safelinks sheet, 5.3).
auto received_at(std::string_view network_message_id) -> std::optional<seams::instant>;

} // namespace core::safe_links
