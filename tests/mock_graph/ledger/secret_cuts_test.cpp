#include "mock_graph/ledger/secret_cuts.hpp"

#include <doctest/doctest.h>

using mock_graph::without_secrets;

TEST_SUITE("secret_cuts") {
  TEST_CASE("what a DLP rule matched becomes an empty list, and blanks around it stay") {
    CHECK(without_secrets(R"({ "D" : { "DetectedValues" : [ {"Name":"4111"} ] , "T":1 } })") ==
          R"({ "D" : { "DetectedValues" : [] , "T":1 } })");
    CHECK(without_secrets(R"([{"Detected\u0056alues":{"a":"4111"}}])") ==
          R"([{"Detected\u0056alues":[]}])");
  }

  TEST_CASE("values of credential properties become empty texts, whatever the order of members") {
    CHECK(without_secrets(
              R"({"modifiedProperties":[{"displayName":"KeyDescription","oldValue":null,)"
              R"("newValue":"[\"x\"]"},{"displayName":"AccountEnabled","newValue":"[true]"}]})") ==
          R"({"modifiedProperties":[{"displayName":"KeyDescription","oldValue":"",)"
          R"("newValue":""},{"displayName":"AccountEnabled","newValue":"[true]"}]})");
    CHECK(without_secrets(R"({"ModifiedProperties":[{"NewValue":"x","Name":"Password"}]})") ==
          R"({"ModifiedProperties":[{"NewValue":"","Name":"Password"}]})");
  }

  TEST_CASE("a list of properties that is a text goes as a whole if it tells of credentials") {
    CHECK(without_secrets(R"({"ModifiedProperties":"[{\"Name\":\"KeyDescription\"}]","a":1})") ==
          R"({"ModifiedProperties":"","a":1})");
    CHECK(without_secrets(R"({"ModifiedProperties":"[{\"Name\":\"City\"}]"})") ==
          R"({"ModifiedProperties":"[{\"Name\":\"City\"}]"})");
  }

  TEST_CASE("what is no JSON ends before the name") {
    CHECK(without_secrets(R"({"a":1,"DetectedValues":[{"Name":"4111")") == R"({"a":1,")");
  }

  TEST_CASE("anything else stays as it is") {
    for (const auto* text :
         {"", "{}", R"({"Name":"Password","NewValue":"x"})", "[1,2", "\"\\u0041\""}) {
      CHECK(without_secrets(text) == text);
    }
  }
}
