#pragma once
// Whether the connector behaved on the wire: pauses kept, tokens fit, nothing changed in the
// tenant.
#include "mock_graph/journal.hpp"
#include "scenarios/run/trace.hpp"

#include <set>
#include <string>
#include <vector>

namespace scenarios::run {

/// Requests sent before a `Retry-After` of the same bucket had passed. A bucket is what the service
/// throttles together, for one app in one tenant. Of Graph: hunting, alerts and incidents, each for
/// itself; auditLogs; identityProtection; admin (message traces); mailbox settings; everything else
/// is the directory's (learn.microsoft.com/graph/throttling-limits). Azure Resource Manager counts
/// by subscription (learn.microsoft.com/azure/azure-resource-manager/management/
/// request-limits-and-throttling), the Management API and Defender for Cloud Apps by tenant (their
/// references), so that their hosts are one bucket each. Exchange publishes nothing: its cmdlets
/// and its reports are services of their own.
auto early_requests(const std::vector<exchange_note>& exchanges) -> std::vector<std::string>;

/// Requests without a token, with one that had expired or was made for something else, or that
/// carried a token to a foreign host. A refusal that a fault caused does not count.
auto token_misuse(const mock_graph::journal& requests) -> std::vector<std::string>;

/// Requests that would change the tenant. Login, hunting queries, subscription starts and batches,
/// whose parts stand in the journal too, are the only POSTs of a read-only connector.
auto writes(const mock_graph::journal& requests) -> std::vector<std::string>;

/// The value of a Retry-After header as a span: integer or decimal seconds, or an HTTP date
/// (RFC 9110, 10.2.3) seen at `now`. Nothing if it is neither.
auto parse_retry_after(std::string_view text, seams::instant now) -> std::optional<seams::duration>;

} // namespace scenarios::run
