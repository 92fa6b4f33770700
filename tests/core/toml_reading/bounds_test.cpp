#include "core/toml_reading/parse.hpp"

#include <doctest/doctest.h>

using namespace core::toml_reading;

namespace {

auto repeated(const std::string& part, std::size_t times) -> std::string {
  auto out = std::string();
  for (std::size_t i = 0; i < times; ++i) {
    out += part;
  }
  return out;
}

auto bound_of(const std::string& text) -> std::string {
  const auto wrong = broken_bound(text, "t.toml");
  return wrong ? to_text(*wrong) : "";
}

} // namespace

TEST_SUITE("bounds of TOML files") {
  TEST_CASE("a key of 32 parts passes, one of 33 is refused with its place") {
    CHECK(bound_of("a" + repeated(".a", 31) + " = 1").empty());
    CHECK(bound_of("\na" + repeated(".a", 32) + " = 1").starts_with("t.toml:2:"));
    CHECK(!bound_of("[a" + repeated(". \"a\"", 32) + "]").empty());
    CHECK(!bound_of("t = { a" + repeated(".a", 32) + " = 1 }").empty());
  }

  TEST_CASE("dots in strings and comments do not count") {
    const auto dots = repeated(".a", 100);
    CHECK(bound_of("a = \"" + dots + "\"").empty());
    CHECK(bound_of("a = '" + dots + "'").empty());
    CHECK(bound_of("a = \"\\\"" + dots + "\"").empty());
    CHECK(bound_of("a = \"\"\"\n" + dots + "\n\"\" " + dots + "\"\"\"").empty());
    CHECK(bound_of("# " + dots).empty());
  }

  TEST_CASE("nothing hides behind a string that ends in quotes of its own") {
    const auto deep = ", a" + repeated(".a", 40) + " = 1 }";
    CHECK(!bound_of("t = { x = \"\"\"a\"\"\"\"\"" + deep).empty());
    CHECK(!bound_of("t = { x = '''a''''" + deep).empty());
    CHECK(!bound_of("t = { x = \"\"" + deep).empty());
  }

  TEST_CASE("brackets inside each other are counted, brackets side by side are not") {
    CHECK(bound_of("a = " + repeated("[", 32) + repeated("]", 32)).empty());
    CHECK(!bound_of("a = " + repeated("[", 33) + repeated("]", 33)).empty());
    CHECK(!bound_of("a = " + repeated("{a=", 33) + "1" + repeated("}", 33)).empty());
    CHECK(bound_of(repeated("[[a]]\n", 1000)).empty());
  }

  TEST_CASE("too many values and too large files are refused") {
    CHECK(!bound_of("a = [" + repeated("1,", 1'000'001) + "]").empty());
    CHECK(bound_of("a = 1\n" + std::string(file_bytes_max, '#')).find("16 MiB") !=
          std::string::npos);
    CHECK(bound_of(" \r\n\t").find("empty") != std::string::npos);
  }

  TEST_CASE("what passes the bounds does not exhaust the stack of the parser") {
    const auto part = std::string("a") + repeated(".a", 31) + " = {";
    auto text = std::string("[a" + repeated(".b", 31) + "]\n");
    text += repeated(part, 31) + repeated("}", 31);
    CHECK(parse_toml(text, "t.toml").root.has_value());
  }

  TEST_CASE("places count from 1, in lines and characters") {
    const auto read = parse_toml("a = 1\n'\xc3\xa4' = { b = true }\n", "t.toml");
    REQUIRE(read.root.has_value());
    REQUIRE(read.root->members.size() == 2);
    CHECK(read.root->members[1].at == position{2, 1});
    CHECK(read.root->members[1].value.at == position{2, 7});
    CHECK(parse_toml("a = 1\nb = = 2\n", "t.toml").wrong->at.line == 2);
    CHECK(parse_toml("a = 1\na = 2\n", "t.toml").wrong.has_value());
  }
}
