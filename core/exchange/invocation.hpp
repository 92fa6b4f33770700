#pragma once
// One cmdlet of Exchange Online as an HTTP call, and what its refusals mean.
#include "core/api/api_client.hpp"

namespace core::exchange {

/// The application permission that lets an app in. What it may run then depends on a directory role
/// of its service principal, which no token shows.
inline constexpr auto app_role = std::string_view("Exchange.ManageAsApp");

/// POST InvokeCommand, with the anchor that next links need. `parameters` is a JSON object.
/// Whatever does not read is sent once (`api::call::once`): the caller looks before it sends again.
/// Source: the interface of the Exchange Online PowerShell module, as used by
/// KelvinTegelaar/CIPP-API New-ExoRequest.ps1 and rknightion/graph2otel internal/exoclient.
auto invocation(const connector_config& config,
                std::string_view cmdlet,
                std::string_view parameters,
                int page_size) -> api::call;

/// The failure with the grant that is missing as its code: Exchange tells the two apart by the
/// status alone, 401 "app_role_missing" and 403 "directory_role_missing".
auto named_grant(seams::failure why, std::string_view cmdlet) -> seams::failure;

/// "Expired or Invalid pagination request": the rest of the list cannot be had.
auto is_dead_link(const seams::failure& why) -> bool;

/// The answer says that it is not all.
auto has_warnings(std::string_view body) -> bool;

} // namespace core::exchange
