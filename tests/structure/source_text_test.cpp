#include "tests/structure/source_text.hpp"

#include <doctest/doctest.h>

namespace {

using structure::read_source;

TEST_SUITE("source_text_test") {
  TEST_CASE("a line comment leaves the code and stays in its column") {
    const auto text = read_source("int a; // why\nint b;\n");
    CHECK(text.code == std::vector<std::string>{"int a;       ", "int b;"});
    CHECK(text.comments == std::vector<std::string>{"       // why", "      "});
  }

  TEST_CASE("a block comment may span lines") {
    const auto text = read_source("a /* x\ny */ b");
    CHECK(text.code == std::vector<std::string>{"a     ", "     b"});
    CHECK(text.comments[1] == "y */  ");
  }

  TEST_CASE("literals lose their insides, and a comment mark in one is none") {
    const auto text = read_source(R"(f("// no \" {", '{', '\'');)");
    CHECK(text.code[0].find('{') == std::string::npos);
    CHECK(text.code[0].find(';') != std::string::npos);
    CHECK(text.comments[0].find('/') == std::string::npos);
  }

  TEST_CASE("a raw string ends at its own mark") {
    const auto text = read_source("auto s = R\"x(\n\" )\" {\n)x\"; g();");
    CHECK(text.code[1].find('{') == std::string::npos);
    CHECK(text.code[2].find("g();") != std::string::npos);
    CHECK(text.raw.size() == 3);
  }

  TEST_CASE("a digit separator is no character literal") {
    const auto text = read_source("auto n = 1'000'000; { f('a'); }");
    CHECK(text.code[0].find("; {") != std::string::npos);
    CHECK(text.code[0].find('a', 5) == std::string::npos);
  }

  TEST_CASE("an unfinished comment or literal ends with the file") {
    CHECK(read_source("a /* b").code[0] == "a     ");
    CHECK(read_source("a \"b").code[0] == "a \" ");
    CHECK(read_source("R\"x(").raw.size() == 1);
    CHECK(read_source("").raw.empty());
  }
}

} // namespace
