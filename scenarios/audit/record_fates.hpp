#pragma once
// How each record of the ledger fared with a client.
#include "scenarios/audit/connector_audit.hpp"

namespace scenarios::audit {

/// Fills `sources`, `closed`, `not_read` and `records` of an audit until `out.until`; `windows`
/// must be there.
void judge_records(const model::scenario& what,
                   const mock_graph::server::mock_tenant& tenant,
                   const watched_tenant& seen,
                   connector_audit& out);

} // namespace scenarios::audit
