#include "core/auth/diagnosis.hpp"
#include "tests/core/auth/test_pairs.hpp"

#include <doctest/doctest.h>

using namespace core::auth;

namespace {

auto says(const diagnosis& what, std::string_view part) -> bool {
  return what.advice.find(part) != std::string::npos;
}

auto of_secret(const std::string& value) -> diagnosis {
  const auto proof = credential(client_secret{value});
  auto about = refused_request();
  about.proof = &proof;
  return diagnose({"AADSTS7000215", "Invalid client secret provided."}, about);
}

auto of_certificate(const std::string& code, const std::string& message) -> diagnosis {
  const auto proof = credential(auth_tests::the_pair().pair);
  auto about = refused_request();
  about.proof = &proof;
  return diagnose({code, message}, about);
}

auto of_ids(const std::string& code, const std::string& client, const std::string& tenant)
    -> diagnosis {
  auto about = refused_request();
  about.client_id = client;
  about.tenant_id = tenant;
  return diagnose({code, ""}, about);
}

auto of_cloud(const std::string& code, const std::string& configured) -> diagnosis {
  auto about = refused_request();
  about.cloud = configured;
  return diagnose({code, ""}, about);
}

constexpr auto some_guid = "0b5e3a51-6f3e-4b6f-9a7d-2c9d6c2b8f10";

} // namespace

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

  TEST_CASE("a pasted Secret ID and stray blanks are seen in what is configured") {
    CHECK(says(of_secret(some_guid), "form of a Secret ID"));
    CHECK(says(of_secret(" x8Q~value"), "blank"));
    CHECK(says(of_secret("x8Q~value\n"), "blank"));
    CHECK_FALSE(says(of_secret("x8Q~value"), "configured begins"));
    CHECK_FALSE(says(of_secret("x8Q~value"), "form of"));
  }

  TEST_CASE("no advice repeats the secret") {
    CHECK_FALSE(says(of_secret(" canary "), "canary"));
    CHECK_FALSE(says(of_secret(some_guid), some_guid));
  }

  TEST_CASE("an expired secret is told with its date where the app could read it") {
    auto about = refused_request();
    about.expires = auth_tests::now();
    CHECK(says(diagnose({"AADSTS7000222", ""}, about), "It expired on 2026-03-10."));
    CHECK_FALSE(says(diagnose({"AADSTS7000222", ""}), "It expired"));
  }

  TEST_CASE("a certificate that is not registered differs from one that did not sign") {
    const auto missing =
        of_certificate("AADSTS700027", "signature. [Reason - The key was not found., ...]");
    const auto mismatch = of_certificate(
        "AADSTS700027", "invalid signature. [Reason - The key was found, but use of it failed.]");
    const auto thumbprint = auth_tests::the_pair().pair.portal_thumbprint();
    CHECK(says(missing, "not registered"));
    CHECK(says(missing, thumbprint));
    CHECK_FALSE(says(missing, "not made with its key"));
    CHECK(says(mismatch, "not made with its key"));
  }

  TEST_CASE("a certificate out of its time is told with both of its dates") {
    const auto ended = of_certificate("AADSTS1000502", "not within its validity period");
    CHECK(says(ended, "from 2026-03-10 to 2026-06-08"));
  }

  TEST_CASE("an assertion out of its time is told with the measured error of the clock") {
    auto about = refused_request();
    about.clock_offset = std::chrono::minutes{11};
    CHECK(says(diagnose({"AADSTS700024", ""}, about), "11 minutes behind"));
    about.clock_offset = -std::chrono::minutes{7};
    CHECK(says(diagnose({"AADSTS700024", ""}, about), "7 minutes ahead"));
    about.clock_offset = {};
    CHECK(says(diagnose({"AADSTS700024", ""}, about), "clock is right"));
  }

  TEST_CASE("ids that cannot be right are seen before the tenant is blamed") {
    CHECK(says(of_ids("AADSTS700016", some_guid, some_guid), "same id"));
    CHECK(says(of_ids("AADSTS700016", "connector", "contoso.com"), "client id is no GUID"));
    CHECK(says(of_ids("AADSTS90002", some_guid, "contoso"), "neither a GUID nor a domain"));
    CHECK(says(of_ids("AADSTS90002", some_guid, "contoso.com "), "blank"));
    CHECK(says(of_ids("AADSTS700016", some_guid, "contoso.com"), "another tenant"));
  }

  TEST_CASE("the wrong cloud is told with the one that is configured") {
    CHECK(says(of_cloud("AADSTS900382", "global"), "Configured is global"));
    CHECK(says(of_cloud("AADSTS900432", "gcc"), "Configured is gcc"));
    CHECK(says(of_cloud("AADSTS900382", "global"), "gcc_high or dod"));
  }
}
