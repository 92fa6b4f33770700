#include "core/toml_reading/span.hpp"
#include "scenarios/model/scenario.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace scenarios::model;

namespace {

const auto sound = std::string(R"(about = "x"
[[user]]
name = "dana"
[connector]
feeds = ["alerts"]
)");

auto first_wrong(const std::string& text) -> std::string {
  const auto read = load_text(text, "t.toml");
  return read.wrong.empty() ? "" : to_text(read.wrong.front());
}

} // namespace

TEST_SUITE("scenario files") {
  TEST_CASE("spans have units, largest first, each once") {
    CHECK(core::toml_reading::parse_span("47h59m") == 47h + 59min);
    CHECK(core::toml_reading::parse_span("1d 2h") == 26h);
    CHECK(core::toml_reading::parse_span("500ms") == 500ms);
    CHECK(core::toml_reading::parse_span("-3h") == -3h);
    for (const auto* wrong : {"", "5", "m", "1m 2h", "1h1h", "1.5h", "9999999999d", "5 m x"}) {
      CAPTURE(wrong);
      CHECK(!core::toml_reading::parse_span(wrong));
    }
  }

  TEST_CASE("a sound file loads, times are offsets from the start") {
    const auto read = load_text(sound + "[[verdict]]\nat = \"-1h\"\nurl = \"u\"\n", "t.toml");
    REQUIRE(read.what.has_value());
    CHECK(read.what->events.front().at == read.what->standing.start - 1h);
    CHECK(read.what->standing.applications.front().grants.front().role == "SecurityAlert.Read.All");
  }

  TEST_CASE("a misspelt key is named with its place, what was expected and the nearest right one") {
    const auto said = first_wrong(sound + "[[click]]\nat = \"1m\"\nuser = \"dana\"\nurl = \"u\"\n"
                                          "goes_onn = true\n");
    CHECK(said.starts_with("t.toml:10:1: unknown key \"goes_onn\""));
    CHECK(said.find("did you mean \"goes_on\"?") != std::string::npos);
  }

  TEST_CASE("wrong types, units, words, references and doubles are each reported") {
    CHECK(first_wrong(sound + "[[click]]\nat = 5\nuser = \"dana\"\nurl = \"u\"\n")
              .find("\"at\" is a whole number; expected text") != std::string::npos);
    CHECK(first_wrong(sound + "[[verdict]]\nat = \"5 minutes\"\nurl = \"u\"\n").find("5 minutes") !=
          std::string::npos);
    CHECK(first_wrong(sound + "[[verdict]]\nat = \"5m\"\nurl = \"u\"\nverdict = \"phsh\"\n")
              .find("did you mean \"phish\"?") != std::string::npos);
    CHECK(first_wrong(sound + "[[click]]\nat = \"5m\"\nuser = \"dan\"\nurl = \"u\"\n")
              .find("did you mean \"dana\"?") != std::string::npos);
    CHECK(first_wrong(sound + "[[user]]\nname = \"dana\"\n").find("two users") !=
          std::string::npos);
    CHECK(first_wrong(sound + "[[expect]]\nalerts = 1\nwithin = \"5m\"\nof = \"c9\"\n")
              .find("no event \"c9\"") != std::string::npos);
    CHECK(first_wrong(sound + "[kill]\n").find("0 ways to die") != std::string::npos);
    CHECK(first_wrong("about = \"x\"\n[connector]\nfeeds = [\"alrts\"]\n")
              .find("did you mean \"alerts\"?") != std::string::npos);
  }

  TEST_CASE("all that is wrong is reported, in order, a TOML error is reported with its place") {
    const auto read = load_text(sound + "colour = 1\n[[verdict]]\nat = 1\n", "t.toml");
    CHECK(read.wrong.size() >= 3);
    CHECK(!read.what);
    CHECK(first_wrong("about = \"x\n").starts_with("t.toml:1:"));
    CHECK(first_wrong("") ==
          R"(t.toml:1:1: the file is empty; expected keys and values: name = "..." and so on)");
    CHECK(load_text("# a comment", "t.toml").wrong.size() == 2); // neither about nor connector
    CHECK(!load("/no/such/file.toml").wrong.empty());
  }

  TEST_CASE("hostile files are refused, not survived by luck") {
    CHECK(!first_wrong(std::string(100'000, '[')).empty());
    CHECK(!first_wrong("a" + std::string(50'000, '.') + "b = 1").empty());
    CHECK(!first_wrong(std::string("about = \"\xff\xfe\"")).empty());
  }
}
