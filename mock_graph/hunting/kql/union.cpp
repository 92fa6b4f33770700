#include "mock_graph/hunting/kql/failure.hpp"
#include "mock_graph/hunting/kql/operators.hpp"
#include "mock_graph/hunting/kql/scalars.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <algorithm>

namespace mock_graph::hunting::kql {
namespace {

constexpr auto no_column = -1;
constexpr auto source_column = -2;

/// One input of a union: where each column of the result comes from.
struct leg {
  relation_ptr table;
  std::string name;
  std::vector<int> from;
};

class united final : public relation {
public:
  united(std::vector<leg> legs, std::vector<column> columns)
      : relation(std::move(columns), deepest(legs) + 1), legs_(std::move(legs)) {}

  void scan(const time_range& wanted, const sink& out) const override {
    const auto time_at = index_of(columns(), "Timestamp");
    auto stopped = false;
    auto made = row(columns().size());
    for (const auto& each : legs_) {
      const auto source = time_at < 0 ? no_column : each.from[static_cast<std::size_t>(time_at)];
      const auto same = source >= 0 && source == index_of(each.table->columns(), "Timestamp");
      each.table->scan(same ? wanted : time_range(), [&](const row& in) {
        fill(each, in, made);
        stopped = !out(made);
        return !stopped;
      });
      if (stopped) {
        return;
      }
    }
  }

private:
  static auto deepest(const std::vector<leg>& legs) -> int {
    auto most = 0;
    for (const auto& each : legs) {
      most = std::max(most, each.table->depth());
    }
    return most;
  }

  void fill(const leg& from, const row& in, row& made) const {
    for (auto at = std::size_t{0}; at < made.size(); ++at) {
      const auto place = from.from[at];
      if (place >= 0) {
        made[at] = in[static_cast<std::size_t>(place)];
      } else {
        made[at] = place == source_column ? value(from.name) : absent(columns()[at].type);
      }
    }
  }

  std::vector<leg> legs_;
};

// A name that stands for no table: what isfuzzy=true leaves out.
auto is_missing(const step_input& in, const expr& table) -> bool {
  static const auto no_columns = std::vector<column>();
  if (table.kind == node::subquery) {
    return table.query->source && is_missing(in, *table.query->source);
  }
  return table.kind == node::name &&
         !is_tabular(in.query, table, {no_columns, in.names, in.op.name});
}

auto legs_of(const step_input& in) -> std::vector<leg> {
  auto made = std::vector<leg>();
  if (in.input) {
    made.push_back({in.input, "union_arg0", {}});
  }
  const auto fuzzy = in.op.options.find("isfuzzy");
  const auto skips = fuzzy != in.op.options.end() && fuzzy->second == "true";
  for (const auto& table : in.op.tables) {
    if (skips && is_missing(in, *table)) {
      continue;
    }
    auto name = table->kind == node::name ? table->text : "union_arg" + std::to_string(made.size());
    made.push_back({bind_table(in.query, *table, in.names, in.op.name), std::move(name), {}});
  }
  return made;
}

auto same_column(const column& left, const column& right) -> bool {
  return left.name == right.name && left.type == right.type;
}

// Equal names of unlike types stay apart as A_string, A_long.
auto united_columns(const std::vector<leg>& legs, bool only_common) -> std::vector<column> {
  auto made = std::vector<column>();
  for (const auto& each : legs) {
    for (const auto& candidate : each.table->columns()) {
      const auto known = std::any_of(made.begin(), made.end(), [&](const column& other) {
        return same_column(candidate, other);
      });
      const auto everywhere = std::all_of(legs.begin(), legs.end(), [&](const leg& other) {
        const auto& columns = other.table->columns();
        return std::any_of(columns.begin(), columns.end(), [&](const column& c) {
          return same_column(c, candidate);
        });
      });
      if (!known && (everywhere || !only_common)) {
        made.push_back(candidate);
      }
    }
  }
  return made;
}

void connect(std::vector<leg>& legs, const std::vector<column>& columns) {
  for (auto& each : legs) {
    for (const auto& wanted : columns) {
      const auto index = index_of(each.table->columns(), wanted.name);
      const auto fits =
          index >= 0 && each.table->columns()[static_cast<std::size_t>(index)].type == wanted.type;
      each.from.push_back(fits ? index : no_column);
    }
  }
}

void rename_clashes(std::vector<column>& columns) {
  const auto before = columns;
  for (auto& each : columns) {
    const auto same = std::count_if(
        before.begin(), before.end(), [&](const column& other) { return other.name == each.name; });
    if (same > 1) {
      each.name += "_" + std::string(kusto_name(each.type));
    }
  }
}

} // namespace

auto bind_union(const step_input& in) -> relation_ptr {
  auto legs = legs_of(in);
  auto only_common = false;
  auto source = std::string();
  for (const auto& [name, text] : in.op.options) {
    if (name == "kind" && (text == "inner" || text == "outer")) {
      only_common = text == "inner";
    } else if (name == "withsource" || name == "with_source") {
      source = text;
    } else if (name == "kind" || (!name.starts_with("hint.") && name != "isfuzzy")) {
      fail_unsupported("union option '" + name + "=" + text + "'", in.op.offset);
    }
  }
  auto columns = united_columns(legs, only_common);
  connect(legs, columns);
  rename_clashes(columns);
  if (!source.empty()) {
    columns.insert(columns.begin(), {source, scalar::string});
    for (auto& each : legs) {
      each.from.insert(each.from.begin(), source_column);
    }
  }
  return std::make_shared<united>(std::move(legs), std::move(columns));
}

} // namespace mock_graph::hunting::kql
