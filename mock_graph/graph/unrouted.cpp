#include "mock_graph/graph/unrouted.hpp"

#include "mock_graph/graph/answers.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace mock_graph::graph {
namespace {

using root_entry = std::pair<std::string_view, std::string_view>;

constexpr auto root_entries = std::to_array<root_entry>({{"applications", "EntitySet"},
                                                         {"devices", "EntitySet"},
                                                         {"domains", "EntitySet"},
                                                         {"groups", "EntitySet"},
                                                         {"users", "EntitySet"},
                                                         {"admin", "Singleton"},
                                                         {"auditLogs", "Singleton"},
                                                         {"identity", "Singleton"},
                                                         {"identityProtection", "Singleton"},
                                                         {"security", "Singleton"}});

auto is_version_root(const odata::target& target) -> bool {
  const auto& path = target.path;
  return path.size() == 1 &&
         (odata::is_named(path.front(), "v1.0") || odata::is_named(path.front(), "beta"));
}

/// The first segment that the version's root does not hold, else the last.
auto unknown_segment(const odata::target& target) -> std::string {
  const auto below = below_version(target);
  const auto known = !below.empty() && std::ranges::any_of(root_entries, [&](const auto& entry) {
    return odata::is_named(below.front(), entry.first);
  });
  if (!below.empty() && !known) {
    return below.front().name;
  }
  return target.path.empty() ? std::string() : target.path.back().name;
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
  return refuse(what, odata::segment_not_found(unknown_segment(what.target)));
}

} // namespace mock_graph::graph
