#pragma once
// What a fault makes of a call: the error in the form of the API at hand, or the right answer
// spoiled on its way.
#include "mock_graph/faults/fault.hpp"
#include "mock_graph/odata/target.hpp"
#include "mock_graph/service.hpp"

#include <functional>

namespace mock_graph::faults {

/// Which API's forms an error takes.
enum class api { login, graph, management, exchange, resource_manager, cloud_apps, defender };

/// Facts that error bodies repeat.
struct call_facts {
  api of = api::graph;
  seams::instant now;
  std::string request_id;
  std::string client_request_id;
  std::string method; ///< as the Management API's throttle text names it, "GetBlob"
};

/// A host that belongs to nobody of ours: where a foreign link points.
constexpr auto foreign_root = std::string_view("https://collector.attacker.example");

/// What the service takes the question for under `what`, before it answers. True: for another one.
auto misread(const fault& what, odata::target& question) -> bool;

/// The reply under `what`. `honest` gives the right answer and is called only when it is needed.
auto distort(const fault& what,
             const call_facts& facts,
             const seams::request& query,
             const std::function<seams::response()>& honest) -> reply;

} // namespace mock_graph::faults
