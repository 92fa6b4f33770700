#include "mock_graph/hunting/kql/aggregates.hpp"
#include "mock_graph/hunting/kql/failure.hpp"
#include "mock_graph/hunting/kql/operators.hpp"
#include "mock_graph/hunting/kql/scalars.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <unordered_map>
#include <unordered_set>

namespace mock_graph::hunting::kql {
namespace {

/// What a summarize computes: keys over the input, aggregates over a group, cells over aggregates.
struct plan {
  std::vector<column> columns;
  std::vector<bound> keys;
  aggregate_slots slots;
  std::vector<bound> cells;
};

struct group {
  row keys;
  std::vector<std::unique_ptr<accumulator>> parts;
};

class summary final : public relation {
public:
  summary(query_context& query, relation_ptr input, plan made)
      : relation(made.columns, input->depth() + 1), query_(query), input_(std::move(input)),
        plan_(std::move(made)) {}

  void scan(const time_range&, const sink& out) const override {
    auto groups = std::vector<group>();
    auto places = std::unordered_map<std::string, std::size_t>();
    input_->scan({}, [&](const row& in) {
      add(in, groups, places);
      return true;
    });
    if (groups.empty() && plan_.keys.empty()) {
      groups.push_back(fresh({}));
    }
    for (auto& each : groups) {
      query_.step();
      if (!out(finished(each))) {
        return;
      }
    }
  }

private:
  void add(const row& in,
           std::vector<group>& groups,
           std::unordered_map<std::string, std::size_t>& places) const {
    auto keys = row();
    auto name = std::string();
    for (const auto& key : plan_.keys) {
      auto scratch = value();
      keys.push_back(key.eval(in, scratch));
      append_key(name, keys.back());
    }
    const auto known = places.find(name);
    auto place = known == places.end() ? groups.size() : known->second;
    if (known == places.end()) {
      constexpr auto accumulator_bytes = std::size_t{200};
      query_.hold(2 * footprint(keys) + accumulator_bytes * plan_.slots.aggregates().size());
      places.emplace(std::move(name), place);
      groups.push_back(fresh(std::move(keys)));
    }
    for (const auto& part : groups[place].parts) {
      part->add(in);
    }
  }

  [[nodiscard]] auto fresh(row keys) const -> group {
    auto made = group{std::move(keys), {}};
    for (const auto& each : plan_.slots.aggregates()) {
      made.parts.push_back(each.make());
    }
    return made;
  }

  [[nodiscard]] auto finished(group& from) const -> row {
    auto slots = row();
    for (const auto& part : from.parts) {
      part->finish(slots);
    }
    auto made = std::move(from.keys);
    for (const auto& cell : plan_.cells) {
      auto scratch = value();
      made.push_back(cell.eval(slots, scratch));
    }
    return made;
  }

  query_context& query_;
  relation_ptr input_;
  plan plan_;
};

class distinct_rows final : public relation {
public:
  distinct_rows(query_context& query, relation_ptr input)
      : relation(input->columns(), input->depth() + 1), query_(query), input_(std::move(input)) {}

  void scan(const time_range& wanted, const sink& out) const override {
    auto seen = std::unordered_set<std::string>();
    input_->scan(wanted, [&](const row& in) {
      auto key = std::string();
      for (auto at = std::size_t{0}; at < in.size(); ++at) {
        append_key(key, is_null(in[at]) ? absent(columns()[at].type) : in[at]);
      }
      query_.hold(key.size());
      return !seen.insert(std::move(key)).second || out(in);
    });
  }

private:
  query_context& query_;
  relation_ptr input_;
};

auto unused_name(std::string name, const std::vector<column>& taken) -> std::string {
  auto made = name;
  for (auto number = 1; index_of(taken, made) >= 0; ++number) {
    made = name + std::to_string(number);
  }
  return made;
}

void add_key(const step_input& in, const item& part, plan& made) {
  if (part.what->kind == node::star) {
    fail_syntax("*", part.offset);
  }
  auto key = bind_expr(in.query, *part.what, in.at());
  auto name = column_name(part, made.columns);
  if (key.type == scalar::dynamic) {
    fail_semantic(in.op.name,
                  "Summarize group key '" + name +
                      "' is of a 'dynamic' type. Please use an explicit cast (for example, "
                      "'summarize by tostring(" +
                      name + ")') as grouping by a 'dynamic' type is not supported",
                  part.offset);
  }
  made.columns.push_back({unused_name(std::move(name), made.columns), key.type});
  made.keys.push_back(std::move(key));
}

void add_cell(const step_input& in, const item& part, plan& made) {
  if (part.what->kind == node::star) {
    fail_syntax("*", part.offset);
  }
  const auto call = part.what->kind == node::call;
  if (call && is_row_aggregate(part.what->text)) {
    auto first = made.slots.add_whole(in.query, *part.what, in.at());
    const auto& columns = made.slots.columns();
    for (auto at = first; at < columns.size(); ++at) {
      // `arg_max(Timestamp, *) by A` has A already.
      const auto key = index_of(made.columns, columns[at].name);
      if (key >= 0 && part.what->args.back()->kind == node::star &&
          static_cast<std::size_t>(key) < made.keys.size()) {
        continue;
      }
      const auto named = at == first && !part.name.empty();
      auto name = unused_name(named ? part.name : columns[at].name, made.columns);
      made.cells.push_back(pass_on(columns, at));
      made.columns.push_back({std::move(name), columns[at].type});
    }
    return;
  }
  auto place = in.at();
  place.slots = &made.slots;
  auto cell = bind_expr(in.query, *part.what, place);
  if (!call && made.slots.aggregates().empty()) {
    fail_semantic(in.op.name, "An aggregate function is expected here", part.offset);
  }
  auto name = part.name;
  if (name.empty() && call && cell.column >= 0) {
    name = made.slots.columns()[static_cast<std::size_t>(cell.column)].name;
  }
  name = name.empty() ? column_name(part, made.columns) : name;
  made.columns.push_back({unused_name(std::move(name), made.columns), cell.type});
  made.cells.push_back(std::move(cell));
}

} // namespace

auto bind_summarize(const step_input& in) -> relation_ptr {
  auto made = plan();
  for (const auto& part : in.op.by) {
    add_key(in, part, made);
  }
  for (const auto& part : in.op.items) {
    add_cell(in, part, made);
  }
  return std::make_shared<summary>(in.query, in.input, std::move(made));
}

auto bind_distinct(const step_input& in) -> relation_ptr {
  const auto all = in.op.items.size() == 1 && in.op.items[0].what->kind == node::star;
  auto input = all ? in.input : bind_project(in);
  return std::make_shared<distinct_rows>(in.query, std::move(input));
}

} // namespace mock_graph::hunting::kql
