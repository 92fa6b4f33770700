#pragma once
// The login host as a whole: routes a request to token endpoint, documents or 404.
#include "mock_graph/login/discovery.hpp"
#include "mock_graph/login/token_endpoint.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace mock_graph::login {

struct login_options {
  std::uint64_t seed = 1; ///< decides ids and opaque claims
  token_lifetime lifetime{};
  /// Authorities ("localhost:8443") that instance discovery knows besides Microsoft's.
  std::vector<std::string> own_authorities{};
};

/// One per world; answers depend on the requests, their order and the options, never on more.
class login_service {
public:
  /// Directory and key outlive the service; the key may serve many of them.
  login_service(const directory& tenants, const signing_key& key, login_options options);

  /// `query.url` is absolute; documents point at its scheme, host and port. `now` is the login's
  /// clock. Unknown paths get 404.
  auto answer(const seams::request& query, seams::instant now) -> login_answer;

private:
  auto frame_for(const seams::request& query, const url_parts& url, seams::instant now) const
      -> answer_frame;
  auto document(const login_place& place, const answer_frame& frame) const -> login_answer;

  token_endpoint tokens_;
  discovery documents_;
  std::uint64_t seed_;
  std::uint64_t served_ = 0;
};

} // namespace mock_graph::login
