#pragma once
// Everything a connector needs to be told. Secrets are read anew at each use, never kept here.
#include "core/seams/result.hpp"
#include "core/seams/time.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace core {

/// Where one cloud's APIs live. Audiences are what a token is asked for.
struct cloud {
  std::string name;             ///< "global", "gcc", ...
  std::string login;            ///< "https://login.microsoftonline.com"
  std::string graph;            ///< root and audience of Microsoft Graph
  std::string management;       ///< root and audience of the Management Activity API
};

/// How one feed is read. Defaults come from the feed table; a config may override them.
struct feed_options {
  std::string name;          ///< "alerts", "incidents", "safe_links", "audit_general", ...
  seams::duration period{};  ///< time between polls
  seams::duration overlap{}; ///< how far each poll re-reads the past
  seams::duration first_look_back{}; ///< how far the first poll reaches back
};

struct connector_config {
  std::string tenant_id;
  std::string client_id;
  /// The client secret as it is now; asked before each token request so that a rotated secret
  /// needs no restart. The failure says where it was looked for, never what it is.
  std::function<seams::result<std::string>()> client_secret;
  cloud where;
  std::vector<feed_options> feeds;
  seams::duration answer_limit = std::chrono::seconds{100}; ///< longest wait for one answer
};

} // namespace core
