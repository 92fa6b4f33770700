#include "scenarios/report/console.hpp"
#include "scenarios/report/json_report.hpp"
#include "scenarios/report/junit_report.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace scenarios::report;

namespace {

auto one(std::string name, verdict what) -> outcome {
  auto out = outcome();
  out.name = std::move(name);
  out.file = out.name + ".toml";
  out.wire = "memory";
  out.result = what;
  auto broken = check();
  broken.name = "nothing_lost";
  broken.outcome = what;
  broken.expected = "<all>";
  broken.got = "1 \x01 & \"lost\"";
  broken.details = {"alerts fa1: click c1 (a.toml:3)"};
  out.checks.push_back(broken);
  out.wall_ms = 12;
  out.repeat = "offtenant run x.toml --seed 1 --wire memory";
  return out;
}

} // namespace

TEST_SUITE("reports") {
  TEST_CASE("the JSON report has the documented members, and no wall time unless asked") {
    const auto text = to_json({{one("a", verdict::passed), one("b", verdict::failed)}}, false);
    const auto read = nlohmann::json::parse(text);
    CHECK(read["tool"] == "offtenant");
    CHECK(read["passed"] == 1);
    CHECK(read["failed"] == 1);
    CHECK(read["errors"] == 0);
    CHECK(read["scenarios"][1]["outcome"] == "failed");
    CHECK(read["scenarios"][0]["checks"][0]["at"] == nullptr);
    CHECK(text.find("wall_ms") == std::string::npos);
    CHECK(to_json({{one("a", verdict::passed)}}, true).find("wall_ms") != std::string::npos);
    CHECK(text.ends_with("}\n"));
  }

  TEST_CASE("bytes that are no UTF-8 do not break a report") {
    auto odd = one("a", verdict::failed);
    odd.checks[0].got = "\xff\xfe";
    CHECK(nlohmann::json::accept(to_json({{odd}}, false)));
  }

  TEST_CASE("JUnit escapes markup and what XML forbids") {
    const auto text = to_junit({{one("a<b", verdict::failed)}}, false);
    CHECK(text.find("a&lt;b") != std::string::npos);
    CHECK(text.find("1 \xef\xbf\xbd &amp; &quot;lost&quot;") != std::string::npos);
    CHECK(text.find('\x01') == std::string::npos);
    CHECK(text.find("failures=\"1\"") != std::string::npos);
  }

  TEST_CASE("a failure shows what was expected, what came, and the command that repeats it") {
    const auto text = to_lines(one("a", verdict::failed), false);
    for (const auto* part : {"FAIL", "nothing_lost", "<all>", "click c1", "--seed 1"}) {
      CAPTURE(part);
      CHECK(text.find(part) != std::string::npos);
    }
    CHECK(to_lines(one("a", verdict::passed), false).find('\n') ==
          to_lines(one("a", verdict::passed), false).size() - 1);
  }

  TEST_CASE("shards join in order, a scenario counted twice is refused, so is what is no report") {
    const auto a = named_text{"a.json", to_json({{one("z", verdict::passed)}}, false)};
    const auto b = named_text{"b.json", to_json({{one("a", verdict::failed)}}, false)};
    const auto joined = merge({a, b});
    REQUIRE(std::holds_alternative<summary>(joined));
    CHECK(std::get<summary>(joined).outcomes[0].name == "a");
    CHECK(to_json(std::get<summary>(joined), false) ==
          to_json({{one("a", verdict::failed), one("z", verdict::passed)}}, false));
    CHECK(std::get<merge_error>(merge({a, a})).why.find("another report") != std::string::npos);
    for (const auto* wrong : {"", "[]", "{}", "{\"tool\":\"offtenant\",\"scenarios\":[{}]}"}) {
      CHECK(std::holds_alternative<merge_error>(merge({{"c.json", wrong}})));
    }
  }
}
