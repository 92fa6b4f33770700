#pragma once
// The v1 and v2 token endpoints for the client credentials grant.
#include "mock_graph/login/access_token.hpp"
#include "mock_graph/login/login_note.hpp"
#include "mock_graph/login/request_parts.hpp"

namespace mock_graph::login {

enum class endpoint_version { v1, v2 };

/// How long tokens live, in seconds. With `most` above `least` each token draws its own, as the
/// platform does (60 to 90 minutes); equal by default.
struct token_lifetime {
  std::int64_t least = 3599;
  std::int64_t most = 3599;
};

/// Where a request of the login arrived.
struct login_place {
  url_parts url;
  std::string tenant_name; ///< the path's tenant segment, lower case
};

/// The tenant that `name` names, if it belongs to the cloud whose login `host` is. Hosts outside
/// the cloud table (a mock on loopback) serve every tenant. Refusals: 90002, and 900382 for a
/// United States government tenant asked for at the worldwide login.
auto tenant_at(const directory& tenants, std::string_view name, std::string_view host)
    -> granted<tenant_info>;

/// "common", "organizations", "consumers": no tenant.
auto is_shared_tenant(std::string_view name) -> bool;

class token_endpoint {
public:
  /// Both outlive the endpoint.
  token_endpoint(const directory& tenants, const signing_key& key, token_lifetime lifetime)
      : tenants_(tenants), key_(key), lifetime_(lifetime) {}

  /// Answers one token request. The tenant is the path's; a query string is ignored. `serial`
  /// counts requests: with `seed` it decides everything opaque.
  [[nodiscard]] auto answer(const seams::request& query,
                            const login_place& place,
                            endpoint_version version,
                            const answer_frame& frame,
                            std::uint64_t seed,
                            std::uint64_t serial) const -> login_answer;

private:
  struct asked;

  auto read(const seams::request& query, endpoint_version version) const -> granted<asked>;
  auto order(const asked& what, const login_place& place, seams::instant now) const
      -> granted<token_order>;
  auto find_client(const asked& what, const tenant_info& where, seams::instant now) const
      -> granted<const tenant::application*>;
  auto prove(const asked& what,
             const tenant::application& app,
             const login_place& place,
             const tenant_info& where,
             seams::instant now) const -> granted<client_proof>;

  const directory& tenants_;
  const signing_key& key_;
  token_lifetime lifetime_;
};

/// The caller's correlation id: header `client-request-id`, else the form field, else the field of
/// the query string (MSAL Node); a GUID or nothing.
auto correlation_id_of(const seams::request& query, const url_parts& url)
    -> std::optional<std::string>;

} // namespace mock_graph::login
