#include "core/feeds/secret_cuts.hpp"

#include <doctest/doctest.h>

using core::feeds::without_secrets;

namespace {

using cuts = std::vector<std::string>;

} // namespace

TEST_SUITE("secret_cuts") {
  TEST_CASE("what a DLP rule matched is cut") {
    const auto kept =
        without_secrets(R"({"Id":"r1","D":{"DetectedValues":[{"Name":"4111"}],"T":1}})");
    CHECK(kept.raw == R"({"Id":"r1","D":{"DetectedValues":[],"T":1}})");
    CHECK(kept.cuts == cuts{"detected_values"});
  }

  TEST_CASE("values of credential properties are cut, the rest of the change stays") {
    const auto kept = without_secrets(
        R"({"targetResources":[{"id":"a","modifiedProperties":[)"
        R"({"displayName":"KeyDescription","oldValue":"[]","newValue":"[\"[KeyType=Password]\"]"},)"
        R"({"displayName":"Included Updated Properties","newValue":"\"KeyDescription\""}]}]})");
    CHECK(kept.raw ==
          R"({"targetResources":[{"id":"a","modifiedProperties":[)"
          R"({"displayName":"KeyDescription","oldValue":"","newValue":""},)"
          R"({"displayName":"Included Updated Properties","newValue":"\"KeyDescription\""}]}]})");
    CHECK(kept.cuts == cuts{"credential_values"});
  }

  TEST_CASE("in the form of the Management API too, also with the value first or as one text") {
    CHECK(without_secrets(R"({"ModifiedProperties":[{"NewValue":"x","Name":"Credential"}]})").raw ==
          R"({"ModifiedProperties":[{"NewValue":"","Name":"Credential"}]})");
    CHECK(
        without_secrets(R"({"ModifiedProperties":"[{\"Name\":\"Password\",\"NewValue\":\"x\"}]"})")
            .raw == R"({"ModifiedProperties":""})");
  }

  TEST_CASE("a name may be spelled with escapes") {
    CHECK(without_secrets(
              R"({"modified\u0050roperties":[{"displayName":"\u0050assword","newValue":"x"}]})")
              .raw ==
          R"({"modified\u0050roperties":[{"displayName":"\u0050assword","newValue":""}]})");
    CHECK(without_secrets(R"({"Detected\u0056alues":["4111"]})").raw ==
          R"({"Detected\u0056alues":[]})");
  }

  TEST_CASE("one item can need all cuts") {
    const auto kept = without_secrets(
        R"({"u":"https://statics.teams.cdn.office.net/x/atp-safelinks.html?url=a&pc=tok&b=c",)"
        R"("DetectedValues":[1],)"
        R"("modifiedProperties":[{"displayName":"Password","newValue":"x"}]})");
    CHECK(
        kept.raw ==
        R"({"u":"https://statics.teams.cdn.office.net/x/atp-safelinks.html?url=a&pc=&b=c",)"
        R"("DetectedValues":[],"modifiedProperties":[{"displayName":"Password","newValue":""}]})");
    CHECK(kept.cuts == cuts{"detected_values", "credential_values", "pc"});
  }

  TEST_CASE("an item that is no JSON ends before the secret's name") {
    const auto kept = without_secrets(R"({"Id":"r1","DetectedValues":[{"Name":"4111")");
    CHECK(kept.raw == R"({"Id":"r1",")");
    CHECK(kept.cuts == cuts{"detected_values"});
  }

  TEST_CASE("what holds no secret keeps every byte") {
    for (const auto* item : {R"({"a":"Password","Name":"DetectedValues"})",
                             R"({"Name":"City","NewValue":"x"})",
                             R"({"modifiedProperties":[{"displayName":"City","newValue":"x"}]})",
                             R"([ "modifiedProperties" , {} ])",
                             R"({"broken":)",
                             ""}) {
      const auto kept = without_secrets(item);
      CHECK(kept.raw == item);
      CHECK(kept.cuts.empty());
    }
  }
}
