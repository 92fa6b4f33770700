#pragma once
// Entries of the Tenant Allow/Block List as its cmdlets print them.
#include "mock_graph/tenant/allow_block_list.hpp"

#include <nlohmann/json.hpp>

#include <string_view>

namespace mock_graph::exchange {

/// A row of Get-TenantAllowBlockListItems, or with the state "New" of New-...: fields, order and
/// sidecars as rknightion/graph2otel captured them over this API (allowblocklist_test.go), among
/// them a key of the service's that is spelled wrong. `EntryValueHash` is the base64 of the SHA-256
/// of the value in small letters: so it is in two of those rows. An entry that a mail or click has
/// used would show `LastUsedDate`; here none does.
auto list_row(const tenant::list_entry& entry, std::string_view object_state)
    -> nlohmann::ordered_json;

/// What Remove-TenantAllowBlockListItems prints of an entry that is gone (demisto/content, README
/// of the EWS extension: a row of remote PowerShell; over this API not verified).
auto removed_list_row(const tenant::list_entry& entry) -> nlohmann::ordered_json;

} // namespace mock_graph::exchange
