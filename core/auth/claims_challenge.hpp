#pragma once
// The claims that an API wants to see in a newer token.
#include "core/seams/http.hpp"

#include <optional>
#include <string>

namespace core::auth {

/// The `claims` of a Bearer challenge in WWW-Authenticate, decoded from base64 (either alphabet) to
/// the JSON object that a token request passes on. Nothing where there are none, or none that make
/// sense.
/// Source: learn.microsoft.com/entra/identity-platform/claims-challenge.
auto claims_challenge(const seams::headers& fields) -> std::optional<std::string>;

} // namespace core::auth
