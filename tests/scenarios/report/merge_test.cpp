#include "scenarios/report/json_report.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <chrono>

using namespace scenarios::report;
using json = nlohmann::ordered_json;

namespace {

auto sample() -> outcome {
  auto out = outcome();
  out.name = "teams/click-override";
  out.file = "suites/teams/click-override.toml";
  out.seed = 7;
  out.wire = "tls";
  out.virtual_start = seams::instant{std::chrono::hours{500'000}};
  out.virtual_end = out.virtual_start + std::chrono::milliseconds{5'400'580};
  out.requests = 210;
  out.visible = 9;
  out.stored = 8;
  out.excused = 1;
  out.trace_hash = "ab12";
  out.wall_ms = 38;
  auto held = check();
  held.name = "nothing_lost";
  held.at = out.virtual_end;
  out.checks = {held, check()};
  return out;
}

auto document() -> json {
  return json::parse(to_json({{sample()}}, false));
}

/// Why a report is refused; "" if it is not.
auto refusal(const json& report) -> std::string {
  const auto read = from_json({"a.json", report.dump()});
  const auto* wrong = std::get_if<merge_error>(&read);
  return wrong == nullptr ? "" : wrong->why;
}

} // namespace

TEST_SUITE("joining reports") {
  TEST_CASE("a report that is read back prints the same bytes, with timings too") {
    for (const auto timings : {false, true}) {
      const auto text = to_json({{sample()}}, timings);
      CHECK(text == to_json({{sample()}}, timings));
      const auto read = from_json({"a.json", text});
      REQUIRE(std::holds_alternative<summary>(read));
      CHECK(to_json(std::get<summary>(read), timings) == text);
    }
  }

  TEST_CASE("members stand in the documented order") {
    auto names = std::string();
    const auto first = document()["scenarios"][0];
    for (const auto& [name, value] : first.items()) {
      names += name + " ";
    }
    CHECK(names == "name file seed wire outcome virtual_start virtual_end requests records "
                   "trace_hash checks ");
  }

  TEST_CASE("a member that is missing or of the wrong kind is named with its file") {
    CHECK(refusal(document()).empty());
    for (const auto* name : {"name",
                             "file",
                             "seed",
                             "wire",
                             "outcome",
                             "virtual_start",
                             "virtual_end",
                             "requests",
                             "records",
                             "trace_hash",
                             "checks"}) {
      CAPTURE(name);
      auto without = document();
      without["scenarios"][0].erase(name);
      CHECK(refusal(without).starts_with("a.json: scenarios[0]." + std::string(name)));
      auto wrong = document();
      wrong["scenarios"][0][name] = -1;
      CHECK(refusal(wrong).starts_with("a.json: scenarios[0]." + std::string(name)));
    }
  }

  TEST_CASE("words and times that mean nothing are refused, in checks as well") {
    auto odd = document();
    odd["scenarios"][0]["outcome"] = "maybe";
    CHECK(refusal(odd) == "a.json: scenarios[0].outcome is missing or is not \"passed\", "
                          "\"failed\" or \"error\"");
    odd = document();
    odd["scenarios"][0]["virtual_end"] = "yesterday";
    CHECK(refusal(odd).starts_with("a.json: scenarios[0].virtual_end"));
    odd = document();
    odd["scenarios"][0]["checks"][1]["got"] = nullptr;
    CHECK(refusal(odd).starts_with("a.json: scenarios[0].checks[1].got"));
    odd = document();
    odd["scenarios"][0]["checks"][0]["at"] = 5;
    CHECK(refusal(odd).starts_with("a.json: scenarios[0].checks[0].at"));
    odd = document();
    odd["scenarios"][0]["records"]["stored"] = 1.5;
    CHECK(refusal(odd).starts_with("a.json: scenarios[0].records.stored"));
  }

  TEST_CASE("what is no report at all is refused, not thrown over") {
    for (const auto* text : {"",
                             "nul",
                             "5",
                             "[]",
                             "{}",
                             R"({"tool":5,"scenarios":[]})",
                             R"({"tool":"other","scenarios":[]})",
                             R"({"tool":"offtenant"})",
                             R"({"tool":"offtenant","scenarios":{}})",
                             R"({"tool":"offtenant","scenarios":[7]})"}) {
      CAPTURE(text);
      CHECK(std::holds_alternative<merge_error>(from_json({"a.json", text})));
    }
    const auto deep = std::string(200'000, '[');
    CHECK(std::holds_alternative<merge_error>(from_json({"a.json", deep})));
  }

  TEST_CASE("one scenario on two seeds or wires is two outcomes, in order") {
    auto second = sample();
    second.seed = 3;
    auto third = sample();
    third.wire = "memory";
    const auto joined = merge(
        {{"a.json", to_json({{sample()}}, false)}, {"b.json", to_json({{second, third}}, false)}});
    REQUIRE(std::holds_alternative<summary>(joined));
    const auto& all = std::get<summary>(joined).outcomes;
    REQUIRE(all.size() == 3);
    CHECK(all[0].seed == 3);
    CHECK(all[1].wire == "memory");
    CHECK(all[2].wire == "tls");
  }

  TEST_CASE("nothing joined is an empty report") {
    const auto none = merge({});
    REQUIRE(std::holds_alternative<summary>(none));
    CHECK(json::parse(to_json(std::get<summary>(none), false))["passed"] == 0);
  }
}
