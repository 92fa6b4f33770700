#pragma once
// What a careful reader must not keep: the ledger compares stored bytes with what is left.
#include <string>
#include <string_view>

namespace mock_graph {

/// `raw` with the value of `pc` taken out of every address of a Teams check page: that value is an
/// authentication token (exchange-and-safelinks sheet, 5.4).
auto without_check_token(std::string_view raw) -> std::string;

/// `raw` without that token, with an empty list for what a DLP rule matched, `DetectedValues`
/// (management-activity-api sheet, 7.8), and with empty texts for old and new values of modified
/// properties that describe credentials (graph-directory-mail-actions sheet, directoryAudits). All
/// other bytes stay. What is no JSON ends before the name of such a list.
auto without_secrets(std::string_view raw) -> std::string;

} // namespace mock_graph
