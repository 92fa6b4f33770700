#include "mock_graph/odata/filter.hpp"

#include <doctest/doctest.h>

#include "alert_schema.hpp"

using namespace mock_graph::odata;

namespace {

auto alert() -> nlohmann::json {
  return {{"id", "fa1"},
          {"title", "A user clicked"},
          {"assignedTo", nullptr},
          {"createdDateTime", "2026-03-01T10:00:00.1234567Z"},
          {"lastUpdateDateTime", "2026-03-01T10:04:00Z"},
          {"severity", "high"},
          {"serviceSource", "microsoftDefenderForOffice365"},
          {"priorityScore", 85},
          {"fileSize", 9007199254740993},
          {"ratio", 0.5},
          {"isExternal", true},
          {"owningTenantId", "7C1E7A0E-0f5d-4d0e-9a53-2d9c1f6e1a22"},
          {"userAccount", {{"accountName", "dana"}, {"isGuest", false}}},
          {"additionalData", {{"Deep", {{"er", "x"}}}, {"n", 3}, {"at", "2026-03-01T00:00:00Z"}}},
          {"tags", {"a", "b"}},
          {"accounts", {{{"accountName", "dana"}}, {{"accountName", "lee"}}}},
          {"evidence",
           {{{"url", "https://x/?a=1"}, {"verdict", "malicious"}},
            {{"primaryAddress", "dana@contoso.com"}, {"roles", {"r1"}}}}}};
}

auto matches(std::string_view text) -> bool {
  CAPTURE(text);
  const auto read = filter::parse(text, tests::alert_schema());
  if (!read) {
    FAIL(read.error().message);
  }
  const auto sorted = read->matches(alert());
  CHECK(read->matches(nlohmann::ordered_json(alert())) == sorted);
  return sorted;
}

} // namespace

TEST_SUITE("odata_filter") {
  TEST_CASE("the filters of real requests select by half-open window and by source") {
    CHECK(matches("createdDateTime ge 2026-03-01T10:00:00Z and createdDateTime lt "
                  "2026-03-01T10:05:00Z"));
    CHECK_FALSE(matches("createdDateTime ge 2026-03-01T10:05:00Z and createdDateTime lt "
                        "2026-03-01T10:10:00Z"));
    CHECK(matches("lastUpdateDateTime ge 2026-03-01T10:00:00Z"));
    CHECK(matches("serviceSource eq 'microsoftDefenderForOffice365'"));
    CHECK(matches("assignedTo eq null"));
  }

  TEST_CASE("times compare as instants, to 100 nanoseconds") {
    CHECK(matches("createdDateTime eq 2026-03-01T05:00:00.1234567-05:00"));
    CHECK(matches("createdDateTime gt 2026-03-01T10:00:00.1234566Z"));
    CHECK_FALSE(matches("createdDateTime gt 2026-03-01T10:00:00.1234567Z"));
    CHECK(matches("createdDateTime lt 2026-03-01T10:00:00.1234568Z"));
    CHECK(matches("lastUpdateDateTime eq 2026-03-01T10:04:00.000z"));
    CHECK(matches("createdDateTime lt lastUpdateDateTime"));
    CHECK(matches("2026-03-01T10:00Z le createdDateTime"));
  }

  TEST_CASE("strings compare by bytes, quotes are doubled") {
    CHECK(matches("title eq 'A user clicked'"));
    CHECK_FALSE(matches("title eq 'a user clicked'"));
    CHECK(matches("title lt 'B'"));
    CHECK(matches("title gt 'A'"));
    CHECK(matches("title ne 'it''s'"));
  }

  TEST_CASE("numbers compare by amount, large integers exactly") {
    CHECK(matches("priorityScore gt 84"));
    CHECK(matches("priorityScore le 85.0"));
    CHECK(matches("priorityScore eq 8.5e1"));
    CHECK(matches("priorityScore gt -1"));
    CHECK_FALSE(matches("fileSize eq 9007199254740992"));
    CHECK(matches("ratio lt 1"));
  }

  TEST_CASE("booleans stand alone or are compared") {
    CHECK(matches("isExternal"));
    CHECK(matches("isExternal eq true"));
    CHECK_FALSE(matches("not isExternal"));
    CHECK(matches("isExternal ne false"));
    CHECK(matches("userAccount/isGuest eq false"));
  }

  TEST_CASE("enumerations ignore case, take qualified members and order by declaration") {
    CHECK(matches("severity eq 'High'"));
    CHECK(matches("severity eq microsoft.graph.security.alertSeverity'high'"));
    CHECK(matches("severity ge 'medium'"));
    CHECK_FALSE(matches("severity lt 'informational'"));
    CHECK(matches("severity in ('low','HIGH')"));
  }

  TEST_CASE("GUIDs are unquoted or quoted and ignore case") {
    CHECK(matches("owningTenantId eq 7c1e7a0e-0f5d-4d0e-9a53-2d9c1f6e1a22"));
    CHECK(matches("owningTenantId eq '7c1e7a0e-0f5d-4d0e-9a53-2d9c1f6e1a22'"));
    CHECK_FALSE(matches("owningTenantId eq 00000000-0f5d-4d0e-9a53-2d9c1f6e1a22"));
    CHECK(matches("owningTenantId in (00000000-0f5d-4d0e-9a53-2d9c1f6e1a22,"
                  "7c1e7a0e-0f5d-4d0e-9a53-2d9c1f6e1a22)"));
  }

  TEST_CASE("and binds tighter than or, parentheses override, words may be in capitals") {
    CHECK(matches("title eq 'x' and title eq 'y' or isExternal"));
    CHECK_FALSE(matches("title eq 'x' and (title eq 'y' or isExternal)"));
    CHECK(matches("isExternal or title eq 'y' and title eq 'x'"));
    CHECK(matches("NOT (title EQ 'x') AND isExternal"));
    CHECK(matches("not(title eq 'x')"));
    CHECK(matches("((isExternal))"));
  }

  TEST_CASE("in looks for an equal value") {
    CHECK(matches("priorityScore in (1, 85)"));
    CHECK_FALSE(matches("priorityScore in (1,2)"));
    CHECK(matches("assignedTo in ('x',null)"));
    CHECK(matches("lastUpdateDateTime in (2026-03-01T10:04:00Z)"));
  }

  TEST_CASE("null equals null only and orders with nothing") {
    CHECK(matches("resolvedDateTime eq null"));
    CHECK_FALSE(matches("title eq null"));
    CHECK(matches("title ne null"));
    CHECK(matches("assignedTo ne 'x'"));
    CHECK_FALSE(matches("assignedTo eq 'x'"));
    CHECK_FALSE(matches("resolvedDateTime gt 2026-03-01T10:00:00Z"));
    CHECK_FALSE(matches("resolvedDateTime le 2026-03-01T10:00:00Z"));
    CHECK_FALSE(matches("assignedTo ge null"));
    CHECK(matches("userAccount ne null"));
    CHECK(matches("null eq null"));
  }

  TEST_CASE("what null makes unknown is neither true nor false") {
    CHECK_FALSE(matches("contains(assignedTo,'x')"));
    CHECK_FALSE(matches("not contains(assignedTo,'x')"));
    CHECK(matches("contains(assignedTo,'x') or isExternal"));
    CHECK_FALSE(matches("contains(assignedTo,'x') and isExternal"));
    CHECK(matches("not (contains(assignedTo,'x') and not isExternal)"));
    CHECK(matches("length(assignedTo) eq null"));
  }

  TEST_CASE("text functions work on bytes and ignore the case of their own names") {
    CHECK(matches("contains(title,'user')"));
    CHECK_FALSE(matches("contains(title,'USER')"));
    CHECK(matches("contains(tolower(title),'a user')"));
    CHECK(matches("startsWith(title,'A ')"));
    CHECK(matches("endsWith(title,'clicked')"));
    CHECK_FALSE(matches("startswith(title,'clicked')"));
    CHECK(matches("toupper(title) eq 'A USER CLICKED'"));
    CHECK(matches("length(title) eq 14"));
    CHECK(matches("length('\xC3\xA9') eq 1"));
    CHECK(matches("contains(title,'')"));
  }

  TEST_CASE("paths reach into objects, open ones too") {
    CHECK(matches("userAccount/accountName eq 'dana'"));
    CHECK(matches("additionalData/Deep/er eq 'x'"));
    CHECK(matches("additionalData/missing/er eq null"));
    CHECK(matches("additionalData/n gt 2"));
    CHECK(matches("additionalData/at lt 2026-03-02T00:00:00Z"));
    CHECK_FALSE(matches("additionalData/n gt 'a'"));
    CHECK(matches("additionalData/n ne 'a'"));
  }

  TEST_CASE("any and all ask a collection") {
    CHECK(matches("tags/any(t:t eq 'a')"));
    CHECK(matches("tags/any(t: t eq 'b')"));
    CHECK_FALSE(matches("tags/any(t:t eq 'c')"));
    CHECK_FALSE(matches("tags/all(t:t eq 'a')"));
    CHECK(matches("tags/all(t:t lt 'c')"));
    CHECK(matches("tags/any()"));
    CHECK(matches("evidence/any(e: e/verdict eq 'malicious')"));
    CHECK(matches("evidence/any(e: e/verdict eq 'malicious' and contains(e/url,'a=1'))"));
    CHECK_FALSE(matches("evidence/any(e: e/verdict eq 'malicious' and e/primaryAddress ne null)"));
    CHECK(matches("evidence/any(e:e/roles/any(r:r eq 'r1'))"));
    CHECK(matches("accounts/any(a:a/accountName eq 'lee')"));
    CHECK(matches("tags/any(t:accounts/any(a:a/accountName ne t))"));
    CHECK(matches("accounts/all(a:tags/any(t:t ne a/accountName))"));
  }

  TEST_CASE("an empty or missing collection has no any and every all") {
    const auto any = filter::parse("tags/any(t:t eq 'a')", tests::alert_schema()).value();
    const auto all = filter::parse("tags/all(t:t eq 'a')", tests::alert_schema()).value();
    for (const auto& entity :
         {nlohmann::json::object(), nlohmann::json{{"tags", nlohmann::json::array()}}}) {
      CHECK_FALSE(any.matches(entity));
      CHECK(all.matches(entity));
    }
  }

  TEST_CASE("a filter outlives the text and the schema it was read from") {
    auto kept = std::optional<filter>{};
    {
      const auto text = std::string("severity ge 'medium' and title eq 'A user clicked'");
      const auto schema = tests::alert_schema();
      kept = filter::parse(text, schema).value();
    }
    CHECK(kept->matches(alert()));
  }

  TEST_CASE("an entity of another shape never matches and never breaks") {
    const auto read =
        filter::parse("title eq 'x' or evidence/any(e:e/a eq 'b') or length(title) gt 0",
                      tests::alert_schema())
            .value();
    for (const auto& entity : {nlohmann::json(),
                               nlohmann::json(3),
                               nlohmann::json::array(),
                               nlohmann::json{{"title", {1}}, {"evidence", "x"}},
                               nlohmann::json{{"evidence", {1, "a", nullptr}}}}) {
      CHECK_FALSE(read.matches(entity));
    }
  }
}
