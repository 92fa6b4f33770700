#pragma once
// What the name of a field says of its text.
#include "replay/redact/policy.hpp"

#include <string_view>

namespace replay {

enum class field_kind {
  secret, ///< gives access, or is what somebody wanted kept: taken out whole
  plain,  ///< words of the service: stays, less what looks like a name or key
  exact,  ///< the hash of a file: stays
  person, ///< names somebody or something of somebody's
  text,   ///< what people wrote
  id,     ///< tells an object from others
  host,   ///< a domain or the name of a host
  query,  ///< a filter or hunting query, with fields and literals
  unknown
};

/// For members of JSON objects, parameters of URLs and forms, and claims of tokens; any case.
auto kind_of_field(std::string_view name, const redaction_policy& policy) -> field_kind;

/// Whether a "Name", "Key" or "displayName" in an element of the list `holder` names a setting or
/// property, in the service's words, and nobody.
auto names_property(std::string_view field, std::string_view holder) -> bool;

} // namespace replay
