#include "mock_graph/hunting/kql/bind_parts.hpp"
#include "mock_graph/hunting/kql/failure.hpp"
#include "mock_graph/hunting/kql/matching.hpp"
#include "mock_graph/hunting/kql/scalars.hpp"
#include "mock_graph/hunting/kql/times.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <algorithm>
#include <cmath>

namespace mock_graph::hunting::kql {
namespace {

auto is_text(scalar type) -> bool {
  return type == scalar::string || type == scalar::guid;
}

// A bool meets numbers and strings because the mail tables' own documentation compares one with
// "0"; anything else of two kinds is refused, as Kusto does.
auto comparable(scalar a, scalar b) -> bool {
  const auto loose = [](scalar flag, scalar other) {
    return flag == scalar::boolean && (is_number(other) || other == scalar::string);
  };
  return a == b || a == scalar::dynamic || b == scalar::dynamic || (is_number(a) && is_number(b)) ||
         (is_text(a) && is_text(b)) || loose(a, b) || loose(b, a);
}

void need_comparable(scalar a, scalar b, const expr& from, const scope& at) {
  if (!comparable(a, b)) {
    fail_semantic(at.op,
                  "Cannot compare values of types " + std::string(kusto_name(a)) + " and " +
                      std::string(kusto_name(b)) + ". Try adding explicit casts",
                  from.offset);
  }
}

auto ordered(bool (*wanted)(std::partial_ordering)) -> runner {
  return [wanted](arguments args) -> value {
    const auto order = compare(*args[0], *args[1]);
    return order ? value(wanted(*order)) : value();
  };
}

template <bool Wanted> auto equality(arguments args) -> value {
  const auto same = equal(*args[0], *args[1]);
  return same ? value(*same == Wanted) : value();
}

template <bool Wanted> auto blind_equality(arguments args) -> value {
  auto left = std::string();
  auto right = std::string();
  return same_blind(text_view(*args[0], left), text_view(*args[1], right)) == Wanted;
}

auto comparison_named(std::string_view op) -> runner {
  if (op == "==") {
    return equality<true>;
  }
  if (op == "!=") {
    return equality<false>;
  }
  if (op == "=~") {
    return blind_equality<true>;
  }
  if (op == "!~") {
    return blind_equality<false>;
  }
  if (op == "<") {
    return ordered(std::is_lt);
  }
  if (op == "<=") {
    return ordered(std::is_lteq);
  }
  return ordered(op == ">" ? std::is_gt : std::is_gteq);
}

auto checked(std::int64_t left, char op, std::int64_t right) -> value {
  auto made = std::int64_t{0};
  const auto overflow = op == '+'   ? __builtin_add_overflow(left, right, &made)
                        : op == '-' ? __builtin_sub_overflow(left, right, &made)
                                    : __builtin_mul_overflow(left, right, &made);
  return overflow ? value() : value(made);
}

auto whole_numbers(std::int64_t left, char op, std::int64_t right) -> value {
  if (op != '/' && op != '%') {
    return checked(left, op, right);
  }
  if (right == 0 || (left == INT64_MIN && right == -1)) {
    return {};
  }
  const auto rest = left % right;
  if (op == '/') {
    return left / right;
  }
  return rest >= 0 ? rest : right < 0 ? rest - right : rest + right;
}

auto real_numbers(double left, char op, double right) -> value {
  switch (op) {
  case '+':
    return left + right;
  case '-':
    return left - right;
  case '*':
    return left * right;
  case '/':
    return left / right;
  default:
    return std::fmod(left, right);
  }
}

auto scaled(seams::duration span, double factor) -> value {
  const auto ticks = static_cast<double>(span.count()) * factor;
  return std::abs(ticks) < 9.2e18 ? value(seams::duration{std::llround(ticks)}) : value();
}

auto as_span(const value& ticks) -> value {
  const auto* count = std::get_if<std::int64_t>(&ticks);
  return count != nullptr ? value(seams::duration{*count}) : value();
}

auto spans(const value& left, char op, const value& right) -> value {
  const auto* a = std::get_if<seams::duration>(&left);
  const auto* b = std::get_if<seams::duration>(&right);
  if (a != nullptr && b != nullptr) {
    if (op == '/') {
      return real_numbers(static_cast<double>(a->count()), op, static_cast<double>(b->count()));
    }
    return op == '*' ? value() : as_span(whole_numbers(a->count(), op, b->count()));
  }
  const auto factor = number_of(a != nullptr ? right : left);
  if (!factor || (op == '/' && *factor == 0)) {
    return {};
  }
  return scaled(a != nullptr ? *a : *b, op == '/' ? 1 / *factor : *factor);
}

auto instants(const value& left, char op, const value& right) -> value {
  const auto* a = std::get_if<seams::instant>(&left);
  const auto* b = std::get_if<seams::instant>(&right);
  if (a != nullptr && b != nullptr) {
    return as_span(checked(a->time_since_epoch().count(), '-', b->time_since_epoch().count()));
  }
  const auto* span = std::get_if<seams::duration>(a != nullptr ? &right : &left);
  if (span == nullptr || *span == seams::duration::min()) {
    return {};
  }
  const auto made = shifted(a != nullptr ? *a : *b, op == '-' ? -*span : *span);
  return made ? value(*made) : value();
}

auto arithmetic(const value& left, char op, const value& right, bool whole) -> value {
  auto left_scratch = value();
  auto right_scratch = value();
  const auto& a = plain(left, left_scratch);
  const auto& b = plain(right, right_scratch);
  const auto either = [&](std::size_t kind) { return a.index() == kind || b.index() == kind; };
  if (is_null(a) || is_null(b)) {
    return {};
  }
  if (either(2)) {
    return instants(a, op, b);
  }
  if (either(6)) {
    return spans(a, op, b);
  }
  if (whole) {
    const auto x = integer_of(a);
    const auto y = integer_of(b);
    return x && y ? whole_numbers(*x, op, *y) : value();
  }
  const auto x = number_of(a);
  const auto y = number_of(b);
  return x && y ? real_numbers(*x, op, *y) : value();
}

// The result's type, or none where the operator does not fit the types.
auto arithmetic_type(scalar a, char op, scalar b) -> std::optional<scalar> {
  if (a == scalar::dynamic || b == scalar::dynamic) {
    const auto other = a == scalar::dynamic ? b : a;
    return other == scalar::dynamic ? scalar::real : arithmetic_type(other, op, other);
  }
  if (is_number(a) && is_number(b)) {
    return a == scalar::real || b == scalar::real ? scalar::real : scalar::int64;
  }
  const auto additive = op == '+' || op == '-';
  if (a == scalar::datetime && b == scalar::datetime) {
    return op == '-' ? std::optional(scalar::timespan) : std::nullopt;
  }
  if (a == scalar::timespan && b == scalar::timespan) {
    return op == '/'   ? std::optional(scalar::real)
           : op == '*' ? std::nullopt
                       : std::optional(scalar::timespan);
  }
  if ((a == scalar::datetime && b == scalar::timespan && additive) ||
      (a == scalar::timespan && b == scalar::datetime && op == '+')) {
    return scalar::datetime;
  }
  const auto scales = (a == scalar::timespan && is_number(b) && (op == '*' || op == '/')) ||
                      (is_number(a) && b == scalar::timespan && op == '*');
  return scales ? std::optional(scalar::timespan) : std::nullopt;
}

} // namespace

auto bind_comparison(query_context& query, const expr& from, const scope& at) -> bound {
  auto parts = bind_parts(query, from, at);
  const auto blind = from.text == "=~" || from.text == "!~";
  if (!blind) {
    need_comparable(parts[0].type, parts[1].type, from, at);
  }
  return combined(scalar::boolean, std::move(parts), comparison_named(from.text));
}

// `a between (t .. 2d)` measures the second bound from the first.
auto bind_between(query_context& query, const expr& from, const scope& at) -> bound {
  auto parts = bind_parts(query, from, at);
  const auto relative = parts[1].type == scalar::datetime && parts[2].type == scalar::timespan;
  need_comparable(parts[0].type, parts[1].type, from, at);
  if (!relative) {
    need_comparable(parts[0].type, parts[2].type, from, at);
  }
  return combined(
      scalar::boolean, std::move(parts), [relative, wanted = !from.negated](arguments args) {
        const auto upper = relative ? instants(*args[1], '+', *args[2]) : *args[2];
        const auto low = compare(*args[0], *args[1]);
        const auto high = compare(*args[0], upper);
        return low && high ? value((std::is_gteq(*low) && std::is_lteq(*high)) == wanted) : value();
      });
}

auto bind_arithmetic(query_context& query, const expr& from, const scope& at) -> bound {
  auto parts = bind_parts(query, from, at);
  const auto op = from.text[0];
  const auto type = arithmetic_type(parts[0].type, op, parts[1].type);
  if (!type) {
    fail_semantic(at.op,
                  "Operator '" + from.text + "' cannot be applied to types " +
                      std::string(kusto_name(parts[0].type)) + " and " +
                      std::string(kusto_name(parts[1].type)),
                  from.offset);
  }
  const auto whole = is_integer(*type);
  return combined(*type, std::move(parts), [op, whole](arguments args) {
    return arithmetic(*args[0], op, *args[1], whole);
  });
}

} // namespace mock_graph::hunting::kql
