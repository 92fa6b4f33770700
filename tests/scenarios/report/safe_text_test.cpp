#include "scenarios/report/console.hpp"
#include "scenarios/report/junit_report.hpp"
#include "scenarios/report/safe_text.hpp"

#include <doctest/doctest.h>

using namespace scenarios::report;

namespace {

const auto mark = std::string("\xef\xbf\xbd");

auto failed_with(const std::string& got) -> outcome {
  auto out = outcome();
  out.result = verdict::failed;
  auto broken = check();
  broken.outcome = verdict::failed;
  broken.got = got;
  broken.details = {got};
  out.checks = {broken};
  out.last_exchanges = {got};
  return out;
}

} // namespace

TEST_SUITE("hostile text in reports") {
  TEST_CASE("markup is escaped, and so are the line ends and tabs that attributes would lose") {
    CHECK(for_xml("a<b> & \"c\"") == "a&lt;b&gt; &amp; &quot;c&quot;");
    CHECK(for_xml("a\tb\nc\rd") == "a&#9;b&#10;c&#13;d");
    CHECK(for_xml("]]>") == "]]&gt;");
  }

  TEST_CASE("characters beyond ASCII stay") {
    const auto text = std::string("\xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80");
    CHECK(for_xml(text) == text);
  }

  TEST_CASE("what XML forbids becomes one mark for each byte") {
    CHECK(for_xml(std::string("a\0b", 3)) == "a" + mark + "b");
    CHECK(for_xml("\x1b[2J") == mark + "[2J");
    CHECK(for_xml("\xff") == mark);
    CHECK(for_xml("\xc3") == mark);                                  // cut short
    CHECK(for_xml("\xc0\xaf") == mark + mark);                       // overlong
    CHECK(for_xml("\xed\xa0\x80") == mark + mark + mark);            // surrogate
    CHECK(for_xml("\xef\xbf\xbf") == mark + mark + mark);            // U+FFFF
    CHECK(for_xml("\xf4\x90\x80\x80") == mark + mark + mark + mark); // above U+10FFFF
  }

  TEST_CASE("a JUnit report holds no byte that an answer smuggled in") {
    const auto text = to_junit({{failed_with("\x1b\xff<a>")}}, false);
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.find('\xff') == std::string::npos);
    CHECK(text.find("<a>") == std::string::npos);
  }

  TEST_CASE("an answer cannot steer the terminal") {
    CHECK(for_terminal("a\x1b[2J\x7f\tb\n") == "a?[2J?\tb\n");
    CHECK(to_lines(failed_with("\x1b[2J"), false).find('\x1b') == std::string::npos);
  }

  TEST_CASE("colour comes only when asked for") {
    CHECK(to_lines(failed_with(""), true).find("\x1b[31m") != std::string::npos);
    CHECK(to_line({}, 1, false).find('\x1b') == std::string::npos);
    CHECK(to_line({}, 1, true).find("\x1b[32m") != std::string::npos);
  }
}
