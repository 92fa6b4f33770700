#pragma once
// When the credential in use ends, by the app's own registration: told before it does.
#include "core/api/api_client.hpp"
#include "core/health/monitor.hpp"

namespace core {

/// The end of the credential in use.
struct credential_end {
  seams::instant at;
  bool certificate = false;
  std::string name; ///< as the portal shows it; never the value
  std::string id;   ///< Secret ID or certificate id
};

/// Finds the credential `in_use` in an application of Graph: a secret by its hint, which is its
/// first three characters (of several the one that ends first, of those that have not ended), a
/// certificate by its thumbprint. Nothing where it is not there.
/// Source: learn.microsoft.com/graph/api/resources/passwordcredential and keycredential.
auto find_credential_end(std::string_view application,
                         const auth::credential& in_use,
                         seams::instant now) -> std::optional<credential_end>;

/// What to say of it: from 30 days before the end, and again from 7 days; nothing earlier.
auto expiry_remark(const credential_end& end, seams::instant now) -> std::optional<health::remark>;

/// Looks twice a day, and only where the app may: where its token for Graph carries
/// Application.Read.All. What cannot be read is passed over, and looked at an hour later if it may
/// heal; no feed depends on it or waits for its pauses.
class credential_watch {
public:
  credential_watch(const connector_config& config,
                   seams::clock& time,
                   api::api_client& api,
                   auth::token_source& tokens)
      : config_(config), time_(time), api_(api), tokens_(tokens) {}

  /// The end of the credential, if it is time to look and it could be found.
  auto look() -> boost::asio::awaitable<std::optional<credential_end>>;

private:
  const connector_config& config_;
  seams::clock& time_;
  api::api_client& api_;
  auth::token_source& tokens_;
  seams::duration next_look_{};
};

} // namespace core
