#include "core/feeds/audit_shapes.hpp"

#include <doctest/doctest.h>

namespace {

using words = std::set<std::string>;

auto news_of(std::string_view record) -> words {
  auto out = words();
  core::feeds::note_novelties(record, out);
  return out;
}

} // namespace

TEST_SUITE("audit_shapes") {
  TEST_CASE("known types are no news, as numbers and in quotes") {
    CHECK(news_of(R"({"RecordType":41})").empty());
    CHECK(news_of(R"({"RecordType":"40"})").empty());
    CHECK(news_of(R"({"RecordType":463})").empty());
  }

  TEST_CASE("types that no documentation has are named") {
    CHECK(news_of(R"({"RecordType":117})") == words{"record type 117"});
    CHECK(news_of(R"({"RecordType":464})") == words{"record type 464"});
    CHECK(news_of(R"({"RecordType":-1})") == words{"record type -1"});
    CHECK(news_of(R"({})") == words{"no record type"});
    CHECK(news_of(R"({"RecordType":[]})") == words{"a record type that is no number"});
  }

  TEST_CASE("lists of properties in other shapes are named") {
    CHECK(news_of(R"({"RecordType":8,"ModifiedProperties":[{"Name":"a"}]})").empty());
    CHECK(news_of(R"({"RecordType":8,"ModifiedProperties":null,"Parameters":[]})").empty());
    CHECK(news_of(R"({"RecordType":8,"ModifiedProperties":"a","Parameters":{}})") ==
          words{"ModifiedProperties is a string", "Parameters is an object"});
    CHECK(news_of(R"({"RecordType":8,"ExtendedProperties":["a",{"Name":"b"}]})") ==
          words{"ExtendedProperties is a list with a string in it"});
  }
}
