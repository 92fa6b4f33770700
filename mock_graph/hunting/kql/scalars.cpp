#include "mock_graph/hunting/kql/scalars.hpp"

#include <array>

namespace mock_graph::hunting::kql {
namespace {

struct spelling {
  scalar type;
  std::string_view kusto;
  std::string_view dotnet;
};

constexpr auto all_names = std::array{spelling{scalar::string, "string", "String"},
                                      spelling{scalar::datetime, "datetime", "DateTime"},
                                      spelling{scalar::boolean, "bool", "SByte"},
                                      spelling{scalar::int32, "int", "Int32"},
                                      spelling{scalar::int64, "long", "Int64"},
                                      spelling{scalar::real, "real", "Double"},
                                      spelling{scalar::timespan, "timespan", "TimeSpan"},
                                      spelling{scalar::dynamic, "dynamic", "Object"},
                                      spelling{scalar::guid, "guid", "Guid"}};

} // namespace

auto kusto_name(scalar type) -> std::string_view {
  for (const auto& entry : all_names) {
    if (entry.type == type) {
      return entry.kusto;
    }
  }
  return "dynamic";
}

auto dotnet_name(scalar type) -> std::string_view {
  for (const auto& entry : all_names) {
    if (entry.type == type) {
      return entry.dotnet;
    }
  }
  return "Object";
}

auto scalar_named(std::string_view name) -> std::optional<scalar> {
  for (const auto& entry : all_names) {
    if (entry.kusto == name) {
      return entry.type;
    }
  }
  if (name == "double") {
    return scalar::real;
  }
  if (name == "boolean") {
    return scalar::boolean;
  }
  if (name == "date") {
    return scalar::datetime;
  }
  if (name == "time") {
    return scalar::timespan;
  }
  return std::nullopt;
}

} // namespace mock_graph::hunting::kql
