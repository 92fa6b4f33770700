#pragma once
// Rows of a message trace report in its Atom form, as the JSON form would give them.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scenarios::audit {

struct atom_page {
  std::vector<std::string> rows; ///< JSON objects, every property a text
  std::string next;              ///< link to the next page, or ""
};

/// Nothing for a body that is no Atom feed. Reads what the mock's Reporting Web Service writes; it
/// is no XML parser.
auto atom_rows(std::string_view body) -> std::optional<atom_page>;

} // namespace scenarios::audit
