#include "mock_graph/hunting/kql/failure.hpp"
#include "mock_graph/hunting/kql/operators.hpp"
#include "mock_graph/hunting/kql/scalars.hpp"
#include "mock_graph/hunting/kql/times.hpp"
#include "mock_graph/hunting/kql/values.hpp"

namespace mock_graph::hunting::kql {
namespace {

constexpr auto time_column = std::string_view("Timestamp");

class filter final : public relation {
public:
  filter(relation_ptr input, evaluator test, const time_range& bounds)
      : relation(input->columns(), input->depth() + 1), input_(std::move(input)),
        test_(std::move(test)), bounds_(bounds) {}

  void scan(const time_range& wanted, const sink& out) const override {
    input_->scan(narrowed(wanted, bounds_), [&](const row& in) {
      auto scratch = value();
      const auto* passes = std::get_if<bool>(&test_(in, scratch));
      return passes == nullptr || !*passes || out(in);
    });
  }

private:
  relation_ptr input_;
  evaluator test_;
  time_range bounds_;
};

class limited final : public relation {
public:
  limited(relation_ptr input, std::size_t count)
      : relation(input->columns(), input->depth() + 1), input_(std::move(input)), count_(count) {}

  void scan(const time_range&, const sink& out) const override {
    auto left = count_;
    if (left == 0) {
      return;
    }
    input_->scan({}, [&](const row& in) {
      --left;
      return out(in) && left > 0;
    });
  }

private:
  relation_ptr input_;
  std::size_t count_;
};

class row_counter final : public relation {
public:
  explicit row_counter(relation_ptr input)
      : relation({{"Count", scalar::int64}}, input->depth() + 1), input_(std::move(input)) {}

  void scan(const time_range&, const sink& out) const override {
    auto count = std::int64_t{0};
    input_->scan({}, [&](const row&) { return ++count > 0; });
    out({count});
  }

private:
  relation_ptr input_;
};

auto is_time_column(const expr& from, const scope& at) -> bool {
  const auto index = index_of(at.columns, time_column);
  return from.kind == node::name && from.text == time_column && index >= 0 &&
         at.columns[static_cast<std::size_t>(index)].type == scalar::datetime;
}

auto constant_instant(query_context& query, const expr& from, const scope& at)
    -> std::optional<value> {
  auto made = bind_expr(query, from, at);
  return made.constant && made.type == scalar::datetime ? made.constant : std::nullopt;
}

auto from_comparison(std::string_view op, seams::instant at) -> time_range {
  if (op == "==") {
    return {at, at};
  }
  if (op == ">" || op == ">=") {
    return {at, seams::instant::max()};
  }
  if (op == "<" || op == "<=") {
    return {seams::instant::min(), at};
  }
  return {};
}

auto mirrored(const std::string& op) -> std::string {
  return op[0] == '<' ? ">" + op.substr(1) : op[0] == '>' ? "<" + op.substr(1) : op;
}

auto comparison_bounds(query_context& query, const expr& from, const scope& at) -> time_range {
  const auto left = is_time_column(*from.args[0], at);
  if (!left && !is_time_column(*from.args[1], at)) {
    return {};
  }
  const auto other = constant_instant(query, *from.args[left ? 1 : 0], at);
  const auto* moment = other ? std::get_if<seams::instant>(&*other) : nullptr;
  return moment == nullptr ? time_range()
                           : from_comparison(left ? from.text : mirrored(from.text), *moment);
}

auto between_bounds(query_context& query, const expr& from, const scope& at) -> time_range {
  if (from.negated || !is_time_column(*from.args[0], at)) {
    return {};
  }
  const auto low = constant_instant(query, *from.args[1], at);
  const auto* first = low ? std::get_if<seams::instant>(&*low) : nullptr;
  if (first == nullptr) {
    return {};
  }
  const auto high = bind_expr(query, *from.args[2], at).constant;
  const auto* last = high ? std::get_if<seams::instant>(&*high) : nullptr;
  const auto* span = high ? std::get_if<seams::duration>(&*high) : nullptr;
  const auto sum = span != nullptr ? shifted(*first, *span) : std::nullopt;
  return {*first, last != nullptr ? *last : sum.value_or(seams::instant::max())};
}

} // namespace

auto timestamp_bounds(query_context& query, const expr& predicate, const scope& at) -> time_range {
  auto made = time_range();
  if (predicate.kind == node::all_of) {
    for (const auto& part : predicate.args) {
      made = narrowed(made, timestamp_bounds(query, *part, at));
    }
  } else if (predicate.kind == node::comparison) {
    made = comparison_bounds(query, predicate, at);
  } else if (predicate.kind == node::between) {
    made = between_bounds(query, predicate, at);
  }
  return made;
}

auto bind_where(const step_input& in) -> relation_ptr {
  auto made = in.input;
  for (const auto& part : in.op.items) {
    auto test = bind_expr(in.query, *part.what, in.at());
    if (test.type != scalar::boolean) {
      fail_semantic(in.op.name,
                    "A predicate of type bool is expected, not " +
                        std::string(kusto_name(test.type)),
                    part.offset);
    }
    const auto bounds = timestamp_bounds(in.query, *part.what, in.at());
    made = std::make_shared<filter>(std::move(made), std::move(test.eval), bounds);
  }
  return made;
}

auto bind_take(const step_input& in) -> relation_ptr {
  return std::make_shared<limited>(in.input, bind_count(in.query, *in.op.count, in.at()));
}

auto bind_count_rows(const step_input& in) -> relation_ptr {
  return std::make_shared<row_counter>(in.input);
}

} // namespace mock_graph::hunting::kql
