#include "mock_graph/graph/unrouted.hpp"

#include "mock_graph/graph/answers.hpp"

#include <nlohmann/json.hpp>

#include <array>

namespace mock_graph::graph {
namespace {

using root_entry = std::pair<std::string_view, std::string_view>;

constexpr auto root_entries = std::to_array<root_entry>({{"applications", "EntitySet"},
                                                         {"devices", "EntitySet"},
                                                         {"groups", "EntitySet"},
                                                         {"users", "EntitySet"},
                                                         {"admin", "Singleton"},
                                                         {"auditLogs", "Singleton"},
                                                         {"identityProtection", "Singleton"},
                                                         {"security", "Singleton"}});

auto is_version_root(const odata::target& target) -> bool {
  const auto& path = target.path;
  return path.size() == 1 &&
         (odata::is_named(path.front(), "v1.0") || odata::is_named(path.front(), "beta"));
}

auto service_document(const call& what) -> seams::response {
  auto body = nlohmann::ordered_json();
  body["@odata.context"] = service_root(what) + "/$metadata";
  body["value"] = nlohmann::ordered_json::array();
  for (const auto& [name, kind] : root_entries) {
    auto entry = nlohmann::ordered_json();
    entry["name"] = name;
    entry["kind"] = kind;
    entry["url"] = name;
    body["value"].push_back(std::move(entry));
  }
  return ok(what, body.dump());
}

} // namespace

auto unrouted(call& what) -> seams::response {
  if (is_version_root(what.target) && what.query.method == "GET") {
    return service_document(what);
  }
  const auto& path = what.target.path;
  return refuse(what, odata::segment_not_found(path.empty() ? std::string() : path.back().name));
}

} // namespace mock_graph::graph
