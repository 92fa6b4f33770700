#include "scenarios/report/console.hpp"
#include "scenarios/report/json_report.hpp"
#include "scenarios/report/junit_report.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>

using namespace std::chrono_literals;
using namespace scenarios::report;
using json = nlohmann::ordered_json;

namespace {

auto labelled(std::string name, std::vector<label> labels) -> outcome {
  auto out = outcome();
  out.name = std::move(name);
  out.file = out.name + ".toml";
  out.wire = "memory";
  out.labels = std::move(labels);
  return out;
}

/// Two attacks found, one of them late, one harmless thing without a case.
auto labelled_runs() -> summary {
  return {{labelled("a",
                    {{"attack", "malicious", "alert:a<1>", 1, 2min},
                     {"attack", "suspicious", "url:u", 2, 4min}}),
           labelled("b", {{"harmless", "no case", "", 0, {}}}),
           labelled("c", {})}};
}

/// Why a report is refused; "" if it is not.
auto why_refused(const json& report) -> std::string {
  const auto read = from_json({"a.json", report.dump()});
  const auto* wrong = std::get_if<merge_error>(&read);
  return wrong == nullptr ? "" : wrong->why;
}

} // namespace

TEST_SUITE("labels in reports") {
  TEST_CASE("the table counts each truth under its verdict and gives the times") {
    CHECK(to_table(labelled_runs()) ==
          "truth            malicious    suspicious  inconclusive        benign       no case\n"
          "attack                   1             1             0             0             0\n"
          "harmless                 0             0             0             0             1\n"
          "undecidable              0             0             0             0             0\n"
          "time to verdict: median 3m, longest 4m\n");
  }

  TEST_CASE("of an odd number of times the median is the one in the middle") {
    auto three = labelled_runs();
    three.outcomes[2].labels = {{"undecidable", "benign", "c", 4, 0s}};
    CHECK(to_table(three).ends_with("median 2m, longest 4m\n"));
  }

  TEST_CASE("without labels there is no table and without cases no time") {
    CHECK(to_table({}) == "");
    CHECK(to_table({{labelled("c", {})}}) == "");
    CHECK(to_table({{labelled("b", {{"harmless", "no case", "", 0, {}}})}}).find("time") ==
          std::string::npos);
  }

  TEST_CASE("the JSON report holds labels where there are any and reads them back") {
    const auto text = to_json(labelled_runs(), false);
    const auto scenarios = json::parse(text)["scenarios"];
    CHECK(scenarios[0]["labels"][0].dump() ==
          R"({"truth":"attack","verdict":"malicious","case":"alert:a<1>","priority":"P1",)"
          R"("time_to_verdict_ms":120000})");
    CHECK(scenarios[1]["labels"][0]["priority"] == "");
    CHECK(scenarios[1]["labels"][0]["time_to_verdict_ms"] == nullptr);
    CHECK_FALSE(scenarios[2].contains("labels"));
    const auto read = from_json({"a.json", text});
    REQUIRE(std::holds_alternative<summary>(read));
    CHECK(to_json(std::get<summary>(read), false) == text);
    CHECK(to_table(std::get<summary>(read)) == to_table(labelled_runs()));
  }

  TEST_CASE("a label that no run can have written is refused with its member") {
    const auto whole = json::parse(to_json(labelled_runs(), false));
    CHECK(why_refused(whole).empty());
    for (const auto* name : {"truth", "verdict", "case", "priority", "time_to_verdict_ms"}) {
      CAPTURE(name);
      auto wrong = whole;
      wrong["scenarios"][0]["labels"][1][name] = -1;
      CHECK(why_refused(wrong).starts_with("a.json: scenarios[0].labels[1]." + std::string(name)));
      wrong["scenarios"][0]["labels"][1].erase(name);
      CHECK(why_refused(wrong).starts_with("a.json: scenarios[0].labels[1]." + std::string(name)));
    }
    auto odd = whole;
    odd["scenarios"][0]["labels"][0]["verdict"] = "dangerous";
    CHECK(why_refused(odd).starts_with("a.json: scenarios[0].labels[0].verdict"));
    odd = whole;
    odd["scenarios"][0]["labels"] = "none";
    CHECK(why_refused(odd).starts_with("a.json: scenarios[0].labels"));
  }

  TEST_CASE("JUnit shows labels as properties and none where there are none") {
    const auto text = to_junit(labelled_runs(), false);
    for (const auto* line : {R"(<property name="label.1.truth" value="attack"/>)",
                             R"(<property name="label.1.verdict" value="malicious"/>)",
                             R"(<property name="label.1.priority" value="P1"/>)",
                             R"(<property name="label.1.time_to_verdict" value="2m"/>)",
                             R"(<property name="label.2.verdict" value="suspicious"/>)",
                             R"(<property name="label.1.verdict" value="no case"/>)"}) {
      CAPTURE(line);
      CHECK(text.find(line) != std::string::npos);
    }
    CHECK(to_junit({{labelled("c", {})}}, false).find("propert") == std::string::npos);
  }

  TEST_CASE("the reference of reports names every member and every word of labels") {
    auto file = std::ifstream(std::string(OFFTENANT_SOURCE_DIR) + "/docs/report-format.md");
    auto reference = std::ostringstream();
    reference << file.rdbuf();
    const auto names = [&](const std::string& word) {
      return reference.str().find("`" + word + "`") != std::string::npos;
    };
    const auto first = json::parse(to_json(labelled_runs(), false))["scenarios"][0]["labels"][0];
    for (const auto& [member, value] : first.items()) {
      CAPTURE(member);
      CHECK(names(member));
    }
    for (const auto word : truth_words) {
      CHECK(names(std::string(word)));
    }
    for (const auto word : judgement_words) {
      CHECK(names(std::string(word)));
    }
  }
}
