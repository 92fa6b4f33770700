#include "mock_graph/hunting/kql/aggregates.hpp"
#include "mock_graph/hunting/kql/bind_parts.hpp"
#include "mock_graph/hunting/kql/failure.hpp"
#include "mock_graph/hunting/kql/scalars.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::hunting::kql {
namespace {

void need_count(const expr& from, std::size_t least, std::size_t most, const scope& at) {
  if (from.args.size() < least || from.args.size() > most) {
    fail_semantic(at.op,
                  "Function '" + from.text + "' cannot be called with " +
                      std::to_string(from.args.size()) + " arguments",
                  from.offset);
  }
}

// iff(test, a, b) is case(test, a, b); the last argument is the else branch.
auto bind_case(query_context& query, const expr& from, const scope& at) -> bound {
  if (from.args.size() % 2 == 0) {
    need_count(from, 1, 0, at);
  }
  auto parts = bind_parts(query, from, at);
  auto types = std::vector<scalar>();
  for (auto place = std::size_t{0}; place < parts.size(); ++place) {
    const auto test = place % 2 == 0 && place + 1 < parts.size();
    if (!test) {
      types.push_back(parts[place].type);
    } else if (parts[place].type != scalar::boolean && parts[place].type != scalar::dynamic) {
      fail_semantic(at.op, "Function '" + from.text + "' needs a test of type bool", from.offset);
    }
  }
  const auto type = common_type(types, from, at);
  return combined(type, std::move(parts), [type](arguments args) -> value {
    auto place = std::size_t{0};
    for (; place + 1 < args.size(); place += 2) {
      const auto test = cast(*args[place], scalar::boolean);
      if (test == value(true)) {
        return cast(*args[place + 1], type);
      }
    }
    return cast(*args[place], type);
  });
}

auto bind_coalesce(query_context& query, const expr& from, const scope& at) -> bound {
  need_count(from, 1, any_count, at);
  auto parts = bind_parts(query, from, at);
  auto types = std::vector<scalar>();
  for (const auto& part : parts) {
    types.push_back(part.type);
  }
  const auto type = common_type(types, from, at);
  return combined(type, std::move(parts), [type](arguments args) -> value {
    for (const auto* each : args) {
      if (!is_null(*each) && (type != scalar::string || !text_of(*each).empty())) {
        return cast(*each, type);
      }
    }
    return absent(type);
  });
}

auto bind_toscalar(query_context& query, const expr& from, const scope& at) -> bound {
  need_count(from, 1, 1, at);
  if (!is_tabular(query, *from.args[0], at)) {
    return bind_expr(query, *from.args[0], at);
  }
  const auto table = bind_table(query, *from.args[0], at.names, at.op);
  if (table->columns().empty()) {
    fail_semantic(at.op, "A table with a column is expected here", from.offset);
  }
  const auto type = table->columns()[0].type;
  auto first = absent(type);
  table->scan({}, [&](const row& each) {
    first = each[0];
    return false;
  });
  return constant_of(std::move(first), type);
}

auto bind_column_if_exists(query_context& query, const expr& from, const scope& at) -> bound {
  need_count(from, 2, 2, at);
  const auto name = text_of(bind_constant(query, *from.args[0], at).constant);
  if (index_of(at.columns, name) < 0) {
    return bind_expr(query, *from.args[1], at);
  }
  auto column_name = expr{node::name, from.offset, name};
  return bind_expr(query, column_name, at);
}

auto bind_body(query_context& query, const expr& from, const scope& at, const meaning& known)
    -> bound {
  const auto& home = *at.names.home(from.text);
  auto inner = bind_arguments(query, *known.function, from, at, home);
  ++query.calls;
  bind_lets(query, *known.function->body, inner);
  static const auto no_columns = std::vector<column>();
  auto made = bind_expr(query, *known.function->body->result, {no_columns, inner, at.op, nullptr});
  --query.calls;
  return made;
}

// A scalar body may use columns only through parameters, which are passed as constants; a row's
// cells reach it by binding the body over the caller's columns.
auto bind_scalar_function(query_context& query,
                          const expr& from,
                          const scope& at,
                          const meaning& known) -> bound {
  const auto& function = *known.function;
  auto parts = std::vector<bound>();
  auto columns = std::vector<column>();
  for (auto place = std::size_t{0}; place < from.args.size(); ++place) {
    if (place >= function.parameters.size() || !function.parameters[place].type) {
      return bind_body(query, from, at, known);
    }
    parts.push_back(bind_expr(query, *from.args[place], at));
    columns.push_back({function.parameters[place].name, *function.parameters[place].type});
  }
  const auto constant =
      std::all_of(parts.begin(), parts.end(), [](const bound& part) { return !!part.constant; });
  if (constant || parts.size() != function.parameters.size()) {
    return bind_body(query, from, at, known);
  }
  auto inner = environment{at.names.home(from.text), {}};
  ++query.calls;
  bind_lets(query, *function.body, inner);
  const auto body = bind_expr(query, *function.body->result, {columns, inner, at.op, nullptr});
  --query.calls;
  return combined(body.type, std::move(parts), [body, columns](arguments args) -> value {
    auto cells = row();
    for (auto place = std::size_t{0}; place < args.size(); ++place) {
      cells.push_back(cast(*args[place], columns[place].type));
    }
    auto scratch = value();
    return body.eval(cells, scratch);
  });
}

// extract(pattern, group, text, typeof(T))
auto bind_typed_extract(query_context& query, const expr& from, const scope& at) -> bound {
  if (from.args[3]->kind != node::call || from.args[3]->text != "typeof") {
    need_count(from, 3, 3, at);
  }
  const auto type = from.args[3]->type;
  auto parts = std::vector<bound>();
  for (auto place = std::size_t{0}; place < 3; ++place) {
    parts.push_back(bind_expr(query, *from.args[place], at));
  }
  const auto* plain_extract = find_function("extract");
  return combined(
      type, std::move(parts), [type, plain_extract, &env = query.env](arguments args) -> value {
        return cast(plain_extract->run(env, args), type);
      });
}

auto bind_builtin(query_context& query,
                  const expr& from,
                  const scope& at,
                  const function_info& info) -> bound {
  need_count(from, info.args_min, info.args_max, at);
  auto parts = bind_parts(query, from, at);
  auto types = std::vector<scalar>();
  for (const auto& part : parts) {
    types.push_back(part.type);
  }
  if (info.regex_at >= 0) {
    const auto& pattern = parts[static_cast<std::size_t>(info.regex_at)].constant;
    if (pattern && !query.regexes.valid(text_of(*pattern))) {
      fail_semantic(at.op, "Regex pattern is malformed: " + query.regexes.problem(), from.offset);
    }
  }
  return combined(info.type(types),
                  std::move(parts),
                  [run = info.run, &env = query.env](arguments args) { return run(env, args); });
}

using special = bound (*)(query_context&, const expr&, const scope&);

struct named_special {
  std::string_view name;
  special bind;
};

constexpr auto specials = std::array{named_special{"iff", bind_case},
                                     named_special{"iif", bind_case},
                                     named_special{"case", bind_case},
                                     named_special{"coalesce", bind_coalesce},
                                     named_special{"toscalar", bind_toscalar},
                                     named_special{"column_ifexists", bind_column_if_exists},
                                     named_special{"columnifexists", bind_column_if_exists}};

} // namespace

auto common_type(const std::vector<scalar>& types, const expr& from, const scope& at) -> scalar {
  auto made = types.at(0);
  for (const auto type : types) {
    if (is_number(made) && is_number(type)) {
      made = made == scalar::real || type == scalar::real ? scalar::real
             : made == type                               ? made
                                                          : scalar::int64;
    } else if (made == scalar::dynamic || type == scalar::dynamic) {
      made = scalar::dynamic;
    } else if (made != type) {
      fail_semantic(at.op,
                    "Function '" + from.text + "' needs values of one type, not " +
                        std::string(kusto_name(made)) + " and " + std::string(kusto_name(type)),
                    from.offset);
    }
  }
  return made;
}

auto bind_call(query_context& query, const expr& from, const scope& at) -> bound {
  if (const auto* known = at.names.find(from.text); known != nullptr && known->function) {
    return bind_scalar_function(query, from, at, *known);
  }
  if (is_aggregate(from.text)) {
    if (at.slots == nullptr) {
      fail_semantic(
          at.op, "Aggregate function '" + from.text + "' is not expected here", from.offset);
    }
    return at.slots->add(query, from, at);
  }
  for (const auto& each : specials) {
    if (each.name == from.text) {
      return each.bind(query, from, at);
    }
  }
  if (from.text == "extract" && from.args.size() == 4) {
    return bind_typed_extract(query, from, at);
  }
  const auto* info = find_function(from.text);
  if (info == nullptr) {
    fail_unsupported("function '" + from.text + "'", from.offset);
  }
  if (from.text.ends_with("null") && from.args.size() == 1) {
    // A string is never null, whatever its column holds.
    auto part = bind_expr(query, *from.args[0], at);
    if (part.type == scalar::string) {
      return constant_of(from.text != "isnull", scalar::boolean);
    }
  }
  return bind_builtin(query, from, at, *info);
}

} // namespace mock_graph::hunting::kql
