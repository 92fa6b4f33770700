#pragma once
// Everything a connector needs to be told. Secrets are read anew at each use, never kept here.
#include "core/auth/credential.hpp"
#include "core/seams/result.hpp"
#include "core/seams/time.hpp"

#include <array>
#include <functional>
#include <string>
#include <vector>

namespace core {

/// The APIs that feeds read and actions use. Tokens, throttling and clocks are kept apart for each.
enum class workload { graph, management, exchange, cloud_apps, resource_manager, endpoint };
constexpr auto workload_count = std::size_t{6};

/// One API of one cloud.
struct service {
  /// "https://graph.microsoft.com", without a slash at the end; "" = the cloud does not have it
  std::string root;
  std::string audience; ///< what a token is asked for, usually the root
};

/// Where one cloud's APIs live.
struct cloud {
  std::string name;  ///< "global", "gcc", "gcc_high", "dod", "china"
  std::string login; ///< "https://login.microsoftonline.com"
  service graph;
  service management;       ///< Office 365 Management Activity API
  service exchange;         ///< Exchange admin API and the legacy Reporting Web Service
  service cloud_apps;       ///< Defender for Cloud Apps; the root is the tenant's own
  service resource_manager; ///< Azure Resource Manager
  service endpoint;         ///< Defender for Endpoint

private:
  static auto pick(auto& self, workload which) -> auto& {
    switch (which) {
    case workload::graph:
      return self.graph;
    case workload::management:
      return self.management;
    case workload::exchange:
      return self.exchange;
    case workload::cloud_apps:
      return self.cloud_apps;
    case workload::resource_manager:
      return self.resource_manager;
    case workload::endpoint:
      return self.endpoint;
    }
    return self.graph;
  }

public:
  [[nodiscard]] auto of(workload which) const -> const service& { return pick(*this, which); }
  [[nodiscard]] auto of(workload which) -> service& { return pick(*this, which); }
};

/// How one feed is read. Defaults come from the feed table; a config may override them.
struct feed_options {
  std::string name;                  ///< "alerts", "incidents", "safe_links", "audit_general", ...
  seams::duration period{};          ///< time between polls
  seams::duration overlap{};         ///< how far each poll re-reads the past
  seams::duration first_look_back{}; ///< how far the first poll reaches back
};

struct connector_config {
  std::string tenant_id;
  std::string client_id;
  /// The secret or certificate as it is now; asked before each token request so that a rotated one
  /// needs no restart. The failure says where it was looked for, never what it is.
  std::function<seams::result<auth::credential>()> credential;
  auth::assertion_form assertion; ///< how a certificate's assertions are written
  cloud where;
  std::vector<feed_options> feeds;
  /// Ids of Azure subscriptions, for the feed azure_activity; one text may hold several with commas
  /// between them.
  std::vector<std::string> subscriptions;
  seams::duration answer_limit = std::chrono::seconds{100}; ///< longest wait for one answer
};

} // namespace core
