#pragma once
// What the people who run a connector read of its health: one line for each change.
#include "core/store/store.hpp"

namespace core::live {

/// What to change for a state of `feed`; "" where nothing is to be done.
auto remedy_for(const std::string& feed, std::string_view state, std::string_view code)
    -> std::string;

/// "2026-03-10T08:29:16Z alerts: insufficient_permissions (Forbidden): GET … answered 403 …. To
/// mend: …", without a line end and without control characters, whatever a service wrote.
auto health_line(const health_entry& entry) -> std::string;

/// `text` with control characters as blanks: it comes from a service, and goes to a terminal.
auto on_one_line(std::string text) -> std::string;

} // namespace core::live
