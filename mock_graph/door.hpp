#pragma once
// One surface of one API of the tenant: which requests are for it, and what it answers.
#include "mock_graph/call.hpp"

#include <span>
#include <string>

namespace mock_graph {

/// A door belongs to one API (Graph, Exchange, ...), which checks tokens before any door is asked.
class door {
public:
  virtual ~door() = default;

  /// The names of all its operations, "graph.sign_ins": what faults and expectations may name.
  [[nodiscard]] virtual auto routes() const -> std::span<const std::string_view> = 0;
  /// The operation that `target` means, one of `routes`, or "" if it is none of this door's.
  [[nodiscard]] virtual auto route_of(const odata::target& target) const -> std::string_view = 0;
  /// Answers a request whose token fits the API; roles are the door's business.
  virtual auto answer(call& what) -> seams::response = 0;
};

} // namespace mock_graph
