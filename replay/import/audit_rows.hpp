#pragma once
// Rows of Search-UnifiedAuditLog and of Purview's audit search: the record is a text in them.
#include "core/seams/result.hpp"

#include <string>
#include <string_view>

namespace replay {

/// The record in `AuditData`: JSON text, or JSON itself. Fails with why there is none; a text that
/// ends in the middle is named as what a spreadsheet cut (32,767 characters a cell).
auto record_in_audit_data(std::string_view audit_data) -> seams::result<std::string>;

} // namespace replay
