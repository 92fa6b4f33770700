#pragma once
// The Atom form of a report: OData version 2.
#include "core/seams/time.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace mock_graph::mail_flow {

struct atom_entry {
  std::string id;                    ///< its URL
  nlohmann::ordered_json properties; ///< strings, numbers and nulls; times as of `atom_time`
};

struct atom_feed {
  std::string url; ///< of the report
  seams::instant updated;
  std::vector<atom_entry> entries;
  std::string next; ///< "" on the last page
};

/// `2026-03-10T00:01:00` or with up to seven further digits: Edm.DateTime has no zone.
auto atom_time(seams::instant at) -> std::string;

/// The feed with `id`, `updated`, an entry for each row and `m:type` at what is no string.
/// Source: MS-ODATA 2.2.6.2 (AtomPub format of version 2); types of the fields:
/// learn.microsoft.com/previous-versions/office/developer/o365-enterprise-developers/
/// jj984335(v=office.15).
auto to_text(const atom_feed& feed) -> std::string;

} // namespace mock_graph::mail_flow
