#pragma once
// Defender for Endpoint's indicators: submitted one by one or many at once, listed, deleted.
#include "mock_graph/door.hpp"
#include "mock_graph/endpoint/endpoint_door.hpp"
#include "mock_graph/endpoint/indicator_book.hpp"

namespace mock_graph::endpoint {

/// POST /api/indicators (200, new or updated alike), GET /api/indicators, DELETE of one (204, 404),
/// POST /api/indicators/import (200 with the outcome of each of up to 500). `Ti.ReadWrite` sees and
/// touches what the app itself submitted, `Ti.ReadWrite.All` everything. 100 calls a minute and
/// 1,500 an hour, of imports 30 a minute.
/// Source: learn.microsoft.com/defender-endpoint/api/post-ti-indicator,
/// get-ti-indicators-collection, delete-ti-indicator-by-id, import-ti-indicators
/// (defender-cloudapps-azure sheet, 1.2, 1.7).
class indicators_api final : public door {
public:
  explicit indicators_api(acts::performer& acts) : book_(acts) {}

  [[nodiscard]] auto routes() const -> std::span<const std::string_view> override;
  [[nodiscard]] auto route_of(const odata::target& target) const -> std::string_view override;
  auto answer(call& what) -> seams::response override;

private:
  auto submit(call& what, bool own_only) -> seams::response;
  auto import_many(call& what, bool own_only) -> seams::response;
  auto remove(call& what, bool own_only) -> seams::response;
  auto list(call& what, bool own_only) -> seams::response;

  indicator_book book_;
  call_limits calls_{100, 1500};
  call_limits imports_{30, 1500};
};

} // namespace mock_graph::endpoint
