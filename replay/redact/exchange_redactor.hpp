#pragma once
// Redacts whole exchanges, before they go to any disk.
#include "replay/cassette/cassette.hpp"
#include "replay/redact/text_redactor.hpp"

namespace replay {

/// URL, headers and both bodies. A secret that one part names is taken out of all others too, and
/// of exchanges after this one; for those before it, redact them again. Values of cookies and of
/// what authorises are replaced; lengths that a header tells of are left out, since they would be
/// wrong.
auto redacted(const exchange& what, const text_redactor& with) -> exchange;

/// What a cassette's head says of a policy: its name and a digest of its settings.
auto policy_mark(const redaction_policy& policy) -> std::string;

} // namespace replay
