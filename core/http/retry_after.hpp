#pragma once
// How long a peer asks to be left alone, and how long to wait where it does not say.
#include "core/seams/choices.hpp"
#include "core/seams/http.hpp"
#include "core/seams/time.hpp"

#include <optional>

namespace core::http {

/// The Retry-After of an answer that arrived at `now`: whole or decimal seconds (Graph has been
/// documented to send "2.128"), or an HTTP date (RFC 9110, 10.2.3). Nothing if absent or neither.
/// At most a day: a longer pause is a mistake of the peer's.
auto retry_after(const seams::headers& fields, seams::instant now)
    -> std::optional<seams::duration>;

/// An HTTP date ("Tue, 10 Mar 2026 08:00:10 GMT"), or nothing.
auto parse_http_date(std::string_view text) -> std::optional<seams::instant>;

/// The pause before try number `attempt` + 1 (from 1): doubles from a second, at most five
/// minutes, of which a half is drawn so that clients do not march in step.
auto back_off(unsigned attempt, seams::choices& chance) -> seams::duration;

} // namespace core::http
