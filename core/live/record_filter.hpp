#pragma once
// Which stored records somebody wants to see.
#include "core/store/store.hpp"

namespace core::live {

/// An empty member does not restrict; all that are set must hold.
struct record_filter {
  std::string feed;
  std::string connector_type;
  std::string key;
  std::string user; ///< some text of the record equals it, letter case aside
  std::string url;  ///< some text of the record contains it, letter case aside
  /// Bounds on when it happened, or was received where the record does not say.
  std::optional<seams::instant> since; ///< included
  std::optional<seams::instant> until; ///< excluded
};

/// What the store itself can look for.
auto query_of(const record_filter& filter) -> record_query;

/// The rest. Texts are compared as decoded JSON, at any depth; in JSON within a text (AuditData and
/// the like) too. A record that is no JSON is searched as it stands.
auto matches(const record_filter& filter, const stored_record& what) -> bool;

} // namespace core::live
