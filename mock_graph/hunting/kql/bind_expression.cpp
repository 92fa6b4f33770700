#include "mock_graph/hunting/kql/bind_parts.hpp"
#include "mock_graph/hunting/kql/failure.hpp"
#include "mock_graph/hunting/kql/scalars.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::hunting::kql {
namespace {

using json = nlohmann::json;

const auto null_cell = value();
const auto empty_text = value(std::string());

// KQL knows no null string: a null cell of a string column reads as "".
auto column_at(int index, scalar type) -> bound {
  auto made = bound();
  made.type = type;
  made.column = index;
  const auto at = static_cast<std::size_t>(index);
  if (type == scalar::string) {
    made.eval = [at](const row& in, value&) -> const value& {
      return is_null(in[at]) ? empty_text : in[at];
    };
  } else {
    made.eval = [at](const row& in, value&) -> const value& { return in[at]; };
  }
  return made;
}

auto bind_name(const expr& from, const scope& at) -> bound {
  if (const auto index = index_of(at.columns, from.text); index >= 0) {
    return column_at(index, at.columns[static_cast<std::size_t>(index)].type);
  }
  if (const auto* known = at.names.find(from.text); known != nullptr && known->constant) {
    return constant_of(known->constant->constant, known->constant->type);
  }
  fail_semantic(
      at.op, "Failed to resolve scalar expression named '" + from.text + "'", from.offset);
}

auto member_of(const value& cell, const std::string& name) -> value {
  const auto* held = std::get_if<json>(&cell);
  if (held == nullptr || !held->is_object()) {
    return {};
  }
  const auto found = held->find(name);
  return found == held->end() ? value() : from_json(*found);
}

auto element_of(const value& cell, const value& index) -> value {
  if (const auto* name = std::get_if<std::string>(&index)) {
    return member_of(cell, *name);
  }
  const auto* held = std::get_if<json>(&cell);
  const auto number = integer_of(index);
  if (held == nullptr || !held->is_array() || !number) {
    return {};
  }
  const auto size = static_cast<std::int64_t>(held->size());
  const auto place = *number < 0 ? size + *number : *number;
  return place >= 0 && place < size ? from_json((*held)[static_cast<std::size_t>(place)]) : value();
}

auto bind_access(query_context& query, const expr& from, const scope& at) -> bound {
  auto parts = bind_parts(query, from, at);
  if (parts[0].type != scalar::dynamic) {
    fail_semantic(at.op,
                  "Path expression needs a value of type dynamic, not " +
                      std::string(kusto_name(parts[0].type)),
                  from.offset);
  }
  if (from.kind == node::member) {
    return combined(scalar::dynamic, std::move(parts), [name = from.text](arguments args) {
      return member_of(*args[0], name);
    });
  }
  return combined(scalar::dynamic, std::move(parts), [](arguments args) {
    return element_of(*args[0], *args[1]);
  });
}

auto truth(const value& cell) -> std::optional<bool> {
  if (const auto* flag = std::get_if<bool>(&cell)) {
    return *flag;
  }
  const auto held = cast(cell, scalar::boolean);
  const auto* flag = std::get_if<bool>(&held);
  return flag != nullptr ? std::optional(*flag) : std::nullopt;
}

// `and` stops at false, `or` at true; null is neither.
auto bind_logical(query_context& query, const expr& from, const scope& at) -> bound {
  auto parts = bind_parts(query, from, at);
  auto evals = std::vector<evaluator>();
  auto constant = true;
  for (const auto& part : parts) {
    if (part.type != scalar::boolean && part.type != scalar::dynamic) {
      fail_semantic(at.op,
                    "Operator '" + from.text + "' needs operands of type bool, not " +
                        std::string(kusto_name(part.type)),
                    from.offset);
    }
    constant = constant && part.constant;
    evals.push_back(part.eval);
  }
  const auto decisive = from.kind == node::any_of;
  auto made = bound();
  made.type = scalar::boolean;
  made.eval = [evals = std::move(evals), decisive](const row& in, value& out) -> const value& {
    auto unknown = false;
    for (const auto& each : evals) {
      const auto read = truth(each(in, out));
      if (read == decisive) {
        return out = decisive;
      }
      unknown = unknown || !read;
    }
    return out = unknown ? value() : value(!decisive);
  };
  if (constant) {
    auto scratch = value();
    return constant_of(made.eval({}, scratch), scalar::boolean);
  }
  return made;
}

auto negative(const value& cell) -> value {
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
    return *whole == INT64_MIN ? value() : value(-*whole);
  }
  if (const auto* span = std::get_if<seams::duration>(&cell)) {
    return *span == seams::duration::min() ? value() : value(-*span);
  }
  const auto real = number_of(cell);
  return real ? value(-*real) : value();
}

auto bind_minus(query_context& query, const expr& from, const scope& at) -> bound {
  auto parts = bind_parts(query, from, at);
  const auto type = parts[0].type == scalar::dynamic ? scalar::real : parts[0].type;
  if (!is_number(type) && type != scalar::timespan) {
    fail_semantic(
        at.op, "Operator '-' does not fit type " + std::string(kusto_name(type)), from.offset);
  }
  return combined(type, std::move(parts), [](arguments args) { return negative(*args[0]); });
}

// Functions whose unnamed result keeps the name of their first argument.
constexpr auto transparent = std::array<std::string_view, 12>{"bin",
                                                              "floor",
                                                              "tostring",
                                                              "toint",
                                                              "tolong",
                                                              "todouble",
                                                              "toreal",
                                                              "tobool",
                                                              "todatetime",
                                                              "totimespan",
                                                              "todynamic",
                                                              "parse_json"};

} // namespace

auto constant_of(value held, scalar type) -> bound {
  if (type == scalar::string && is_null(held)) {
    held = std::string();
  }
  auto made = bound();
  made.type = type;
  made.constant = held;
  made.eval = [held = std::move(held)](const row&, value&) -> const value& { return held; };
  return made;
}

auto combined(scalar type, std::vector<bound> parts, runner run) -> bound {
  constexpr auto few = std::size_t{4};
  auto evals = std::vector<evaluator>();
  auto constant = true;
  for (auto& part : parts) {
    constant = constant && part.constant;
    evals.push_back(std::move(part.eval));
  }
  auto made = bound();
  made.type = type;
  if (evals.size() <= few) {
    made.eval = [evals, run](const row& in, value& out) -> const value& {
      auto scratch = std::array<value, few>();
      auto args = std::array<const value*, few>();
      for (auto at = std::size_t{0}; at < evals.size(); ++at) {
        args[at] = &evals[at](in, scratch[at]);
      }
      return out = run(arguments(args.data(), evals.size()));
    };
  } else {
    made.eval = [evals, run](const row& in, value& out) -> const value& {
      auto scratch = std::vector<value>(evals.size());
      auto args = std::vector<const value*>(evals.size());
      for (auto at = std::size_t{0}; at < evals.size(); ++at) {
        args[at] = &evals[at](in, scratch[at]);
      }
      return out = run(args);
    };
  }
  if (constant) {
    auto scratch = value();
    return constant_of(made.eval({}, scratch), type);
  }
  return made;
}

auto bind_parts(query_context& query, const expr& from, const scope& at) -> std::vector<bound> {
  auto made = std::vector<bound>();
  for (const auto& arg : from.args) {
    made.push_back(bind_expr(query, *arg, at));
  }
  return made;
}

auto bind_expr(query_context& query, const expr& from, const scope& at) -> bound {
  query.bind_node(from.offset);
  switch (from.kind) {
  case node::literal:
    return constant_of(from.constant, from.type);
  case node::name:
    return bind_name(from, at);
  case node::member:
  case node::element:
    return bind_access(query, from, at);
  case node::call:
    return bind_call(query, from, at);
  case node::minus:
    return bind_minus(query, from, at);
  case node::arithmetic:
    return bind_arithmetic(query, from, at);
  case node::comparison:
    return bind_comparison(query, from, at);
  case node::matching:
    return bind_matching(query, from, at);
  case node::all_of:
  case node::any_of:
    return bind_logical(query, from, at);
  case node::membership:
    return bind_membership(query, from, at);
  case node::between:
    return bind_between(query, from, at);
  case node::star:
  case node::subquery:
    break;
  }
  fail_semantic(at.op, "A scalar expression is expected here", from.offset);
}

auto bind_constant(query_context& query, const expr& from, const scope& at) -> typed_value {
  auto made = bind_expr(query, from, at);
  if (!made.constant) {
    fail_semantic(at.op, "A constant expression is expected here", from.offset);
  }
  return {std::move(*made.constant), made.type};
}

auto bind_count(query_context& query, const expr& from, const scope& at) -> std::size_t {
  const auto read = bind_constant(query, from, at);
  const auto* count = std::get_if<std::int64_t>(&read.constant);
  if (count == nullptr || *count < 0) {
    fail_semantic(at.op, "A number of rows is expected here", from.offset);
  }
  return static_cast<std::size_t>(*count);
}

auto derived_name(const expr& from) -> std::string {
  const auto inner = from.args.empty() ? std::string() : derived_name(*from.args[0]);
  switch (from.kind) {
  case node::name:
    return from.text;
  case node::member:
    return inner.empty() ? inner : inner + "_" + from.text;
  case node::element: {
    const auto* name = std::get_if<std::string>(&from.args[1]->constant);
    return inner.empty() || name == nullptr ? inner : inner + "_" + *name;
  }
  case node::call:
    return std::find(transparent.begin(), transparent.end(), from.text) == transparent.end()
               ? std::string()
               : inner;
  default:
    return {};
  }
}

} // namespace mock_graph::hunting::kql
