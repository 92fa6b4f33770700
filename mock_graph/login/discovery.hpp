#pragma once
// The documents that clients read before they ask for a token: OpenID configuration, signing
// keys, instance discovery. All point at where the request arrived.
#include "mock_graph/login/keys.hpp"
#include "mock_graph/login/login_note.hpp"
#include "mock_graph/login/token_endpoint.hpp"

namespace mock_graph::login {

class discovery {
public:
  /// Both outlive the object. `own_authorities` ("localhost:8443") are known login hosts besides
  /// those of the cloud table and the one that a request arrives at.
  discovery(const directory& tenants,
            const signing_key& key,
            std::vector<std::string> own_authorities)
      : tenants_(tenants), key_(key), own_authorities_(std::move(own_authorities)) {}

  /// The tenant's OpenID configuration; a shared one (`common`) has the literal "{tenantid}" in
  /// its issuer. Unknown tenant: 400 invalid_tenant, AADSTS90002.
  [[nodiscard]] auto openid_configuration(const login_place& place,
                                          endpoint_version version,
                                          const answer_frame& frame) const -> login_answer;
  /// The key set, the same for every tenant; refuses unknown tenants likewise.
  [[nodiscard]] auto keys(const login_place& place, const answer_frame& frame) const
      -> login_answer;
  /// `/common/discovery/instance`: which hosts are one cloud. The inner URL of
  /// `authorization_endpoint` may come percent-encoded or not. Unknown host: 400 invalid_instance,
  /// AADSTS50049.
  [[nodiscard]] auto instance(const login_place& place, const answer_frame& frame) const
      -> login_answer;

private:
  auto tenant_of(const login_place& place) const -> granted<tenant_info>;

  const directory& tenants_;
  const signing_key& key_;
  std::vector<std::string> own_authorities_;
};

} // namespace mock_graph::login
