#include "mock_graph/cloud_apps/filters.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace mock_graph::cloud_apps;
using nlohmann::json;

namespace {

constexpr auto fields = std::to_array<filter_field>({{"date", "/timestamp"},
                                                     {"text", "/description"},
                                                     {"severity", "/severityValue"},
                                                     {"entity.ip", "/entities", "ip"}});

auto record() -> json {
  return json::parse(R"({"timestamp":1000,"description":"Mass download","severityValue":2,
    "entities":[{"id":"10.0.0.1","type":"ip"},{"id":"dana","type":"account"}]})");
}

auto holds_for(const char* filters) -> bool {
  return all_hold(json::parse(filters), fields, record());
}

} // namespace

TEST_SUITE("cloud_apps_filters") {
  TEST_CASE("numbers compare, ends included where the name says so") {
    CHECK(holds_for(R"({"date":{"gte":1000,"lte":1000}})"));
    CHECK_FALSE(holds_for(R"({"date":{"gt":1000}})"));
    CHECK_FALSE(holds_for(R"({"date":{"lt":1000}})"));
    CHECK(holds_for(R"({"date":{"range":[{"start":1,"end":2},{"start":999,"end":1001}]}})"));
  }

  TEST_CASE("eq takes one value or several, neq none of them") {
    CHECK(holds_for(R"({"severity":{"eq":[1,2]}})"));
    CHECK_FALSE(holds_for(R"({"severity":{"eq":1}})"));
    CHECK_FALSE(holds_for(R"({"severity":{"neq":[1,2]}})"));
  }

  TEST_CASE("texts are searched from the start, the end, or anywhere") {
    CHECK(holds_for(R"({"text":{"contains":"down"}})"));
    CHECK(holds_for(R"({"text":{"startswith":"Mass"}})"));
    CHECK(holds_for(R"({"text":{"endswith":"load"}})"));
    CHECK_FALSE(holds_for(R"({"text":{"doesnotstartwith":"Mass"}})"));
    CHECK_FALSE(holds_for(R"({"text":{"ncontains":["up","down"]}})"));
  }

  TEST_CASE("entities are met by type, and all filters must hold") {
    CHECK(holds_for(R"({"entity.ip":{"eq":"10.0.0.1"}})"));
    CHECK_FALSE(holds_for(R"({"entity.ip":{"eq":"dana"}})"));
    CHECK_FALSE(holds_for(R"({"entity.ip":{"isnotset":true}})"));
    CHECK_FALSE(holds_for(R"({"entity.ip":{"isset":true},"severity":{"eq":0}})"));
  }

  TEST_CASE("what cannot be evaluated is complained of, not passed over") {
    CHECK_FALSE(complaint(json::parse(R"({"date":{"gte":1}})"), fields).has_value());
    CHECK(complaint(json::parse(R"({"colour":{"eq":1}})"), fields).has_value());
    CHECK(complaint(json::parse(R"({"date":{"gte":"today"}})"), fields).has_value());
    CHECK(complaint(json::parse(R"({"date":{"gte_ndays":3}})"), fields).has_value());
    CHECK(complaint(json::parse(R"({"date":5})"), fields).has_value());
    CHECK(complaint(json::parse("[]"), fields).has_value());
  }
}
