#pragma once
// What is new about an audit record: numbers and shapes that no documentation names.
#include <set>
#include <string>
#include <string_view>

namespace core::feeds {

/// Adds to `into`, in words, what is unusual about a record: "record type 9999", or
/// "ModifiedProperties is a string" where a list of {Name, Value} is due. Such records are kept
/// like any other; people and whoever reads them should know.
/// Source: learn.microsoft.com/office/office-365-management-api/
/// office-365-management-activity-api-schema, AuditLogRecordType, and what live tenants showed
/// (management-activity-api sheet, 7.1).
void note_novelties(std::string_view record, std::set<std::string>& into);

} // namespace core::feeds
