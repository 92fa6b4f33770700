#include "mock_graph/hunting/kql/failure.hpp"
#include "mock_graph/hunting/kql/operators.hpp"
#include "mock_graph/hunting/kql/scalars.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace mock_graph::hunting::kql {
namespace {

/// What a kind of join keeps.
struct join_kind {
  std::string_view name;
  bool pairs;      ///< rows of both sides side by side
  bool left_alone; ///< also (or only) left rows without a partner
  bool right_alone;
  bool unique = false;   ///< of left rows with the same key only the first
  bool left_met = false; ///< left rows that have a partner, once
  bool right_met = false;
};

constexpr auto kinds = std::array{join_kind{"innerunique", true, false, false, true},
                                  join_kind{"inner", true, false, false},
                                  join_kind{"leftouter", true, true, false},
                                  join_kind{"rightouter", true, false, true},
                                  join_kind{"fullouter", true, true, true},
                                  join_kind{"leftanti", false, true, false},
                                  join_kind{"anti", false, true, false},
                                  join_kind{"leftantisemi", false, true, false},
                                  join_kind{"rightanti", false, false, true},
                                  join_kind{"rightantisemi", false, false, true},
                                  join_kind{"leftsemi", false, false, false, false, true},
                                  join_kind{"rightsemi", false, false, false, false, false, true}};

struct key_pair {
  std::size_t left;
  std::size_t right;
};

using places = std::unordered_map<std::string, std::vector<std::size_t>>;

class joined final : public relation {
public:
  joined(query_context& query,
         relation_ptr left,
         relation_ptr right,
         const join_kind& kind,
         std::vector<key_pair> keys,
         std::vector<column> columns)
      : relation(std::move(columns), std::max(left->depth(), right->depth()) + 1), query_(query),
        left_(std::move(left)), right_(std::move(right)), kind_(kind), keys_(std::move(keys)) {}

  void scan(const time_range&, const sink& out) const override {
    const auto rights = collect(query_, *right_);
    auto by_key = places();
    for (auto at = std::size_t{0}; at < rights.size(); ++at) {
      if (auto key = key_of(rights[at], false)) {
        query_.hold(key->size() + sizeof(std::size_t));
        by_key[std::move(*key)].push_back(at);
      }
    }
    auto met = std::vector<bool>(rights.size());
    auto stopped = false;
    const auto emit = [&](const row& each) {
      query_.step();
      stopped = stopped || !out(each);
      return !stopped;
    };
    scan_left(rights, by_key, met, emit);
    for (auto at = std::size_t{0}; at < rights.size() && !stopped; ++at) {
      if (met[at] ? kind_.right_met : kind_.right_alone) {
        emit(kind_.pairs ? side_by_side(nullptr, &rights[at]) : rights[at]);
      }
    }
  }

private:
  // None when a key is null: null equals nothing.
  [[nodiscard]] auto key_of(const row& cells, bool left) const -> std::optional<std::string> {
    const auto& types = (left ? *left_ : *right_).columns();
    auto made = std::string();
    for (const auto& key : keys_) {
      const auto at = left ? key.left : key.right;
      if (is_null(cells[at]) && types[at].type != scalar::string) {
        return std::nullopt;
      }
      append_key(made, is_null(cells[at]) ? absent(scalar::string) : cells[at]);
    }
    return made;
  }

  void scan_left(const std::vector<row>& rights,
                 const places& by_key,
                 std::vector<bool>& met,
                 const sink& emit) const {
    auto seen = std::unordered_set<std::string>();
    left_->scan({}, [&](const row& cells) {
      query_.step();
      const auto key = key_of(cells, true);
      if (kind_.unique && key && !seen.insert(*key).second) {
        return true;
      }
      const auto found = key ? by_key.find(*key) : by_key.end();
      if (found == by_key.end()) {
        return !kind_.left_alone || emit(kind_.pairs ? side_by_side(&cells, nullptr) : cells);
      }
      if (kind_.left_met) {
        return emit(cells);
      }
      return pair_up(cells, rights, found->second, met, emit);
    });
  }

  auto pair_up(const row& cells,
               const std::vector<row>& rights,
               const std::vector<std::size_t>& partners,
               std::vector<bool>& met,
               const sink& emit) const -> bool {
    for (const auto at : partners) {
      met[at] = true;
      if (kind_.pairs && !emit(side_by_side(&cells, &rights[at]))) {
        return false;
      }
    }
    return true;
  }

  [[nodiscard]] auto side_by_side(const row* left, const row* right) const -> row {
    auto made = row();
    made.reserve(columns().size());
    const auto append = [&](const row* cells, const std::vector<column>& types) {
      for (auto at = std::size_t{0}; at < types.size(); ++at) {
        made.push_back(cells != nullptr ? (*cells)[at] : absent(types[at].type));
      }
    };
    append(left, left_->columns());
    append(right, right_->columns());
    return made;
  }

  query_context& query_;
  relation_ptr left_;
  relation_ptr right_;
  join_kind kind_;
  std::vector<key_pair> keys_;
};

auto kind_of(const step_input& in) -> join_kind {
  const auto asked = in.op.options.find("kind");
  const auto name = asked == in.op.options.end() ? std::string("innerunique") : asked->second;
  for (const auto& each : kinds) {
    if (each.name == name) {
      return each;
    }
  }
  fail_unsupported("join kind '" + name + "'", in.op.offset);
}

auto column_at(const step_input& in, const relation& side, const std::string& name, std::size_t at)
    -> std::size_t {
  const auto index = index_of(side.columns(), name);
  if (index < 0) {
    fail_semantic(in.op.name, "Failed to resolve scalar expression named '" + name + "'", at);
  }
  return static_cast<std::size_t>(index);
}

// $left.A gives "A"; none if `from` is not of that side.
auto side_column(const expr& from, std::string_view side) -> std::optional<std::string> {
  const auto fits =
      from.kind == node::member && from.args[0]->kind == node::name && from.args[0]->text == side;
  return fits ? std::optional(from.text) : std::nullopt;
}

void add_keys(const step_input& in,
              const relation& right,
              const expr& condition,
              std::vector<key_pair>& keys) {
  if (condition.kind == node::all_of) {
    for (const auto& part : condition.args) {
      add_keys(in, right, *part, keys);
    }
    return;
  }
  auto left_name = std::optional<std::string>();
  auto right_name = std::optional<std::string>();
  if (condition.kind == node::name) {
    left_name = right_name = condition.text;
  } else if (condition.kind == node::comparison && condition.text == "==") {
    const auto turned = side_column(*condition.args[0], "$right").has_value();
    left_name = side_column(*condition.args[turned ? 1 : 0], "$left");
    right_name = side_column(*condition.args[turned ? 0 : 1], "$right");
  }
  if (!left_name || !right_name) {
    fail_semantic(
        in.op.name, "A join condition must be a column or '$left.A == $right.B'", condition.offset);
  }
  const auto left_at = column_at(in, *in.input, *left_name, condition.offset);
  const auto right_at = column_at(in, right, *right_name, condition.offset);
  const auto left_type = in.input->columns()[left_at].type;
  const auto right_type = right.columns()[right_at].type;
  const auto whole = is_integer(left_type) && is_integer(right_type);
  if (left_type == scalar::dynamic || right_type == scalar::dynamic ||
      (left_type != right_type && !whole)) {
    fail_semantic(in.op.name,
                  "Join keys '" + *left_name + "' (" + std::string(kusto_name(left_type)) +
                      ") and '" + *right_name + "' (" + std::string(kusto_name(right_type)) +
                      ") cannot be compared. Please use an explicit cast",
                  condition.offset);
  }
  keys.push_back({left_at, right_at});
}

// Right columns whose name the left has already get 1, 2 …
auto joined_columns(const relation& left, const relation& right, const join_kind& kind)
    -> std::vector<column> {
  if (kind.left_met || (!kind.pairs && kind.left_alone)) {
    return left.columns();
  }
  if (kind.right_met || !kind.pairs) {
    return right.columns();
  }
  auto made = left.columns();
  for (const auto& each : right.columns()) {
    auto name = each.name;
    for (auto number = 1; index_of(made, name) >= 0; ++number) {
      name = each.name + std::to_string(number);
    }
    made.push_back({std::move(name), each.type});
  }
  return made;
}

} // namespace

auto bind_join(const step_input& in) -> relation_ptr {
  const auto kind = kind_of(in);
  auto right = bind_table(in.query, *in.op.tables[0], in.names, in.op.name);
  auto keys = std::vector<key_pair>();
  for (const auto& part : in.op.by) {
    if (!part.name.empty()) {
      fail_syntax("=", part.offset);
    }
    add_keys(in, *right, *part.what, keys);
  }
  auto columns = joined_columns(*in.input, *right, kind);
  return std::make_shared<joined>(
      in.query, in.input, std::move(right), kind, std::move(keys), std::move(columns));
}

} // namespace mock_graph::hunting::kql
