#include "mock_graph/hunting/kql/relation.hpp"

#include "mock_graph/hunting/kql/failure.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <algorithm>

namespace mock_graph::hunting::kql {
namespace {

constexpr auto exceeded = "Query execution has exceeded the allowed limits. Optimize your query by "
                          "limiting the amount of data it processes and try again.";

} // namespace

void query_context::step() {
  if (++steps > bounds.steps_max) {
    fail_too_large(exceeded, 0);
  }
}

void query_context::hold(std::size_t bytes) {
  held_bytes += bytes;
  if (held_bytes > bounds.held_bytes_max) {
    fail_too_large(exceeded, 0);
  }
}

void query_context::bind_node(std::size_t offset) {
  if (++nodes > bounds.nodes_max) {
    fail_too_large("The query has too many parts.", offset);
  }
}

auto index_of(const std::vector<column>& columns, std::string_view name) -> int {
  const auto found = std::find_if(
      columns.begin(), columns.end(), [&](const column& each) { return each.name == name; });
  return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

auto narrowed(const time_range& left, const time_range& right) -> time_range {
  return {std::max(left.from, right.from), std::min(left.to, right.to)};
}

auto collect(query_context& query, const relation& from) -> std::vector<row> {
  auto made = std::vector<row>();
  from.scan({}, [&](const row& each) {
    query.hold(footprint(each));
    made.push_back(each);
    return true;
  });
  return made;
}

} // namespace mock_graph::hunting::kql
