#pragma once
// What a refusal of the login means for people, and what they should change.
#include "core/http/error_body.hpp"

#include <string>

namespace core::auth {

struct diagnosis {
  bool passing = false;    ///< trouble of the service, which heals by itself
  bool of_one_api = false; ///< concerns the API asked for, not the app: others may still work
  std::string advice;      ///< one or two sentences for people
};

/// For a code that is not known, the service's own words, without the trace ids at their end.
/// Never holds what was sent, provided that `refusal` was read with the secrets taken out.
auto diagnose(const http::error_words& refusal) -> diagnosis;

} // namespace core::auth
