#pragma once
// Path segments of an OData URL, with keys and calls in parentheses taken apart.
#include "mock_graph/odata/error.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mock_graph::odata {

struct argument {
  std::string name;
  std::string value; ///< quotes removed
};

/// One step of a path. `/users('a')` gives two: `users`, and `a` with `is_key`; so routes need to
/// know one form only. `delta()` and `servicePrincipals(appId='x')` give one that is `called`.
struct segment {
  std::string name; ///< percent-decoded
  bool is_key = false;
  bool called = false;
  std::vector<argument> arguments = {};
};

/// Whether the segment is the word `name`, in any case; a key never is. Functions and actions may
/// be qualified, "microsoft.graph.delta()" (OData 4.01, part 2, 4.5.1 and 4.5.2).
auto is_named(const segment& step, std::string_view name) -> bool;

/// Splits a raw path at '/'; empty segments are skipped. 400 for a malformed escape, bytes that are
/// not UTF-8, or more than 64 segments.
auto split_path(std::string_view raw) -> outcome<std::vector<segment>>;

} // namespace mock_graph::odata
