#include "core/health/remedy.hpp"

#include <doctest/doctest.h>

using core::health::remedy;

TEST_SUITE("remedy") {
  TEST_CASE("what a code says comes before what its state says") {
    CHECK(remedy("gap", "AF20055", {}) != remedy("gap", "blob_never_served", {}));
    CHECK(remedy("delayed", "blobs_waiting", {}).find("report the content") != std::string::npos);
    CHECK(remedy("ok", "", {}).empty());
  }

  TEST_CASE("nobody is told to do nothing about a feed that has stalled") {
    for (const auto* code : {"500", "429", "AF20022", "AF20023", "foreign_link"}) {
      CAPTURE(code);
      CHECK(remedy("stalled", code, {}).find("Nothing") == std::string::npos);
      CHECK(remedy("stalled", code, {}).find("report the line") != std::string::npos);
    }
    CHECK(remedy("stalled", "connect_failed", {}).starts_with("Check this machine's DNS"));
  }
}
