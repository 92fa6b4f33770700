#pragma once
// Which API a URL means, by its host.
#include "mock_graph/login/clouds.hpp"
#include "mock_graph/odata/target.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mock_graph::server {

/// What a host is, in any cloud.
struct place {
  bool is_login = false;
  login::api of = login::api::graph; ///< where it is no login
  const login::cloud* cloud = nullptr;
};

/// Nothing for a host that is Microsoft's in no cloud. Defender for Cloud Apps gives each tenant a
/// host below the domains of the table.
auto place_of(const odata::target& target) -> std::optional<place>;

/// Every name that `place_of` knows, sorted, as a certificate lists them: "*." stands for the
/// tenant before a region's domain of Defender for Cloud Apps.
auto certified_names() -> std::vector<std::string>;

/// "graph", "activity", "exchange", "arm", "defender", "cloud_apps": how routes of the API begin.
auto name_of(login::api which) -> std::string_view;

} // namespace mock_graph::server
