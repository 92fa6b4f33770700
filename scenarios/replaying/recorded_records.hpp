#pragma once
// The records that a cassette holds, for a tenant model that serves them to anybody who asks.
#include "mock_graph/tenant/events.hpp"
#include "replay/cassette/cassette.hpp"

namespace scenarios::replaying {

/// Each record of each answer 200 of a list of Graph or of audit content, byte for byte, visible
/// from when it was first seen. Lists that a model cannot serve from records alone (hunting, delta
/// lists, message traces, cmdlets) are left out.
auto recorded_records(const replay::cassette& tape) -> std::vector<mock_graph::tenant::event>;

} // namespace scenarios::replaying
