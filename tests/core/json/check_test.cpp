#include "core/json/check.hpp"
#include "tests/core/json/nlohmann_verdict.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using core::json::bounds;
using core::json::check;
using json_tests::ask_nlohmann;
using json_tests::verdict;

namespace {

auto passes(std::string_view text, const bounds& within) -> bool {
  return static_cast<bool>(check(text, within));
}

auto accepted(std::string_view text) -> bool {
  const auto copy = std::string(text); // its own allocation, so that the sanitizer sees the end
  return static_cast<bool>(check(copy));
}

void agrees_with_nlohmann(std::string_view text) {
  INFO(text);
  const auto theirs = ask_nlohmann(text);
  if (theirs == verdict::refused_beyond_grammar) {
    return;
  }
  CHECK(accepted(text) == (theirs == verdict::accepted));
}

auto nested(std::size_t depth) -> std::string {
  return std::string(depth, '[') + std::string(depth, ']');
}

constexpr std::string_view well_formed[] = {"0",
                                            "-0",
                                            "null",
                                            "true",
                                            "false",
                                            "\"\"",
                                            "[]",
                                            "{}",
                                            " [ ] ",
                                            "{ }",
                                            "1e3",
                                            "1E-3",
                                            "0.5e+7",
                                            "12345678901234567890123",
                                            "[1,2 , 3]",
                                            R"({"a":1,"a":2})",
                                            R"({"":{}})",
                                            R"("\u00e9\/\b")",
                                            "\"\x7f\"",
                                            "\"\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf\"",
                                            "\xef\xbb\xbf{\"a\":1}",
                                            "1e999",
                                            R"("\ud83d")",
                                            R"("\ude00 and \ud83d\u0041")",
                                            "\t\r\n 1 \n"};

constexpr std::string_view malformed[] = {"",
                                          " ",
                                          "\xef\xbb\xbf",
                                          "01",
                                          "-",
                                          "+1",
                                          "1.",
                                          ".5",
                                          "1e",
                                          "1e+",
                                          "--1",
                                          "0x10",
                                          "1 2",
                                          "nul",
                                          "nulll",
                                          "True",
                                          "NaN",
                                          "[",
                                          "]",
                                          "[1",
                                          "[1,",
                                          "[1,]",
                                          "[,1]",
                                          "[1 2]",
                                          "{",
                                          "}",
                                          "{\"a\"",
                                          "{\"a\":",
                                          "{\"a\":1",
                                          "{\"a\":1,",
                                          "{\"a\":1,}",
                                          "{,}",
                                          "{a:1}",
                                          "{'a':1}",
                                          "{1:2}",
                                          "[}",
                                          "{]",
                                          "{\"a\" 1}",
                                          "{\"a\"::1}",
                                          "[1]]",
                                          "\"",
                                          "\"a",
                                          "\"\\",
                                          "\"\\\"",
                                          "\"\\x\"",
                                          "\"\\u12\"",
                                          "\"\\u12g4\"",
                                          "\"\t\"",
                                          "\"\n\"",
                                          "\"\x80\"",
                                          "\"\xc0\x80\"",
                                          "\"\xc1\xbf\"",
                                          "\"\xe0\x9f\xbf\"",
                                          "\"\xed\xa0\x80\"",
                                          "\"\xf0\x8f\xbf\xbf\"",
                                          "\"\xf4\x90\x80\x80\"",
                                          "\"\xf5\x80\x80\x80\"",
                                          "\"\xc3\"",
                                          "\"\xe2\x82\"",
                                          "\"\xf0\x9f\x98\"",
                                          "\"\xff\"",
                                          "\xc3\xa9",
                                          "// c\n1",
                                          "[1]/**/",
                                          "\f1",
                                          "\v[]",
                                          "\xef\xbb{}",
                                          "\xef\xbb\xbf\xef\xbb\xbf{}",
                                          "{}\xef\xbb\xbf",
                                          "\xff\xfe[\0]"};

} // namespace

TEST_SUITE_BEGIN("check");

TEST_CASE("what RFC 8259 calls JSON is accepted") {
  for (const auto text : well_formed) {
    CAPTURE(text);
    CHECK(accepted(text));
    agrees_with_nlohmann(text);
  }
}

TEST_CASE("what RFC 8259 does not call JSON is refused") {
  for (const auto text : malformed) {
    CAPTURE(text);
    CHECK_FALSE(accepted(text));
    agrees_with_nlohmann(text);
  }
}

TEST_CASE("a NUL byte is refused inside a string and outside") {
  using namespace std::string_view_literals;
  CHECK_FALSE(accepted("1\0"sv));
  CHECK_FALSE(accepted("\0"sv));
  CHECK_FALSE(accepted("\"long enough for a word \0 of eight\""sv));
}

TEST_CASE("the failure names the offset of the byte at fault") {
  const auto where = [](std::string_view text) {
    const auto outcome = check(text);
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().code == "answer_malformed");
    return outcome.error().why.substr(0, outcome.error().why.find(':'));
  };
  CHECK(where("") == "byte 0");
  CHECK(where("[1,2") == "byte 4");
  CHECK(where("[1,2}") == "byte 4");
  CHECK(where(R"({"a":01})") == "byte 6");
  CHECK(where("\xef\xbb\xbf{\"a\" 1}") == "byte 8");
  CHECK(where("\"0123456789\xff\"") == "byte 11");
  CHECK(where("{} x") == "byte 3");
}

TEST_CASE("depth is bounded, without any recursion") {
  CHECK(accepted(nested(64)));
  CHECK_FALSE(accepted(nested(65)));
  CHECK(passes(nested(3), bounds{100, 3}));
  CHECK_FALSE(passes(nested(4), bounds{100, 3}));
  CHECK_FALSE(passes(nested(1), bounds{100, 0}));
  CHECK(passes("1", bounds{100, 0}));
  CHECK(passes(nested(1024), bounds{10'000, 1'000'000}));
  CHECK_FALSE(passes(nested(1025), bounds{10'000, 1'000'000}));
  CHECK_FALSE(accepted(std::string(5'000'000, '[')));
}

TEST_CASE("size is bounded") {
  CHECK(passes("[1]", bounds{3, 8}));
  const auto outcome = check("[1] ", bounds{3, 8});
  REQUIRE(outcome.has_error());
  CHECK(outcome.error().code == "answer_malformed");
}

TEST_CASE("brackets are matched by kind at every depth") {
  auto text = std::string();
  for (auto i = 0; i < 32; ++i) {
    text += R"([{"a":)";
  }
  text += "1";
  for (auto i = 0; i < 32; ++i) {
    text += "}]";
  }
  CHECK(accepted(text));
  for (auto at = text.size() - 64; at < text.size(); ++at) {
    auto bent = text;
    bent[at] = bent[at] == '}' ? ']' : '}';
    CHECK_FALSE(accepted(bent));
  }
}

TEST_CASE("a special byte is seen at every place of a word of eight") {
  for (const auto& special : {std::string("\""),
                              std::string("\x01"),
                              std::string("\x1f"),
                              std::string("\xff"),
                              std::string("\\q"),
                              std::string("\xc3(")}) {
    for (auto before = std::size_t{0}; before < 24; ++before) {
      const auto text = "\"" + std::string(before, '!') + special + std::string(30, ' ') + "x\"";
      CHECK_FALSE(accepted(text));
    }
  }
}

TEST_CASE("drawn texts are accepted, and damaged ones judged as nlohmann judges them") {
  auto maker = json_tests::text_maker(7);
  constexpr auto bytes = std::string_view("\"\\{}[],:0123456789eE+-.truefalsn \n\x80\xc3\xff\x01");
  for (auto round = 0; round < 1500; ++round) {
    const auto text = maker.value();
    CAPTURE(text);
    REQUIRE(accepted(text));
    REQUIRE(ask_nlohmann(text) == verdict::accepted);
    for (auto i = 0; i < 4; ++i) {
      auto bent = text;
      bent[maker.below(bent.size())] = bytes[maker.below(bytes.size())];
      agrees_with_nlohmann(bent);
    }
    agrees_with_nlohmann(std::string_view(text).substr(0, maker.below(text.size())));
    agrees_with_nlohmann(text + bytes[maker.below(bytes.size())]);
  }
}

TEST_CASE("every string of three bytes after a quote is judged as nlohmann judges it") {
  constexpr auto bytes = std::string_view(
      "\"\\u0aD\x1f\x20\x7f\x80\x8f\x90\x9f\xa0\xbf\xc0\xc2\xdf\xe0\xed\xef\xf0\xf4\xf5");
  for (const auto a : bytes) {
    for (const auto b : bytes) {
      for (const auto c : bytes) {
        const char text[] = {'"', a, b, c, '"'};
        const auto view = std::string_view(text, 5);
        REQUIRE(static_cast<bool>(check(view)) == (ask_nlohmann(view) == verdict::accepted));
      }
    }
  }
}

TEST_SUITE_END();
