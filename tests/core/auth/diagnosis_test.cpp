#include "core/auth/diagnosis.hpp"

#include <doctest/doctest.h>

using namespace core::auth;

TEST_SUITE("diagnosis") {
  TEST_CASE("a wrong and an expired secret get different advice") {
    const auto wrong = diagnose({"AADSTS7000215", "Invalid client secret provided."});
    const auto expired = diagnose({"AADSTS7000222", "The provided client secret keys expired."});
    CHECK(wrong.advice.find("Secret ID") != std::string::npos);
    CHECK(expired.advice.find("expired") != std::string::npos);
    CHECK_FALSE(wrong.passing);
    CHECK_FALSE(expired.of_one_api);
  }

  TEST_CASE("a resource that is not provisioned concerns one API only") {
    CHECK(diagnose({"AADSTS500011", "not found"}).of_one_api);
    CHECK(diagnose({"invalid_scope", ""}).of_one_api);
  }

  TEST_CASE("trouble of the login itself is passing") {
    CHECK(diagnose({"AADSTS90033", "x"}).passing);
    CHECK(diagnose({"temporarily_unavailable", ""}).passing);
  }

  TEST_CASE("an unknown code is told in the service's words, without the trace ids") {
    CHECK(diagnose({"AADSTS1", "AADSTS1: New trouble. Trace ID: 1 Correlation ID: 2"}).advice ==
          "The login refused the app: AADSTS1: New trouble.");
    CHECK(diagnose({"AADSTS1", "AADSTS1: Old form.\r\nTrace ID: 1\r\nTimestamp: 3"}).advice ==
          "The login refused the app: AADSTS1: Old form.");
    CHECK(diagnose({"odd_word", ""}).advice == "The login refused the app: odd_word");
  }
}
