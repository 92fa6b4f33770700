#pragma once
// Microsoft Graph's users: the list, one user, and what changed.
#include "mock_graph/directory/delta.hpp"
#include "mock_graph/directory/user_acts.hpp"
#include "mock_graph/directory/user_book.hpp"
#include "mock_graph/door.hpp"
#include "mock_graph/graph/collection.hpp"

namespace mock_graph::directory {

/// GET /users, /users/$count, /users/{id or userPrincipalName}, /users/delta; hands PATCH of a user
/// on.
/// Source: learn.microsoft.com/graph/api/user-list, user-get, user-delta; page limits and texts as
/// observed (directory sheet, 2.1 and 2.3).
class users_api final : public door, public tenant::listener {
public:
  /// Without `acts`, users can only be read.
  users_api(const tenant::standing& state, const user_book& book, user_acts* acts = nullptr)
      : state_(state), book_(book), acts_(acts) {}

  [[nodiscard]] auto routes() const -> std::span<const std::string_view> override;
  [[nodiscard]] auto route_of(const odata::target& target) const -> std::string_view override;
  auto answer(call& what) -> seams::response override;
  void on(const tenant::event& what) override;

private:
  auto list(call& what) -> seams::response;
  auto one(call& what) -> seams::response;
  [[nodiscard]] auto users(const call& what) const -> graph::collection;

  const tenant::standing& state_;
  const user_book& book_;
  user_acts* acts_;
  graph::collection_reader reader_;
  delta_reader delta_;
};

} // namespace mock_graph::directory
