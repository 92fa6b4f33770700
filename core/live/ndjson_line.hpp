#pragma once
// A stored record as one line of JSON, for whoever reads the export.
#include "core/store/store.hpp"

namespace core::live {

/// {"feed","connector_type","key","version","event_time","received_at","cuts","record"} and a line
/// end. `record` holds the exact bytes that arrived, save that line breaks between tokens become
/// blanks. Bytes that are no JSON stand as base64 in `record_base64` instead. Members that say
/// nothing (no version, no time, no cut) are null or an empty list. Always valid UTF-8.
auto ndjson_line(const stored_record& what) -> std::string;

} // namespace core::live
