#include "tests/mock_graph/types/answers.hpp"

#include <doctest/doctest.h>

using namespace graph_types;
using nlohmann::json;

namespace {

const auto some_types = R"json({
  "types": {
    "microsoft.graph.entity": {
      "kind": "entity", "abstract": true, "props": {"id": "Edm.String"}, "nonNullable": ["id"]},
    "microsoft.graph.signIn": {
      "kind": "entity", "base": "microsoft.graph.entity",
      "props": {"userId": "Edm.String", "createdDateTime": "Edm.DateTimeOffset",
        "size": "Edm.Int32", "level": "microsoft.graph.level", "marks": "microsoft.graph.marks",
        "proofs": "Collection(microsoft.graph.proof)", "extra": "microsoft.graph.bag"},
      "nonNullable": ["userId"]},
    "microsoft.graph.proof": {"kind": "complex", "abstract": true, "props": {}},
    "microsoft.graph.picture": {
      "kind": "complex", "base": "microsoft.graph.proof", "props": {"key": "Edm.Guid"}},
    "microsoft.graph.bag": {"kind": "complex", "open": true, "props": {}}
  },
  "enums": {
    "microsoft.graph.level": {
      "members": {"low": 0, "unknownFutureValue": 1, "odd": 2}, "afterSentinel": ["odd"]},
    "microsoft.graph.marks": {"members": {"a": 1, "b": 2}, "flags": true}
  }
})json";

auto deviations_of(const std::string& members, asked how = {}) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  auto count = tally();
  const auto value = json::parse(R"({"id":"1","userId":"u")" + members + "}");
  type_book(json::parse(some_types))
      .check(value, "microsoft.graph.signIn", how, count, [&](const auto& where, const auto& what) {
        out.push_back(where.substr(where.rfind('.') + 1) + ": " + what);
      });
  CHECK(count.objects > 0);
  return out;
}

auto answer_deviations(const std::string& url, const std::string& body)
    -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  auto count = tally();
  check_answer(type_book(json::parse(some_types)),
               {"GET", url, {}, {}},
               {200, {}, body},
               count,
               [&](const auto& where, const auto& what) { out.push_back(where + ": " + what); });
  return out;
}

using none = std::vector<std::string>;

} // namespace

TEST_SUITE("type_book") {
  TEST_CASE("what fits the type is no deviation, null and control information included") {
    CHECK(deviations_of("") == none{});
    CHECK(deviations_of(R"(,"createdDateTime":"2026-03-10T08:00:00.1234567Z","size":null)") ==
          none{});
    CHECK(deviations_of(R"(,"level":"low","marks":"a, b","extra":{"any":[1]})") == none{});
    CHECK(deviations_of(R"(,"@odata.etag":"x","proofs":[{"@odata.type":"#microsoft.graph.picture",)"
                        R"("key":"1c2d3e4f-0000-4000-8000-000000000001"}])") == none{});
  }

  TEST_CASE("each kind of deviation is named with its member") {
    CHECK(deviations_of(R"(,"other":1)") == none{"other: is no member of the type"});
    CHECK(deviations_of(R"(,"size":"1")") == none{R"(size: "1" is no Edm.Int32)"});
    CHECK(deviations_of(R"(,"size":3000000000)") == none{"size: 3000000000 is no Edm.Int32"});
    CHECK(deviations_of(R"(,"createdDateTime":"yesterday")") ==
          none{R"(createdDateTime: "yesterday" is no Edm.DateTimeOffset)"});
    CHECK(deviations_of(R"(,"level":"Low")") ==
          none{R"(level: "Low" is no word of microsoft.graph.level)"});
    CHECK(deviations_of(R"(,"marks":"a,c")") ==
          none{R"(marks: "c" is no word of microsoft.graph.marks)"});
    CHECK(deviations_of(R"(,"proofs":{})") == none{"proofs: is no array"});
    CHECK(deviations_of(R"(,"proofs":[null])") == none{"proofs: has null as an element"});
    CHECK(deviations_of(R"(,"extra":"text")") == none{"extra: is no object"});
  }

  TEST_CASE("an abstract type wants to be told which, and only a derived one will do") {
    CHECK(deviations_of(R"(,"proofs":[{}])") ==
          none{"proofs: has no @odata.type, and microsoft.graph.proof is abstract"});
    CHECK(deviations_of(R"(,"proofs":[{"@odata.type":"#microsoft.graph.bag"}])") ==
          none{"proofs: @odata.type microsoft.graph.bag is no microsoft.graph.proof"});
  }

  TEST_CASE("words behind the sentinel are only sent to those who ask for them") {
    CHECK(deviations_of(R"(,"level":"odd")").size() == 1);
    CHECK(deviations_of(R"(,"level":"odd")", {.unknown_enum_members = true}) == none{});
  }

  TEST_CASE("a required member is neither null nor absent, unless members were selected") {
    const auto book = type_book(json::parse(some_types));
    const auto check = [&](const char* text, asked how) {
      auto out = std::size_t{0};
      auto count = tally();
      book.check(
          json::parse(text), "microsoft.graph.signIn", how, count, [&](auto&, auto&) { ++out; });
      return out;
    };
    CHECK(check(R"({"id":"1"})", {}) == 1);
    CHECK(check(R"({"id":"1","userId":null})", {}) == 1);
    CHECK(check(R"({"id":"1"})", {.some_members = true}) == 0);
  }

  TEST_CASE("an answer is checked by the row of its path") {
    const auto list = std::string("https://graph.microsoft.com/v1.0/auditLogs/signIns");
    const auto head =
        std::string(R"({"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#x",)");
    CHECK(answer_deviations(list, head + R"("value":[{"id":"1","userId":"u"}]})") == none{});
    CHECK(answer_deviations(list, head + R"("value":[{"id":"1"}]})").size() == 1);
    CHECK(answer_deviations(list + "/1", head + R"("id":"1","userId":"u"})") == none{});
    CHECK(answer_deviations(list, R"({"value":[]})").size() == 1);
    CHECK(
        answer_deviations("https://graph.microsoft.com/v1.0/nothing/known", head + R"("value":[]})")
            .size() == 1);
    CHECK(answer_deviations("https://manage.office.com/api/v1.0/x", "[]") == none{});
  }
}
