#include "mock_graph/hunting/kql/failure.hpp"
#include "mock_graph/hunting/kql/operators.hpp"
#include "mock_graph/hunting/kql/scalars.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <algorithm>

namespace mock_graph::hunting::kql {
namespace {

class projection final : public relation {
public:
  projection(relation_ptr input, std::vector<column> columns, std::vector<bound> cells)
      : relation(std::move(columns), input->depth() + 1), input_(std::move(input)),
        cells_(std::move(cells)) {
    const auto mine = index_of(this->columns(), "Timestamp");
    const auto source = mine < 0 ? -1 : cells_[static_cast<std::size_t>(mine)].column;
    keeps_time_ = source >= 0 && source == index_of(input_->columns(), "Timestamp");
  }

  // The bounds of `Timestamp` reach through as long as it is the same column.
  void scan(const time_range& wanted, const sink& out) const override {
    auto made = row(cells_.size());
    input_->scan(keeps_time_ ? wanted : time_range(), [&](const row& in) {
      for (auto at = std::size_t{0}; at < cells_.size(); ++at) {
        if (cells_[at].column >= 0) {
          made[at] = in[static_cast<std::size_t>(cells_[at].column)];
        } else {
          auto scratch = value();
          made[at] = cells_[at].eval(in, scratch);
        }
      }
      return out(made);
    });
  }

private:
  relation_ptr input_;
  std::vector<bound> cells_;
  bool keeps_time_ = false;
};

class constant_rows final : public relation {
public:
  constant_rows(std::vector<column> columns, std::vector<row> rows)
      : relation(std::move(columns), 1), rows_(std::move(rows)) {}

  void scan(const time_range&, const sink& out) const override {
    for (const auto& each : rows_) {
      if (!out(each)) {
        return;
      }
    }
  }

private:
  std::vector<row> rows_;
};

auto matches_pattern(std::string_view name, std::string_view pattern) -> bool {
  const auto star = pattern.find('*');
  if (star == std::string_view::npos) {
    return name == pattern;
  }
  if (name.substr(0, star) != pattern.substr(0, star)) {
    return false;
  }
  const auto rest = pattern.substr(star + 1);
  for (auto at = star; at <= name.size(); ++at) {
    if (matches_pattern(name.substr(at), rest)) {
      return true;
    }
  }
  return false;
}

// The columns that `part` names; a plain name must exist.
auto named_by(const step_input& in, const item& part) -> std::vector<std::size_t> {
  const auto& columns = in.input->columns();
  auto made = std::vector<std::size_t>();
  constexpr auto stars_max = 3;
  if (std::count(part.what->text.begin(), part.what->text.end(), '*') > stars_max) {
    fail_unsupported("pattern '" + part.what->text + "'", part.offset);
  }
  for (auto at = std::size_t{0}; at < columns.size(); ++at) {
    if (matches_pattern(columns[at].name, part.what->text)) {
      made.push_back(at);
    }
  }
  if (made.empty() && part.what->text.find('*') == std::string::npos) {
    fail_semantic(in.op.name,
                  "Failed to resolve scalar expression named '" + part.what->text + "'",
                  part.offset);
  }
  if (part.ascending) {
    std::sort(made.begin(), made.end(), [&](auto left, auto right) {
      return *part.ascending ? columns[left].name < columns[right].name
                             : columns[right].name < columns[left].name;
    });
  }
  return made;
}

auto chosen(const step_input& in, const std::vector<std::size_t>& indexes) -> relation_ptr {
  auto columns = std::vector<column>();
  auto cells = std::vector<bound>();
  for (const auto at : indexes) {
    columns.push_back(in.input->columns()[at]);
    cells.push_back(pass_on(in.input->columns(), at));
  }
  return mapped(in.input, std::move(columns), std::move(cells));
}

auto marked(const step_input& in) -> std::vector<bool> {
  auto made = std::vector<bool>(in.input->columns().size());
  for (const auto& part : in.op.items) {
    for (const auto at : named_by(in, part)) {
      made[at] = true;
    }
  }
  return made;
}

auto filtered(const step_input& in, bool kept) -> relation_ptr {
  const auto marks = marked(in);
  auto indexes = std::vector<std::size_t>();
  for (auto at = std::size_t{0}; at < marks.size(); ++at) {
    if (marks[at] == kept) {
      indexes.push_back(at);
    }
  }
  return chosen(in, indexes);
}

void refuse_star(const item& part) {
  if (part.what->kind == node::star) {
    fail_syntax("*", part.offset);
  }
}

} // namespace

auto fixed_rows(std::vector<column> columns, std::vector<row> rows) -> relation_ptr {
  return std::make_shared<constant_rows>(std::move(columns), std::move(rows));
}

auto mapped(relation_ptr input, std::vector<column> columns, std::vector<bound> cells)
    -> relation_ptr {
  return std::make_shared<projection>(std::move(input), std::move(columns), std::move(cells));
}

auto pass_on(const std::vector<column>& columns, std::size_t index) -> bound {
  auto made = bound();
  made.type = columns[index].type;
  made.column = static_cast<int>(index);
  made.eval = [index](const row& in, value&) -> const value& { return in[index]; };
  return made;
}

auto column_name(const item& from, const std::vector<column>& taken) -> std::string {
  auto name = from.name.empty() ? derived_name(*from.what) : from.name;
  for (auto number = 1; name.empty(); ++number) {
    const auto candidate = "Column" + std::to_string(number);
    if (index_of(taken, candidate) < 0) {
      name = candidate;
    }
  }
  return name;
}

auto bind_project(const step_input& in) -> relation_ptr {
  auto columns = std::vector<column>();
  auto cells = std::vector<bound>();
  for (const auto& part : in.op.items) {
    refuse_star(part);
    cells.push_back(bind_expr(in.query, *part.what, in.at()));
    auto name = column_name(part, columns);
    if (index_of(columns, name) >= 0) {
      fail_semantic(
          in.op.name, "A column named '" + name + "' is defined more than once", part.offset);
    }
    columns.push_back({std::move(name), cells.back().type});
  }
  return mapped(in.input, std::move(columns), std::move(cells));
}

auto bind_extend(const step_input& in) -> relation_ptr {
  auto columns = in.input->columns();
  auto cells = std::vector<bound>();
  for (auto at = std::size_t{0}; at < columns.size(); ++at) {
    cells.push_back(pass_on(columns, at));
  }
  for (const auto& part : in.op.items) {
    refuse_star(part);
    auto cell = bind_expr(in.query, *part.what, in.at());
    const auto unnamed = part.name.empty() && part.what->kind != node::name;
    auto name = column_name(part, columns);
    if (unnamed && index_of(columns, name) >= 0) {
      name += "1";
    }
    const auto known = index_of(columns, name);
    if (known >= 0) {
      columns[static_cast<std::size_t>(known)].type = cell.type;
      cells[static_cast<std::size_t>(known)] = std::move(cell);
    } else {
      columns.push_back({std::move(name), cell.type});
      cells.push_back(std::move(cell));
    }
  }
  return mapped(in.input, std::move(columns), std::move(cells));
}

auto bind_rename(const step_input& in) -> relation_ptr {
  auto columns = in.input->columns();
  auto cells = std::vector<bound>();
  for (auto at = std::size_t{0}; at < columns.size(); ++at) {
    cells.push_back(pass_on(columns, at));
  }
  for (const auto& part : in.op.items) {
    if (part.name.empty() || part.what->kind != node::name) {
      fail_syntax(part.what->text, part.offset);
    }
    const auto known = index_of(in.input->columns(), part.what->text);
    if (known < 0) {
      fail_semantic(in.op.name,
                    "Failed to resolve scalar expression named '" + part.what->text + "'",
                    part.what->offset);
    }
    if (index_of(columns, part.name) >= 0) {
      fail_semantic(
          in.op.name, "A column named '" + part.name + "' is defined more than once", part.offset);
    }
    columns[static_cast<std::size_t>(known)].name = part.name;
  }
  return mapped(in.input, std::move(columns), std::move(cells));
}

auto bind_project_away(const step_input& in) -> relation_ptr {
  return filtered(in, false);
}

auto bind_project_keep(const step_input& in) -> relation_ptr {
  return filtered(in, true);
}

auto bind_reorder(const step_input& in) -> relation_ptr {
  auto placed = std::vector<bool>(in.input->columns().size());
  auto indexes = std::vector<std::size_t>();
  const auto place = [&](std::size_t at) {
    if (!placed[at]) {
      placed[at] = true;
      indexes.push_back(at);
    }
  };
  for (const auto& part : in.op.items) {
    for (const auto at : named_by(in, part)) {
      place(at);
    }
  }
  for (auto at = std::size_t{0}; at < placed.size(); ++at) {
    place(at);
  }
  return chosen(in, indexes);
}

auto bind_print(const step_input& in) -> relation_ptr {
  static const auto no_columns = std::vector<column>();
  auto columns = std::vector<column>();
  auto cells = row();
  for (const auto& part : in.op.items) {
    refuse_star(part);
    auto read = bind_constant(in.query, *part.what, {no_columns, in.names, in.op.name});
    auto name = part.name.empty() ? "print_" + std::to_string(columns.size()) : part.name;
    columns.push_back({std::move(name), read.type});
    cells.push_back(std::move(read.constant));
  }
  return fixed_rows(std::move(columns), {std::move(cells)});
}

auto bind_datatable(const step_input& in) -> relation_ptr {
  static const auto no_columns = std::vector<column>();
  auto rows = std::vector<row>();
  for (const auto& part : in.op.items) {
    refuse_star(part);
    if (rows.empty() || rows.back().size() == in.op.schema.size()) {
      rows.emplace_back();
    }
    const auto type = in.op.schema[rows.back().size()].type;
    auto read = bind_constant(in.query, *part.what, {no_columns, in.names, in.op.name});
    rows.back().push_back(read.type == type ? std::move(read.constant) : cast(read.constant, type));
  }
  return fixed_rows(in.op.schema, std::move(rows));
}

auto bind_getschema(const step_input& in) -> relation_ptr {
  auto rows = std::vector<row>();
  for (const auto& each : in.input->columns()) {
    rows.push_back({value(each.name),
                    value(static_cast<std::int64_t>(rows.size())),
                    value("System." + std::string(dotnet_name(each.type))),
                    value(std::string(kusto_name(each.type)))});
  }
  return fixed_rows({{"ColumnName", scalar::string},
                     {"ColumnOrdinal", scalar::int32},
                     {"DataType", scalar::string},
                     {"ColumnType", scalar::string}},
                    std::move(rows));
}

} // namespace mock_graph::hunting::kql
