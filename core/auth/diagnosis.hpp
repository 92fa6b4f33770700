#pragma once
// What a refusal of the login means for people, and what they should change.
#include "core/http/error_body.hpp"

#include <string>

namespace core::auth {

/// One or two sentences; for a code that is not known, the service's own words. Never holds what
/// was sent.
auto diagnose(const http::error_words& refusal) -> std::string;

} // namespace core::auth
