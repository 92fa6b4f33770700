#pragma once
// Lets a client that can only be given base URLs reach every API through one address.
#include "mock_graph/service.hpp"

#include <optional>
#include <string>

namespace mock_graph::wire {

/// A URL on an address of this machine whose first segment names the host that is meant.
struct local_url {
  std::string base; ///< "https://127.0.0.1:8443"
  std::string host; ///< "graph.microsoft.com"
  std::string rest; ///< "/v1.0/users?$top=5"

  [[nodiscard]] auto meant() const -> std::string { return "https://" + host + rest; }
};

/// Nothing for a URL that is no such one.
auto read_local(const std::string& url) -> std::optional<local_url>;

/// Writes the links of an answer in the form in which it was asked for.
void turn_links(seams::response& what, const local_url& asked);

/// "https://127.0.0.1:8443/graph.microsoft.com/v1.0/users" means what
/// "https://graph.microsoft.com/v1.0/users" does: on an address of this machine the first segment
/// of the path names the host. Links in the answer (next pages, delta, content, contexts, the
/// login's documents) are written in the same form, so that the client stays where it is. Other
/// requests pass as they are.
class base_urls final : public service {
public:
  explicit base_urls(service& inner) : inner_(inner) {}

  auto answer(const seams::request& query) -> reply override;

private:
  service& inner_;
};

} // namespace mock_graph::wire
