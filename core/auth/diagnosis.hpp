#pragma once
// What a refusal of the login means for people, and what they should change.
#include "core/auth/credential.hpp"
#include "core/http/error_body.hpp"

#include <optional>
#include <string>

namespace core::auth {

struct diagnosis {
  bool passing = false;    ///< trouble of the service, which heals by itself
  bool of_one_api = false; ///< concerns the API asked for, not the app: others may still work
  std::string advice;      ///< a few sentences for people
};

/// What the connector knows of the request that was refused. Its secret is looked at, never told.
struct refused_request {
  std::string tenant_id;
  std::string client_id;
  std::string cloud; ///< "global", "gcc_high", ...
  const credential* proof = nullptr;
  seams::duration clock_offset{};        ///< of the login's clock to ours
  std::optional<seams::instant> expires; ///< end of the credential, where the app could read it
};

/// For a code that is not known, the service's own words, without the trace ids at their end.
/// Never holds what was sent, provided that `refusal` was read with the secrets taken out.
auto diagnose(const http::error_words& refusal, const refused_request& about = {}) -> diagnosis;

} // namespace core::auth
