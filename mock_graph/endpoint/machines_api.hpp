#pragma once
// Defender for Endpoint's machines and the actions on them.
#include "mock_graph/door.hpp"
#include "mock_graph/endpoint/endpoint_door.hpp"
#include "mock_graph/endpoint/machine_book.hpp"

namespace mock_graph::endpoint {

/// GET /api/machines and /machineactions, one of either; POST .../machines/{id}/isolate and
/// /unisolate (201 and the action), /machineactions/{id}/cancel (200). Each allows 100 calls a
/// minute and 1,500 an hour. A tenant without machines answers 404. An action of the same type that
/// is under way refuses another: 400 `ActiveRequestAlreadyExists`.
/// Source: learn.microsoft.com/defender-endpoint/api/get-machines, isolate-machine,
/// unisolate-machine, get-machineactions-collection, cancel-machine-action
/// (defender-cloudapps-azure sheet, 1; graph-directory sheet, 5.4).
class machines_api final : public door {
public:
  explicit machines_api(machine_book& book) : book_(book) {}

  [[nodiscard]] auto routes() const -> std::span<const std::string_view> override;
  [[nodiscard]] auto route_of(const odata::target& target) const -> std::string_view override;
  auto answer(call& what) -> seams::response override;

private:
  auto machines(call& what) -> seams::response;
  auto actions(call& what) -> seams::response;
  auto order(call& what) -> seams::response;
  auto cancel(call& what) -> seams::response;
  [[nodiscard]] auto document(const machine_action& what, bool in_list) const
      -> nlohmann::ordered_json;

  machine_book& book_;
  call_limits limits_{100, 1500};
};

} // namespace mock_graph::endpoint
