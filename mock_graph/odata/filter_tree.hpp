#pragma once
// The tree of a $filter, and the steps that make, check and use it. Other modules use filter.hpp.
#include "mock_graph/odata/error.hpp"
#include "mock_graph/odata/schema.hpp"
#include "mock_graph/odata/value.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mock_graph::odata {

struct expression;
using expression_ptr = std::unique_ptr<expression>;

struct constant {
  value content;
  std::optional<kind> type; ///< nothing for null
};

/// `a/b/c`. The root is the entity, or the element a lambda variable stands for.
struct property_path {
  std::vector<std::string> names; ///< without the variable; may be empty then
  int variable = -1;              ///< index among the open lambdas, outermost 0; -1: the entity
  kind type = kind::untyped;      ///< set by the type check
  kind element = kind::untyped;   ///< of a collection; set by the type check
};

enum class relation { equal, not_equal, greater, greater_equal, less, less_equal };

struct comparison {
  relation op{};
  expression_ptr left;
  expression_ptr right;
  bool ignoring_case = false;         ///< GUIDs and enumeration members
  std::vector<std::string> members{}; ///< lower case; the order of an enumeration
};

struct membership {
  expression_ptr left;
  std::vector<constant> among;
  bool ignoring_case = false;
};

/// `and`, `or`: any number of operands, so that long chains do not make a deep tree.
struct junction {
  bool all = false;
  std::vector<expression_ptr> parts;
};

struct negation {
  expression_ptr operand;
};

enum class function { contains, starts_with, ends_with, to_lower, to_upper, length };

struct call {
  function which{};
  std::vector<expression_ptr> arguments;
};

struct lambda {
  bool all = false;
  property_path collection;
  expression_ptr body; ///< absent in `any()`
};

struct expression {
  std::variant<constant, property_path, comparison, membership, junction, negation, call, lambda>
      form;
};

constexpr auto filter_bytes_max = std::size_t{16} * 1024;
constexpr auto filter_depth_max = 100; ///< Microsoft's library refuses depth too; its limit differs

/// Text to tree; names are not looked up yet.
auto parse_filter_tree(std::string_view text) -> outcome<expression_ptr>;

/// Looks every name up in `schema`, refuses what does not fit, and notes in the tree what
/// evaluation needs. The whole must be a truth value.
auto check_types(expression& root, const entity_schema& schema) -> std::optional<api_error>;

/// The value of `root` for `entity`: a boolean or null, OData's three-valued logic.
template <class Json> auto evaluate(const expression& root, const Json& entity) -> value;

extern template auto evaluate(const expression&, const nlohmann::json&) -> value;
extern template auto evaluate(const expression&, const nlohmann::ordered_json&) -> value;

} // namespace mock_graph::odata
