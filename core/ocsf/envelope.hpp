#pragma once
// Takes a record out of what pipelines wrap around it.
#include <nlohmann/json.hpp>

#include <string>

namespace core::ocsf {

struct opened {
  nlohmann::json record;
  std::string feed;   ///< the one the envelope names, "" if it names none
  std::string tenant; ///< the tenant it names
};

/// Opens, as often as there is something to open:
/// - diagnostic settings and the streaming API: {"time", "category", "tenantId", "properties":
/// {…}};
/// - our own export: {"feed", "record"};
/// - an audit search: {"RecordType", "AuditData": "{…}"};
/// - rows of Sentinel, whose columns hold JSON in a text, need no opening: paths read through it.
/// A record without an envelope comes back as it is.
[[nodiscard]] auto open_envelope(nlohmann::json record) -> opened;

} // namespace core::ocsf
