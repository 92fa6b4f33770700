#include "mock_graph/odata/filter.hpp"
#include "mock_graph/odata/filter_tree.hpp"

namespace mock_graph::odata {
namespace {

auto advanced_in(const expression& what) -> std::string_view;

auto advanced_in(const expression_ptr& what) -> std::string_view {
  return what ? advanced_in(*what) : std::string_view();
}

auto advanced_in(const std::vector<expression_ptr>& parts) -> std::string_view {
  for (const auto& each : parts) {
    if (const auto found = advanced_in(each); !found.empty()) {
      return found;
    }
  }
  return {};
}

struct advanced_search {
  auto operator()(const constant&) const -> std::string_view { return {}; }
  auto operator()(const property_path&) const -> std::string_view { return {}; }
  auto operator()(const membership& of) const -> std::string_view { return advanced_in(of.left); }
  auto operator()(const junction& of) const -> std::string_view { return advanced_in(of.parts); }
  auto operator()(const negation&) const -> std::string_view { return "not"; }
  auto operator()(const lambda& of) const -> std::string_view { return advanced_in(of.body); }
  auto operator()(const call& of) const -> std::string_view {
    return of.which == function::ends_with ? "endsWith" : advanced_in(of.arguments);
  }
  auto operator()(const comparison& of) const -> std::string_view {
    if (of.op == relation::not_equal) {
      return "ne";
    }
    const auto left = advanced_in(of.left);
    return left.empty() ? advanced_in(of.right) : left;
  }
};

auto advanced_in(const expression& what) -> std::string_view {
  return std::visit(advanced_search(), what.form);
}

} // namespace

auto filter::advanced_operator() const -> std::string_view {
  return advanced_in(*tree_);
}

} // namespace mock_graph::odata
