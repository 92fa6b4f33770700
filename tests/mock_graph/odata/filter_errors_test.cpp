#include "mock_graph/odata/filter.hpp"

#include <doctest/doctest.h>

#include "alert_schema.hpp"

using namespace mock_graph::odata;

namespace {

auto refusal(std::string_view text) -> std::string {
  const auto read = filter::parse(text, tests::alert_schema());
  if (read) {
    return "accepted";
  }
  CHECK(read.error().status == 400);
  CHECK(read.error().code == "BadRequest");
  return read.error().message;
}

auto repeated(std::string_view what, int times) -> std::string {
  auto out = std::string{};
  for (auto i = 0; i < times; ++i) {
    out += what;
  }
  return out;
}

} // namespace

TEST_SUITE("odata_filter_errors") {
  TEST_CASE("an unknown property is refused in the service's words") {
    CHECK(refusal("x eq 'y'") ==
          "Invalid filter clause: Could not find a property named 'x' on type "
          "'microsoft.graph.security.alert'.");
    CHECK(refusal("Title eq 'y'").find("named 'Title'") != std::string::npos);
  }

  TEST_CASE("Wazuh's riskDetections filter is refused as on record") {
    const auto schema = entity_schema{"microsoft.graph.riskDetection", {{"id"}}};
    CHECK(filter::parse("createdDateTime ge 2026-03-01T00:00:00Z", schema).error().message ==
          "Invalid filter clause: Could not find a property named 'createdDateTime' on type "
          "'microsoft.graph.riskDetection'.");
  }

  TEST_CASE("an unknown member of a known type is refused, in lambdas too") {
    const auto wanted = "Could not find a property named 'x' on type "
                        "'microsoft.graph.security.userAccount'.";
    CHECK(refusal("userAccount/x eq 'y'").find(wanted) != std::string::npos);
    CHECK(refusal("accounts/any(a:a/x eq 'y')").find(wanted) != std::string::npos);
    CHECK(refusal("title/x eq 'y'").find("'x' on type 'Edm.String'") != std::string::npos);
  }

  TEST_CASE("a property that may not be filtered is refused, known or by navigation") {
    auto schema = tests::alert_schema();
    schema.filterable = {"severity", "createdDateTime"};
    CHECK(filter::parse("severity eq 'low'", schema).has_value());
    CHECK(
        filter::parse("title eq 'a'", schema).error().message ==
        "Invalid filter clause: The property 'title' cannot be used in the $filter query option.");
    CHECK_FALSE(filter::parse("evidence/any(e:e/a eq 'b')", schema).has_value());
    CHECK(refusal("alerts/any(a:a/id eq 'b')").find("'alerts' cannot be used") !=
          std::string::npos);
  }

  TEST_CASE("a quoted time is a type mismatch") {
    CHECK(refusal("createdDateTime ge '2026-03-01T00:00:00Z'") ==
          "Invalid filter clause: A binary operator with incompatible types was detected. Found "
          "operand types 'Edm.DateTimeOffset' and 'Edm.String' for operator kind "
          "'GreaterThanOrEqual'.");
  }

  TEST_CASE("operands of different types are refused") {
    for (const auto* text : {"title eq 5",
                             "title eq true",
                             "title eq 2026-03-01T00:00:00Z",
                             "title eq 7c1e7a0e-0f5d-4d0e-9a53-2d9c1f6e1a22",
                             "priorityScore eq '5'",
                             "isExternal eq 'true'",
                             "isExternal eq 1",
                             "severity eq 4",
                             "evidence eq 'x'",
                             "priorityScore in (1,'2')",
                             "createdDateTime eq priorityScore",
                             "title eq 'a' and 'b'",
                             "length(title) eq 'a'"}) {
      CAPTURE(text);
      CHECK(refusal(text).find("incompatible types") != std::string::npos);
    }
    CHECK(refusal("not title eq 'x'").find("operator kind 'Not'") != std::string::npos);
  }

  TEST_CASE("an unknown member of an enumeration is refused where the members are known") {
    CHECK(refusal("severity eq 'urgent'") ==
          "Invalid filter clause: The string 'urgent' is not a valid enumeration type constant.");
    CHECK(refusal("severity in ('low','urgent')").find("'urgent'") != std::string::npos);
    CHECK(refusal("serviceSource eq 'somethingNew'") == "accepted");
  }

  TEST_CASE("the whole must be a truth value") {
    for (const auto* text : {"title", "5", "'a'", "length(title)", "tolower(title)", "null"}) {
      CAPTURE(text);
      CHECK(refusal(text) ==
            "Invalid filter clause: The $filter expression must evaluate to a single "
            "boolean value.");
    }
    CHECK(refusal("tags/any(t:t)").find("must evaluate") != std::string::npos);
  }

  TEST_CASE("functions are known by name and arguments") {
    CHECK(refusal("substringof('a',title)").find("An unknown function with name 'substringof'") !=
          std::string::npos);
    CHECK(refusal("contains(title)") ==
          "Invalid filter clause: No function signature for the function with name 'contains' "
          "matches "
          "the specified arguments. The function signatures considered are: contains(Edm.String "
          "Nullable=true, Edm.String Nullable=true).");
    for (const auto* text : {"contains(title,5)",
                             "contains(title,'a','b')",
                             "startswith(severity,'h')",
                             "length(priorityScore) eq 1",
                             "endswith(createdDateTime,'Z')"}) {
      CAPTURE(text);
      CHECK(refusal(text).find("No function signature") != std::string::npos);
    }
  }

  TEST_CASE("any and all need a collection") {
    CHECK(refusal("title/any(t:t eq 'a')") ==
          "Invalid filter clause: Any/All may only be used following a collection.");
  }

  TEST_CASE("a broken literal is named") {
    CHECK(refusal("title eq 'a") ==
          "Invalid filter clause: There is an unterminated string literal at position 11 in "
          "'title eq 'a'.");
    CHECK(refusal("createdDateTime ge 2026-03-01").find("a date alone") != std::string::npos);
    CHECK(refusal("createdDateTime ge 2026-03-01T00:00:00")
              .find("time zone information is missing") != std::string::npos);
    CHECK(refusal("title eq #").find("character '#' is not valid at position 9") !=
          std::string::npos);
    CHECK(refusal("title eq \xC3\xA9").find("character '\xC3\xA9' is not valid") !=
          std::string::npos);
  }

  TEST_CASE("broken syntax is refused with a position") {
    CHECK(refusal("title eq") ==
          "Invalid filter clause: Syntax error at position 8 in 'title eq'.");
    for (const auto* text : {"",
                             "   ",
                             "title eq 'a' and",
                             "and title eq 'a'",
                             "(title eq 'a'",
                             "title eq 'a')",
                             "title eq eq 'a' 'b'",
                             "title = 'a'",
                             "title eq 'a' title eq 'b'",
                             "title eq 'a' eq true",
                             "title in 'a'",
                             "title in ()",
                             "title in ('a'",
                             "title in ('a',)",
                             "title in (title)",
                             "tags/any(t)",
                             "tags/any(:t eq 'a')",
                             "tags/any(t:)",
                             "tags/any(t:t eq 'a'",
                             "tags/all()",
                             "tags/",
                             "/tags",
                             "contains(title,'a'",
                             "contains()",
                             "priorityScore eq 1x",
                             "priorityScore eq --1",
                             "priorityScore eq -",
                             "priorityScore eq 1e999",
                             "priorityScore eq 1.2.3",
                             "createdDateTime ge datetime'2026-03-01T00:00:00Z'",
                             "not"}) {
      CAPTURE(text);
      CHECK(refusal(text).find("Invalid filter clause: Syntax error") == 0);
    }
  }

  TEST_CASE("ten thousand parentheses, nots, calls or lambdas are refused, not followed") {
    const auto deep = "Invalid filter clause: Recursion depth exceeded allowed limit.";
    CHECK(refusal(repeated("(", 10'000)) == deep);
    CHECK(refusal(repeated("(", 5'000) + "isExternal" + repeated(")", 5'000)) == deep);
    CHECK(refusal(repeated("not ", 4'000) + "isExternal") == deep);
    CHECK(refusal(repeated("tolower(", 2'000) + "title") == deep);
    CHECK(refusal(repeated("tags/any(t:", 1'000)) == deep);
  }

  TEST_CASE("ninety-nine levels are followed, and so are long chains") {
    CHECK(refusal(repeated("(", 99) + "isExternal" + repeated(")", 99)) == "accepted");
    CHECK(refusal(repeated("(", 100) + "isExternal" + repeated(")", 100)) != "accepted");
    CHECK(refusal("isExternal" + repeated(" or isExternal", 1'000)) == "accepted");
    CHECK(refusal("title in ('a'" + repeated(",'a'", 3'000) + ")") == "accepted");
  }

  TEST_CASE("a megabyte is refused before it is read, and broken UTF-8 too") {
    CHECK(refusal(std::string(1'000'000, 'a')).find("longer than 16384 bytes") !=
          std::string::npos);
    CHECK(refusal("title eq '\xFF'").find("UTF-8") != std::string::npos);
  }
}
