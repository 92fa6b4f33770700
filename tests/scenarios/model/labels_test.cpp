#include "scenarios/model/scenario.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace scenarios::model;

namespace {

const auto quiet = std::string(R"(about = "x"
[[user]]
name = "dana"
[connector]
feeds = ["alerts"]
)");

auto labels_of(const std::string& more) -> std::vector<label> {
  const auto read = load_text(quiet + more, "t.toml");
  REQUIRE(read.what.has_value());
  return read.what->labels;
}

auto complaint(const std::string& more) -> std::string {
  const auto read = load_text(quiet + more, "t.toml");
  REQUIRE(read.wrong.size() == 1);
  return to_text(read.wrong.front());
}

} // namespace

TEST_SUITE("labels in scenario files") {
  TEST_CASE("a label says what is true of which cases and how soon they must stand") {
    const auto read = labels_of("[[label]]\ntruth = \"attack\"\n"
                                "where = { title = \"Invoice\" }\nwithin = \"15m\"\n"
                                "[[label]]\ntruth = \"undecidable\"\n");
    REQUIRE(read.size() == 2);
    CHECK(read[0].what == truth::attack);
    CHECK(read[0].within == seams::duration{15min});
    REQUIRE(read[0].where.size() == 1);
    CHECK(read[0].where[0].path == "title");
    CHECK(read[0].text == "label attack with title = \"Invoice\"");
    CHECK(read[0].origin == "t.toml:6");
    CHECK(read[1].what == truth::undecidable);
    CHECK(read[1].where.empty());
    CHECK_FALSE(read[1].within.has_value());
    CHECK(labels_of("[[label]]\ntruth = \"harmless\"\n")[0].what == truth::harmless);
  }

  TEST_CASE("a label without a truth or with an unknown one is refused at its place") {
    CHECK(complaint("[[label]]\nwithin = \"1m\"\n").starts_with("t.toml:6:1: "));
    CHECK(complaint("[[label]]\ntruth = \"atack\"\n").find("did you mean \"attack\"?") !=
          std::string::npos);
    CHECK(complaint("[[label]]\ntruth = \"attack\"\nwithin = \"-1m\"\n").find("within") !=
          std::string::npos);
    CHECK(complaint("[[label]]\ntruth = \"attack\"\nwhere = 1\n").find("is no table") !=
          std::string::npos);
  }
}
