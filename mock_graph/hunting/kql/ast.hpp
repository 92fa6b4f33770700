#pragma once
// The tree of a parsed query: scripts, pipelines, operators, expressions.
#include "mock_graph/hunting/table.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mock_graph::hunting::kql {

struct expr;
struct pipeline;
using expr_ptr = std::unique_ptr<expr>;

enum class node {
  literal,    ///< `constant`, `type`
  name,       ///< `text`
  star,       ///< `*`, or a pattern such as `Sender*` in `text`
  member,     ///< args[0] . text
  element,    ///< args[0] [ args[1] ]
  call,       ///< text ( args )
  minus,      ///< - args[0]
  arithmetic, ///< args[0] text args[1], text one of + - * / %
  comparison, ///< text one of == != =~ !~ < <= > >=
  matching,   ///< text one of has, contains, startswith, "matches regex" …
  all_of,     ///< args joined by `and`
  any_of,     ///< args joined by `or`
  membership, ///< args[0] text (args[1]…), text one of in, in~, has_any, has_all
  between,    ///< args[0] between (args[1] .. args[2])
  subquery    ///< `query`
};

struct expr {
  node kind = node::literal;
  std::size_t offset = 0;
  std::string text = {};
  bool negated = false; ///< !in, !has, !between …
  value constant = {};
  scalar type = scalar::dynamic;
  std::vector<expr_ptr> args = {};
  std::unique_ptr<pipeline> query = {};
  int height = 1;
};

/// One of the comma-separated parts of an operator.
struct item {
  std::string name; ///< left of `=`, empty if there is none
  expr_ptr what;
  std::size_t offset = 0;
  std::optional<scalar> as; ///< to typeof(…)
  std::optional<bool> ascending;
  std::optional<bool> nulls_first;
};

/// One step of a pipeline, `| name …`.
struct operation {
  std::string name;
  std::size_t offset = 0;
  std::vector<item> items;
  std::vector<item> by;
  std::vector<expr_ptr> tables;               ///< of join and union
  std::map<std::string, std::string> options; ///< kind=, withsource= …
  expr_ptr count;                             ///< of take, top, mv-expand limit
  std::vector<column> schema;                 ///< of datatable
};

/// `source | step | step`. Without a source the first step makes the rows (union, print …).
struct pipeline {
  std::size_t offset = 0;
  expr_ptr source;
  std::vector<operation> steps;
};

struct script;

struct parameter {
  std::string name;
  std::optional<scalar> type; ///< none: a table
};

/// `let name = what` or `let name = (parameters) { body }`.
struct definition {
  std::string name;
  std::size_t offset = 0;
  expr_ptr what;
  std::vector<parameter> parameters;
  std::shared_ptr<const script> body;
};

struct script {
  std::vector<definition> lets;
  expr_ptr result;
};

} // namespace mock_graph::hunting::kql
