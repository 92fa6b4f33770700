#pragma once
// Makes a recording as short as it can be while a replay of it still shows a failure.
#include "mock_graph/login/keys.hpp"
#include "scenarios/shrinking/shrink.hpp"

namespace scenarios::shrinking {

/// As `shrink`, for a cassette or HTTP archive: leaves out exchanges while one of the failures
/// whose text holds `keep` remains. Failures of a replay are "health FEED STATE CODE" for each
/// state but "ok", "unmatched METHOD URL", "before Retry-After: ..." and "trouble: ...". Writes a
/// cassette and a README into `out`.
[[nodiscard]] auto shrink_tape(const shrink_options& options,
                               const mock_graph::login::signing_key& key,
                               std::ostream& out,
                               std::ostream& err,
                               const std::atomic<bool>& interrupted) -> int;

} // namespace scenarios::shrinking
