#pragma once
// Filters of the lists: {"field":{"operator":value}}, all of which must hold.
#include <nlohmann/json.hpp>

#include <optional>
#include <span>
#include <string>

namespace mock_graph::cloud_apps {

/// A field that filters may name, and where records keep it.
struct filter_field {
  std::string_view name;   ///< "date", "severity", "user.username"
  const char* member;      ///< JSON pointer into a record: "/timestamp"
  std::string_view type{}; ///< for entities: only those of this type, by id
};

/// Why `filters` cannot be used; nothing if they can. Operators that compare: eq, neq (one value or
/// several), gt, gte, lt, lte, range, contains, ncontains, startswith, doesnotstartwith, endswith,
/// text, isset, isnotset. Others of the reference are refused here, as are fields that `known` does
/// not have (learn.microsoft.com/defender-cloud-apps/api-introduction, "Filters").
auto complaint(const nlohmann::json& filters, std::span<const filter_field> known)
    -> std::optional<std::string>;

/// Whether every filter holds for `record`; `filters` had no complaint.
auto all_hold(const nlohmann::json& filters,
              std::span<const filter_field> known,
              const nlohmann::json& record) -> bool;

} // namespace mock_graph::cloud_apps
