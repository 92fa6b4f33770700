#pragma once
// An answer of the login and what was decided, for a journal that explains refusals.
#include "mock_graph/service.hpp"

#include <string>
#include <vector>

namespace mock_graph::login {

/// Never holds a secret, an assertion or a token.
struct login_note {
  std::string subject;   ///< "token", "openid_configuration", "keys", "instance", "unknown"
  std::string outcome;   ///< "ok", "AADSTS7000222", "not_found"
  std::string tenant_id; ///< empty until the tenant was found
  std::string client_id; ///< empty unless it has the form of a GUID
  std::string resource;  ///< as the request named it, once an API was recognised
  std::string trace_id;
  std::vector<std::string> roles; ///< of an issued token
};

struct login_answer {
  reply what;
  login_note note;
};

} // namespace mock_graph::login
