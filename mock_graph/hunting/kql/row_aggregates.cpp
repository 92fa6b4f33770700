#include "mock_graph/hunting/kql/aggregates.hpp"
#include "mock_graph/hunting/kql/failure.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::hunting::kql {
namespace {

constexpr auto names =
    std::array<std::string_view, 6>{"arg_max", "arg_min", "take_any", "any", "argmax", "argmin"};

enum class pick { first, most, least };

/// Keeps the chosen cells of the row that has the greatest (or least) key, or of the first row.
/// Of rows with equal keys the first stays.
class picker final : public accumulator {
public:
  picker(pick which, std::vector<bound> cells, std::vector<scalar> types)
      : which_(which), cells_(std::move(cells)), types_(std::move(types)) {}

  void add(const row& in) override {
    auto scratch = value();
    const auto& key = cells_[0].eval(in, scratch);
    const auto better = best_.empty() || (which_ != pick::first && is_null(best_[0])) ||
                        (which_ == pick::most && sorts_before(best_[0], key)) ||
                        (which_ == pick::least && sorts_before(key, best_[0]));
    if (!better || (!best_.empty() && is_null(key))) {
      return;
    }
    best_.clear();
    for (const auto& cell : cells_) {
      auto inner = value();
      best_.push_back(cell.eval(in, inner));
    }
  }

  void finish(row& out) override {
    for (auto at = std::size_t{0}; at < types_.size(); ++at) {
      out.push_back(best_.empty() ? absent(types_[at]) : std::move(best_[at]));
    }
  }

private:
  pick which_;
  std::vector<bound> cells_;
  std::vector<scalar> types_;
  row best_;
};

} // namespace

auto is_row_aggregate(std::string_view name) -> bool {
  return std::find(names.begin(), names.end(), name) != names.end();
}

auto bind_row_aggregate(query_context& query, const expr& from, const scope& at) -> aggregate {
  if (from.args.empty()) {
    fail_semantic(
        at.op, "Function '" + from.text + "' cannot be called with 0 arguments", from.offset);
  }
  auto cells = std::vector<bound>();
  auto columns = std::vector<column>();
  const auto add = [&](const expr& what, std::string name) {
    if (name.empty()) {
      name = from.text + "_" + std::to_string(columns.size());
    }
    cells.push_back(bind_expr(query, what, at));
    columns.push_back({std::move(name), cells.back().type});
  };
  for (const auto& arg : from.args) {
    if (arg->kind != node::star) {
      add(*arg, derived_name(*arg));
      continue;
    }
    for (const auto& each : at.columns) {
      if (index_of(columns, each.name) < 0) {
        add(expr{node::name, arg->offset, each.name}, each.name);
      }
    }
  }
  if (columns.empty()) {
    fail_semantic(at.op, "Function '" + from.text + "' has no column to take", from.offset);
  }
  auto types = std::vector<scalar>();
  for (const auto& each : columns) {
    types.push_back(each.type);
  }
  const auto which = from.text.ends_with("max")   ? pick::most
                     : from.text.ends_with("min") ? pick::least
                                                  : pick::first;
  return {std::move(columns), [which, cells = std::move(cells), types = std::move(types)] {
            return std::make_unique<picker>(which, cells, types);
          }};
}

} // namespace mock_graph::hunting::kql
