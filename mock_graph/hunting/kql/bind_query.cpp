#include "mock_graph/hunting/kql/failure.hpp"
#include "mock_graph/hunting/kql/operators.hpp"
#include "mock_graph/hunting/kql/scalars.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <array>

namespace mock_graph::hunting::kql {
namespace {

constexpr auto calls_max = 16; // a function that calls itself must end

/// A table of the database, inside the request's time span.
class source final : public relation {
public:
  source(query_context& query, const table_source& table)
      : relation(table.columns(), 1), query_(query), table_(table),
        time_at_(index_of(columns(), "Timestamp")) {
    if (time_at_ >= 0 && columns()[static_cast<std::size_t>(time_at_)].type != scalar::datetime) {
      time_at_ = -1;
    }
  }

  void scan(const time_range& wanted, const sink& out) const override {
    query_.step();
    const auto span = query_.timespan;
    table_.scan(narrowed(wanted, span), [&](const row& in) {
      query_.step();
      return !visible(in, span) || out(in);
    });
  }

private:
  [[nodiscard]] auto visible(const row& in, const time_range& span) const -> bool {
    if (time_at_ < 0) {
      return true;
    }
    const auto* at = std::get_if<seams::instant>(&in[static_cast<std::size_t>(time_at_)]);
    return at == nullptr || (*at >= span.from && *at <= span.to);
  }

  query_context& query_;
  const table_source& table_;
  int time_at_;
};

using binder = relation_ptr (*)(const step_input&);

struct named_binder {
  std::string_view name;
  binder bind;
};

constexpr auto binders = std::array{named_binder{"where", bind_where},
                                    named_binder{"project", bind_project},
                                    named_binder{"extend", bind_extend},
                                    named_binder{"project-rename", bind_rename},
                                    named_binder{"project-away", bind_project_away},
                                    named_binder{"project-keep", bind_project_keep},
                                    named_binder{"project-reorder", bind_reorder},
                                    named_binder{"take", bind_take},
                                    named_binder{"count", bind_count_rows},
                                    named_binder{"getschema", bind_getschema},
                                    named_binder{"summarize", bind_summarize},
                                    named_binder{"distinct", bind_distinct},
                                    named_binder{"sort", bind_sort},
                                    named_binder{"top", bind_top},
                                    named_binder{"join", bind_join},
                                    named_binder{"union", bind_union},
                                    named_binder{"mv-expand", bind_expand},
                                    named_binder{"evaluate", bind_bag_unpack}};

auto bind_step(const step_input& in) -> relation_ptr {
  in.query.bind_node(in.op.offset);
  if (in.op.name == "render" || in.op.name == "serialize") {
    return in.input;
  }
  for (const auto& each : binders) {
    if (each.name == in.op.name) {
      auto made = each.bind(in);
      if (made->depth() > in.query.bounds.height_max) {
        fail_too_large("The query has too many operators in a chain.", in.op.offset);
      }
      return made;
    }
  }
  fail_unsupported("operator '" + in.op.name + "'", in.op.offset);
}

auto bind_first(query_context& query, const operation& op, const environment& names)
    -> relation_ptr {
  const auto in = step_input{query, op, nullptr, names};
  if (op.name == "print") {
    return bind_print(in);
  }
  if (op.name == "datatable") {
    return bind_datatable(in);
  }
  if (op.name == "union") {
    return bind_union(in);
  }
  fail_unsupported("operator '" + op.name + "' at the start of a query", op.offset);
}

auto bind_pipeline(query_context& query,
                   const pipeline& from,
                   const environment& names,
                   std::string_view reader) -> relation_ptr {
  auto next = from.steps.begin();
  auto made = relation_ptr();
  if (from.source) {
    const auto op = next == from.steps.end() ? reader : std::string_view(next->name);
    made = bind_table(query, *from.source, names, op);
  } else {
    made = bind_first(query, *next++, names);
  }
  for (; next != from.steps.end(); ++next) {
    if (next->name == "print" || next->name == "datatable") {
      fail_unsupported("operator '" + next->name + "' after '|'", next->offset);
    }
    made = bind_step({query, *next, std::move(made), names});
  }
  return made;
}

auto bind_table_name(query_context& query,
                     const expr& from,
                     const environment& names,
                     std::string_view op) -> relation_ptr {
  const auto* known = names.find(from.text);
  if (known != nullptr && known->table) {
    return known->table;
  }
  const auto* table = known == nullptr ? query.tables.find(from.text) : nullptr;
  if (table == nullptr) {
    fail_semantic(
        op, "Failed to resolve table or column expression named '" + from.text + "'", from.offset);
  }
  return std::make_shared<source>(query, *table);
}

auto bind_table_call(query_context& query,
                     const expr& from,
                     const environment& names,
                     std::string_view op) -> relation_ptr {
  static const auto no_columns = std::vector<column>();
  if ((from.text == "materialize" || from.text == "view") && from.args.size() == 1) {
    return bind_table(query, *from.args[0], names, op);
  }
  const auto* known = names.find(from.text);
  if (from.text == "table" && from.args.size() == 1 && known == nullptr) {
    const auto at = scope{no_columns, names, op};
    const auto name = text_of(bind_constant(query, *from.args[0], at).constant);
    return bind_table_name(query, expr{node::name, from.offset, name}, environment(), op);
  }
  if (known == nullptr || known->function == nullptr) {
    fail_unsupported("function '" + from.text + "' as a table", from.offset);
  }
  const auto& home = *names.home(from.text);
  const auto inner = bind_arguments(query, *known->function, from, {no_columns, names, op}, home);
  ++query.calls;
  auto made = bind_script(query, *known->function->body, inner);
  --query.calls;
  return made;
}

} // namespace

auto environment::find(std::string_view name) const -> const meaning* {
  const auto* where = home(name);
  return where == nullptr ? nullptr : &where->names.find(name)->second;
}

auto environment::home(std::string_view name) const -> const environment* {
  for (const auto* each = this; each != nullptr; each = each->outer) {
    if (each->names.find(name) != each->names.end()) {
      return each;
    }
  }
  return nullptr;
}

auto bind_table(query_context& query,
                const expr& from,
                const environment& names,
                std::string_view op) -> relation_ptr {
  query.bind_node(from.offset);
  switch (from.kind) {
  case node::name:
    return bind_table_name(query, from, names, op);
  case node::subquery:
    return bind_pipeline(query, *from.query, names, op);
  case node::call:
    return bind_table_call(query, from, names, op);
  default:
    fail_semantic(op, "A table is expected here", from.offset);
  }
}

auto is_tabular(query_context& query, const expr& from, const scope& at) -> bool {
  const auto* known =
      from.kind == node::name || from.kind == node::call ? at.names.find(from.text) : nullptr;
  if (from.kind == node::name) {
    return index_of(at.columns, from.text) < 0 &&
           (known != nullptr ? known->table != nullptr : query.tables.find(from.text) != nullptr);
  }
  if (from.kind != node::call) {
    return from.kind == node::subquery;
  }
  if (known == nullptr) {
    return from.text == "materialize" || from.text == "table";
  }
  const auto* result = known->function != nullptr ? known->function->body->result.get() : nullptr;
  if (result == nullptr) {
    return false;
  }
  return result->kind == node::subquery ||
         (result->kind == node::name && query.tables.find(result->text) != nullptr);
}

void bind_lets(query_context& query, const script& from, environment& names) {
  static const auto no_columns = std::vector<column>();
  for (const auto& each : from.lets) {
    const auto at = scope{no_columns, names, ""};
    auto made = meaning();
    if (each.body) {
      made.function = &each;
    } else if (is_tabular(query, *each.what, at)) {
      made.table = bind_table(query, *each.what, names, "");
    } else if (each.what->kind == node::name && names.find(each.what->text) == nullptr) {
      fail_semantic("",
                    "Failed to resolve table or column expression named '" + each.what->text + "'",
                    each.what->offset);
    } else {
      made.constant = bind_constant(query, *each.what, at);
    }
    names.names[each.name] = std::move(made);
  }
}

auto bind_script(query_context& query, const script& from, const environment& outer)
    -> relation_ptr {
  auto names = environment{&outer, {}};
  bind_lets(query, from, names);
  return bind_table(query, *from.result, names, "");
}

auto bind_arguments(query_context& query,
                    const definition& function,
                    const expr& call,
                    const scope& at,
                    const environment& home) -> environment {
  if (query.calls >= calls_max) {
    fail_too_large("Functions call each other too deeply.", call.offset);
  }
  if (call.args.size() != function.parameters.size()) {
    fail_semantic(at.op,
                  "Function '" + function.name + "' cannot be called with " +
                      std::to_string(call.args.size()) + " arguments",
                  call.offset);
  }
  auto made = environment{&home, {}};
  for (auto place = std::size_t{0}; place < call.args.size(); ++place) {
    const auto& wanted = function.parameters[place];
    auto given = meaning();
    if (!wanted.type) {
      given.table = bind_table(query, *call.args[place], at.names, at.op);
    } else {
      auto read = bind_constant(query, *call.args[place], at);
      given.constant = typed_value{cast(read.constant, *wanted.type), *wanted.type};
    }
    made.names[wanted.name] = std::move(given);
  }
  return made;
}

} // namespace mock_graph::hunting::kql
