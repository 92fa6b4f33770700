// Feeds any bytes to the readers of the mock's login that see untrusted input.
#include "mock_graph/login/base64url.hpp"
#include "mock_graph/login/jwt.hpp"
#include "mock_graph/login/request_parts.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

namespace login = mock_graph::login;

void demand(bool held) {
  if (!held) {
    std::abort();
  }
}

/// What decodes must encode to the same text, but for alphabet and padding.
void check_base64(std::string_view text) {
  const auto bytes = login::base64_decode(text, login::longest_token);
  if (!bytes) {
    return;
  }
  const auto again = login::base64_decode(login::base64url_encode(*bytes), login::longest_token);
  demand(again == bytes);
}

} // namespace

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int {
  const auto text = std::string_view(reinterpret_cast<const char*>(data), size);
  check_base64(text);
  if (const auto token = login::parse_jws(text)) {
    demand(token->header.is_object() && token->claims.is_object());
    (void)login::algorithm_of(*token);
    for (const auto* name : {"exp", "nbf", "iat"}) {
      (void)login::date_of(token->claims, name);
    }
  }
  if (const auto url = login::split_url(text)) {
    demand(!url->authority.empty());
  }
  (void)login::parse_form(text);
  (void)login::parse_basic({{"Authorization", std::string(text)}});
  return 0;
}
