#pragma once
// The error answers of Exchange's admin API, Azure Resource Manager and of two Defenders.
#include "core/seams/http.hpp"

#include <string>
#include <string_view>

namespace mock_graph::errors {

/// Exchange's envelope: the outer message is always "Invalid Operation", what helps stands inside
/// (observed by rknightion/graph2otel; exchange-and-safelinks sheet, 2.4). `type` is the .NET type
/// of the exception.
auto exchange(int status, std::string_view code, std::string_view type, std::string_view text)
    -> seams::response;

/// What Exchange answers where a cmdlet is not for this app: a 403 of NUL bytes that says it is
/// gzip and is not (the same source).
auto exchange_forbidden() -> seams::response;

/// Azure Resource Manager wraps its errors as {"error":{"code","message"}}
/// (defender-cloudapps-azure sheet, 3).
auto resource_manager(int status, std::string_view code, std::string_view message)
    -> seams::response;

/// Bodies of Defender for Cloud Apps' errors are not documented (MicrosoftDocs/CloudAppSecurityDocs
/// issue 628): a status, and `detail` as plain JSON where there is something to say [inferred].
auto cloud_apps(int status, std::string_view detail) -> seams::response;

/// Defender for Endpoint's `{"error":{"code","message","target"}}`; `target` is what support asks
/// for. Source: learn.microsoft.com/defender-endpoint/api/common-errors.
auto defender(int status, std::string_view code, std::string_view message, std::string_view target)
    -> seams::response;

} // namespace mock_graph::errors
