#pragma once
// Lays a tape at another time: what was recorded then happens now.
#include "replay/cassette/cassette.hpp"
#include "replay/match/dates_in_text.hpp"

namespace replay {

/// Dates further from the recording than this are about something else and stay: what was long ago
/// (an account that is years old), and the end of time. Credentials end years ahead.
constexpr auto moved_before = std::chrono::days{400};
constexpr auto moved_after = std::chrono::days{3650};

/// The shift that lays a tape of that base time at `start`: in whole seconds.
auto shift_to(seams::instant base, seams::instant start) -> date_shift;

/// Moves base time, URLs, headers and bodies, of questions and answers, so that links still fit the
/// requests that follow them. A shift of zero leaves every byte as it is.
void lay(cassette& tape, const date_shift& how);

} // namespace replay
