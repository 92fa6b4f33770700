#include "core/auth/claims_challenge.hpp"

#include <doctest/doctest.h>

using namespace core::auth;

namespace {

auto challenge(const std::string& value) -> std::optional<std::string> {
  return claims_challenge(seams::headers{{"WWW-Authenticate", value}});
}

} // namespace

TEST_SUITE("claims_challenge") {
  TEST_CASE("claims are decoded from base64") {
    CHECK(challenge("Bearer realm=\"\", error=\"insufficient_claims\", "
                    "claims=\"eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZX19fQ==\"") ==
          R"({"access_token":{"nbf":{"essential":true}}})");
  }

  TEST_CASE("both alphabets are read, with and without padding") {
    CHECK(challenge("Bearer claims=\"eyJhIjoiPz8_In0\"") == R"({"a":"???"})");
    CHECK(challenge("Bearer claims=\"eyJhIjoiPz8/In0=\"") == R"({"a":"???"})");
  }

  TEST_CASE("what makes no sense is no challenge") {
    CHECK_FALSE(claims_challenge({}));
    CHECK_FALSE(challenge(""));
    CHECK_FALSE(challenge("Bearer error=\"invalid_token\""));
    CHECK_FALSE(challenge("Bearer claims=\"not base64!\""));
    CHECK_FALSE(challenge("Bearer claims=\"eyJh"));
    CHECK_FALSE(challenge("Bearer claims=\"Im5vIG9iamVjdCI=\""));
    CHECK_FALSE(challenge("Bearer xclaims=\"e30=\""));
    CHECK_FALSE(challenge("Bearer claims=\"" + std::string(9000, 'A') + "\""));
  }
}
