#include "mock_graph/hunting/kql/failure.hpp"
#include "mock_graph/hunting/kql/operators.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <algorithm>
#include <limits>

namespace mock_graph::hunting::kql {
namespace {

struct sort_key {
  evaluator eval;
  bool ascending;
  bool nulls_first;
};

struct keyed_row {
  row keys;
  row cells;
};

constexpr auto all_rows = std::numeric_limits<std::size_t>::max();

/// sort and top: rows with equal keys stay in the order of the input.
class sorted final : public relation {
public:
  sorted(query_context& query, relation_ptr input, std::vector<sort_key> keys, std::size_t most)
      : relation(input->columns(), input->depth() + 1), query_(query), input_(std::move(input)),
        keys_(std::move(keys)), most_(most) {}

  void scan(const time_range& wanted, const sink& out) const override {
    auto rows = std::vector<keyed_row>();
    input_->scan(most_ == all_rows ? wanted : time_range(), [&](const row& in) {
      add(in, rows);
      return true;
    });
    cut(rows);
    for (const auto& each : rows) {
      if (!out(each.cells)) {
        return;
      }
    }
  }

private:
  void add(const row& in, std::vector<keyed_row>& rows) const {
    auto keys = row();
    for (const auto& key : keys_) {
      auto scratch = value();
      keys.push_back(key.eval(in, scratch));
    }
    rows.push_back({std::move(keys), in});
    if (most_ == all_rows) {
      query_.hold(footprint(rows.back().keys) + footprint(in));
      return;
    }
    constexpr auto slack = std::size_t{1024};
    if (rows.size() / 2 > std::max(most_, slack)) {
      cut(rows);
    }
  }

  void cut(std::vector<keyed_row>& rows) const {
    std::stable_sort(rows.begin(), rows.end(), [&](const auto& left, const auto& right) {
      return before(left.keys, right.keys);
    });
    rows.resize(std::min(rows.size(), most_));
  }

  [[nodiscard]] auto before(const row& left, const row& right) const -> bool {
    for (auto at = std::size_t{0}; at < keys_.size(); ++at) {
      const auto& key = keys_[at];
      if (is_null(left[at]) || is_null(right[at])) {
        if (is_null(left[at]) == is_null(right[at])) {
          continue;
        }
        return is_null(left[at]) == key.nulls_first;
      }
      if (sorts_before(left[at], right[at])) {
        return key.ascending;
      }
      if (sorts_before(right[at], left[at])) {
        return !key.ascending;
      }
    }
    return false;
  }

  query_context& query_;
  relation_ptr input_;
  std::vector<sort_key> keys_;
  std::size_t most_;
};

// Kusto: descending unless told otherwise, nulls first when ascending and last when descending.
auto keys_of(const step_input& in) -> std::vector<sort_key> {
  auto made = std::vector<sort_key>();
  for (const auto& part : in.op.items) {
    auto key = bind_expr(in.query, *part.what, in.at());
    if (key.type == scalar::dynamic) {
      fail_semantic(in.op.name,
                    "Sorting by a 'dynamic' type is not supported. Please use an explicit cast",
                    part.offset);
    }
    const auto ascending = part.ascending.value_or(false);
    made.push_back({std::move(key.eval), ascending, part.nulls_first.value_or(ascending)});
  }
  return made;
}

} // namespace

auto bind_sort(const step_input& in) -> relation_ptr {
  return std::make_shared<sorted>(in.query, in.input, keys_of(in), all_rows);
}

auto bind_top(const step_input& in) -> relation_ptr {
  const auto most = bind_count(in.query, *in.op.count, in.at());
  return std::make_shared<sorted>(in.query, in.input, keys_of(in), most);
}

} // namespace mock_graph::hunting::kql
