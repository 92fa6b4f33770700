#include "mock_graph/odata/filter.hpp"
#include "mock_graph/odata/filter_tree.hpp"

#include <algorithm>

namespace mock_graph::odata {
namespace {

constexpr auto tick = seams::duration{1};

auto intersection(const time_range& a, const time_range& b) -> time_range {
  auto out = a;
  if (b.lower) {
    out.lower = a.lower ? std::max(*a.lower, *b.lower) : *b.lower;
  }
  if (b.upper) {
    out.upper = a.upper ? std::min(*a.upper, *b.upper) : *b.upper;
  }
  return out;
}

/// The smallest range that holds both; an open side of either stays open.
auto hull(const time_range& a, const time_range& b) -> time_range {
  auto out = time_range{};
  if (a.lower && b.lower) {
    out.lower = std::min(*a.lower, *b.lower);
  }
  if (a.upper && b.upper) {
    out.upper = std::max(*a.upper, *b.upper);
  }
  return out;
}

auto mirrored(relation op) -> relation {
  switch (op) {
  case relation::greater:
    return relation::less;
  case relation::greater_equal:
    return relation::less_equal;
  case relation::less:
    return relation::greater;
  case relation::less_equal:
    return relation::greater_equal;
  default:
    return op;
  }
}

auto range_of(relation op, seams::instant at) -> time_range {
  switch (op) {
  case relation::equal:
    return {at, at};
  case relation::greater:
    return {at + tick, {}};
  case relation::greater_equal:
    return {at, {}};
  case relation::less:
    return {{}, at - tick};
  case relation::less_equal:
    return {{}, at};
  default:
    return {};
  }
}

/// The range a subtree demands. What it does not understand demands nothing.
class bounds_finder {
public:
  explicit bounds_finder(std::string_view property) : property_(property) {}

  auto find(const expression& in) const -> time_range {
    if (const auto* c = std::get_if<comparison>(&in.form)) {
      return of(*c);
    }
    if (const auto* m = std::get_if<membership>(&in.form)) {
      return of(*m);
    }
    if (const auto* j = std::get_if<junction>(&in.form)) {
      return of(*j);
    }
    return {};
  }

private:
  auto of(const comparison& c) const -> time_range {
    if (const auto* at = time_in(*c.right); at != nullptr && names_it(*c.left)) {
      return range_of(c.op, *at);
    }
    if (const auto* at = time_in(*c.left); at != nullptr && names_it(*c.right)) {
      return range_of(mirrored(c.op), *at);
    }
    return {};
  }

  auto of(const membership& m) const -> time_range {
    if (!names_it(*m.left)) {
      return {};
    }
    auto out = std::optional<time_range>{};
    for (const auto& each : m.among) {
      const auto* at = std::get_if<seams::instant>(&each.content);
      const auto one = at != nullptr ? time_range{*at, *at} : time_range{};
      out = out ? hull(*out, one) : one;
    }
    return out.value_or(time_range{});
  }

  auto of(const junction& j) const -> time_range {
    auto out = find(*j.parts.front());
    for (const auto& part : j.parts) {
      const auto one = find(*part);
      out = j.all ? intersection(out, one) : hull(out, one);
    }
    return out;
  }

  static auto time_in(const expression& e) -> const seams::instant* {
    const auto* c = std::get_if<constant>(&e.form);
    return c != nullptr ? std::get_if<seams::instant>(&c->content) : nullptr;
  }

  [[nodiscard]] auto names_it(const expression& e) const -> bool {
    const auto* path = std::get_if<property_path>(&e.form);
    return path != nullptr && path->variable < 0 && path->names.size() == 1 &&
           path->names.front() == property_;
  }

  std::string_view property_;
};

} // namespace

auto filter::time_bounds(std::string_view property) const -> time_range {
  return bounds_finder{property}.find(*tree_);
}

} // namespace mock_graph::odata
