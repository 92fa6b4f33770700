#include "mock_graph/hunting/kql/aggregates.hpp"

#include "mock_graph/hunting/kql/failure.hpp"
#include "mock_graph/hunting/kql/scalars.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace mock_graph::hunting::kql {
namespace {

/// Base of the simple ones: a value of each row that passes the predicate.
class of_values : public accumulator {
public:
  of_values(evaluator from, evaluator test) : from_(std::move(from)), test_(std::move(test)) {}

  void add(const row& in) final {
    auto scratch = value();
    if (test_ && !std::get_if<bool>(&test_(in, scratch))) {
      return;
    }
    if (test_ && !std::get<bool>(test_(in, scratch))) {
      return;
    }
    if (from_) {
      take(from_(in, scratch));
    } else {
      take(scratch);
    }
  }

  void finish(row& out) final { out.push_back(result()); }

private:
  virtual void take(const value& cell) = 0;
  virtual auto result() -> value = 0;

  evaluator from_;
  evaluator test_;
};

class counter final : public of_values {
public:
  using of_values::of_values;

private:
  void take(const value&) override { ++count_; }
  auto result() -> value override { return count_; }
  std::int64_t count_ = 0;
};

class distinct_counter final : public of_values {
public:
  distinct_counter(evaluator from, evaluator test, query_context& query)
      : of_values(std::move(from), std::move(test)), query_(query) {}

private:
  void take(const value& cell) override {
    auto key = std::string();
    append_key(key, cell);
    if (!is_null(cell)) {
      query_.hold(key.size());
      seen_.insert(std::move(key));
    }
  }
  auto result() -> value override { return static_cast<std::int64_t>(seen_.size()); }
  query_context& query_;
  std::set<std::string> seen_;
};

class total final : public of_values {
public:
  total(evaluator from, evaluator test, scalar type, bool mean)
      : of_values(std::move(from), std::move(test)), type_(type), mean_(mean) {}

private:
  void take(const value& cell) override {
    if (is_null(cell)) {
      return;
    }
    ++count_;
    if (type_ == scalar::real) {
      real_ += number_of(cell).value_or(0);
    } else {
      // Overflow wraps, as in the service.
      whole_ += static_cast<std::uint64_t>(integer_of(cell).value_or(0));
    }
  }
  auto result() -> value override {
    const auto whole = static_cast<std::int64_t>(whole_);
    if (mean_ && count_ == 0) {
      return type_ == scalar::timespan ? value() : value(std::nan(""));
    }
    if (type_ == scalar::real) {
      return mean_ ? real_ / static_cast<double>(count_) : real_;
    }
    if (type_ == scalar::timespan) {
      return seams::duration{mean_ ? whole / count_ : whole};
    }
    return mean_ ? value(static_cast<double>(whole) / static_cast<double>(count_)) : value(whole);
  }
  scalar type_;
  bool mean_;
  std::int64_t count_ = 0;
  std::uint64_t whole_ = 0;
  double real_ = 0;
};

class extreme final : public of_values {
public:
  extreme(evaluator from, evaluator test, bool least)
      : of_values(std::move(from), std::move(test)), least_(least) {}

private:
  void take(const value& cell) override {
    if (is_null(cell)) {
      return;
    }
    if (is_null(best_) || (least_ ? sorts_before(cell, best_) : sorts_before(best_, cell))) {
      best_ = cell;
    }
  }
  auto result() -> value override { return best_; }
  bool least_;
  value best_;
};

class gatherer final : public of_values {
public:
  gatherer(evaluator from, evaluator test, query_context& query, bool distinct, std::size_t most)
      : of_values(std::move(from), std::move(test)), query_(query), distinct_(distinct),
        most_(most) {}

private:
  void take(const value& cell) override {
    if (is_null(cell) || made_.size() >= most_) {
      return;
    }
    auto key = std::string();
    if (distinct_) {
      append_key(key, cell);
    }
    if (!distinct_ || seen_.insert(key).second) {
      query_.hold(footprint(cell) + key.size());
      made_.push_back(to_json(cell));
    }
  }
  auto result() -> value override { return std::move(made_); }
  query_context& query_;
  bool distinct_;
  std::size_t most_;
  std::set<std::string> seen_;
  nlohmann::json made_ = nlohmann::json::array();
};

// Nearest rank: the smallest value that at least that share of all values does not exceed.
class percentile final : public of_values {
public:
  percentile(evaluator from, query_context& query, double share)
      : of_values(std::move(from), {}), query_(query), share_(share) {}

private:
  void take(const value& cell) override {
    if (!is_null(cell)) {
      query_.hold(sizeof(value));
      seen_.push_back(cell);
    }
  }
  auto result() -> value override {
    if (seen_.empty()) {
      return {};
    }
    std::stable_sort(seen_.begin(), seen_.end(), sorts_before);
    const auto rank = std::ceil(share_ / 100 * static_cast<double>(seen_.size()));
    return seen_[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
  }
  query_context& query_;
  double share_;
  std::vector<value> seen_;
};

enum class kind { count, dcount, sum, avg, min, max, set, list, any, percentile };

struct described {
  std::string_view name;
  kind what;
  bool tested;             ///< the last argument is a predicate
  std::string_view prefix; ///< of the column's name
};

constexpr auto known =
    std::array{described{"count", kind::count, false, "count_"},
               described{"countif", kind::count, true, "countif_"},
               described{"dcount", kind::dcount, false, "dcount_"},
               described{"dcountif", kind::dcount, true, "dcountif_"},
               described{"count_distinct", kind::dcount, false, "count_distinct_"},
               described{"sum", kind::sum, false, "sum_"},
               described{"sumif", kind::sum, true, "sumif_"},
               described{"avg", kind::avg, false, "avg_"},
               described{"avgif", kind::avg, true, "avgif_"},
               described{"min", kind::min, false, "min_"},
               described{"minif", kind::min, true, "minif_"},
               described{"max", kind::max, false, "max_"},
               described{"maxif", kind::max, true, "maxif_"},
               described{"make_set", kind::set, false, "set_"},
               described{"make_set_if", kind::set, true, "set_"},
               described{"makeset", kind::set, false, "set_"},
               described{"make_list", kind::list, false, "list_"},
               described{"make_list_if", kind::list, true, "list_"},
               described{"makelist", kind::list, false, "list_"},
               described{"percentile", kind::percentile, false, "percentile_"}};

auto find_known(std::string_view name) -> const described* {
  const auto found = std::find_if(
      known.begin(), known.end(), [&](const described& each) { return each.name == name; });
  return found == known.end() ? nullptr : &*found;
}

void refuse_count(const expr& from, const scope& at) {
  fail_semantic(at.op,
                "Function '" + from.text + "' cannot be called with " +
                    std::to_string(from.args.size()) + " arguments",
                from.offset);
}

struct parts {
  scalar type = scalar::dynamic;
  evaluator from;
  evaluator test;
  std::string name;
  std::optional<value> extra; ///< a size limit, an accuracy, a percentile
};

auto bind_parts_of(query_context& query, const expr& from, const scope& at, const described& info)
    -> parts {
  const auto valued = info.what != kind::count;
  const auto least =
      (valued ? 1U : 0U) + (info.tested ? 1U : 0U) + (info.what == kind::percentile ? 1U : 0U);
  const auto extra_allowed =
      info.what == kind::dcount || info.what == kind::set || info.what == kind::list;
  if (from.args.size() < least || from.args.size() > least + (extra_allowed ? 1U : 0U)) {
    refuse_count(from, at);
  }
  auto made = parts();
  auto next = std::size_t{0};
  if (valued) {
    auto part = bind_expr(query, *from.args[next], at);
    made.type = part.type;
    made.from = std::move(part.eval);
    made.name = derived_name(*from.args[next++]);
  }
  if (info.tested) {
    auto part = bind_expr(query, *from.args[next++], at);
    if (part.type != scalar::boolean) {
      fail_semantic(at.op, "Function '" + from.text + "' needs a test of type bool", from.offset);
    }
    made.test = std::move(part.eval);
  }
  if (next < from.args.size()) {
    made.extra = bind_constant(query, *from.args[next], at).constant;
  }
  const auto share = made.extra ? number_of(*made.extra).value_or(-1) : 0;
  if (info.what == kind::percentile && !(share >= 0 && share <= 100)) {
    fail_semantic(at.op, "A percentile from 0 to 100 is expected here", from.offset);
  }
  return made;
}

auto summed_type(const parts& from, bool mean, const expr& call, const scope& at) -> scalar {
  const auto fits =
      is_number(from.type) || from.type == scalar::timespan || from.type == scalar::dynamic;
  if (!fits) {
    fail_semantic(at.op,
                  "Function '" + call.text + "' does not fit type " +
                      std::string(kusto_name(from.type)),
                  call.offset);
  }
  if (from.type == scalar::timespan) {
    return from.type;
  }
  return mean || !is_integer(from.type) ? scalar::real : scalar::int64;
}

template <class T, class... Args>
auto maker(Args... args) -> std::function<std::unique_ptr<accumulator>()> {
  return [args...] { return std::make_unique<T>(args...); };
}

auto made_of(query_context& query,
             const parts& from,
             const described& info,
             scalar& type,
             const expr& call,
             const scope& at) -> std::function<std::unique_ptr<accumulator>()> {
  constexpr auto gathered_max = std::int64_t{1'048'576};
  const auto most = from.extra ? integer_of(*from.extra).value_or(gathered_max) : gathered_max;
  auto context = std::ref(query);
  switch (info.what) {
  case kind::count:
    type = scalar::int64;
    return maker<counter>(from.from, from.test);
  case kind::dcount:
    type = scalar::int64;
    return maker<distinct_counter>(from.from, from.test, context);
  case kind::sum:
  case kind::avg: {
    const auto mean = info.what == kind::avg;
    const auto inner = summed_type(from, mean, call, at);
    type = inner;
    const auto read = is_integer(from.type) ? scalar::int64 : inner;
    return maker<total>(from.from, from.test, read, mean);
  }
  case kind::min:
  case kind::max:
    type = from.type;
    return maker<extreme>(from.from, from.test, info.what == kind::min);
  case kind::percentile:
    type = from.type;
    return maker<percentile>(from.from, context, number_of(*from.extra).value_or(50));
  default:
    type = scalar::dynamic;
    return maker<gatherer>(
        from.from,
        from.test,
        context,
        info.what == kind::set,
        static_cast<std::size_t>(std::clamp(most, std::int64_t{0}, gathered_max)));
  }
}

} // namespace

auto is_aggregate(std::string_view name) -> bool {
  return find_known(name) != nullptr || is_row_aggregate(name);
}

auto bind_aggregate(query_context& query, const expr& from, const scope& at) -> aggregate {
  const auto* info = find_known(from.text);
  if (info == nullptr) {
    fail_semantic(
        at.op, "Function '" + from.text + "' is not expected inside an expression", from.offset);
  }
  const auto read = bind_parts_of(query, from, at, *info);
  auto type = scalar::dynamic;
  auto make = made_of(query, read, *info, type, from, at);
  auto name = std::string(info->prefix) + read.name;
  if (info->what == kind::percentile) {
    name += "_" + text_of(*read.extra);
  }
  return {{{std::move(name), type}}, std::move(make)};
}

auto aggregate_slots::add(query_context& query, const expr& from, const scope& at) -> bound {
  const auto inner = scope{at.columns, at.names, at.op, nullptr};
  aggregates_.push_back(bind_aggregate(query, from, inner));
  const auto index = columns_.size();
  columns_.push_back(aggregates_.back().columns[0]);
  auto made = bound();
  made.type = columns_[index].type;
  made.column = static_cast<int>(index);
  made.eval = [index](const row& in, value&) -> const value& { return in[index]; };
  return made;
}

auto aggregate_slots::add_whole(query_context& query, const expr& from, const scope& at)
    -> std::size_t {
  const auto inner = scope{at.columns, at.names, at.op, nullptr};
  aggregates_.push_back(bind_row_aggregate(query, from, inner));
  const auto index = columns_.size();
  const auto& added = aggregates_.back().columns;
  columns_.insert(columns_.end(), added.begin(), added.end());
  return index;
}

} // namespace mock_graph::hunting::kql
