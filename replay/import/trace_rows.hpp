#pragma once
// Message traces of the Reporting Web Service, PowerShell and the Exchange admin centre in the form
// in which Graph lists them.
#include "core/seams/result.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace replay {

/// Whether these columns are those of a message trace: the recipient, when it was received, and the
/// status. Names compare without regard to case, blanks and underscores.
auto is_trace_header(std::span<const std::string> names) -> bool;

/// Reads one member or column by its name without blanks and underscores, in lower case.
using trace_column = std::function<std::string(std::string_view name)>;

/// A row of `exchangeMessageTrace` (learn.microsoft.com/graph/api/resources/exchangemessagetrace).
/// A row without a trace id gets one that depends on its content. Fails if the recipient is missing
/// or the date cannot be read.
auto graph_trace(const trace_column& column) -> seams::result<std::string>;

/// The same of a JSON row in the words of the Reporting Web Service.
auto graph_trace(std::string_view report_row) -> seams::result<std::string>;

/// The name of a column without blanks, hyphens and underscores, in lower case.
auto plain_column_name(std::string_view name) -> std::string;

/// A GUID that depends on the content alone.
auto guid_of_content(std::string_view content) -> std::string;

} // namespace replay
