#include "scenarios/shrinking/fixture_parts.hpp"
#include "tests/core/fakes/scratch_folder.hpp"

#include <doctest/doctest.h>

#include <numeric>

using namespace scenarios::shrinking;

namespace {

constexpr auto scenario = R"(# What it is about.
about = "three tables"

# Dana reads mail.
[[user]]
name = "dana"

[connector]
feeds = [
  "alerts",
  "incidents",
]

[[mail]]
id = "m"
at = "1m"
from = "a@fabrikam.example"
to = ["dana"]
attachments = [
  { name = "a.pdf" },
]

[[records]]
file = "given/alerts.json"
feed = "alerts"
at = "2m"
)";

auto all_of(const fixture_parts& parts) -> selection {
  auto out = selection(parts.parts().size());
  std::iota(out.begin(), out.end(), std::size_t{0});
  return out;
}

struct fixture_on_disk {
  fixture_on_disk() {
    folder.write("scenario.toml", scenario);
    folder.write("given/alerts.json", "{\"value\": [{\"id\": \"1\"},\n {\"id\":\n \"2\"}]}");
  }
  fakes::scratch_folder folder;
};

} // namespace

TEST_SUITE("fixture parts") {
  TEST_CASE("tables with their comments, feeds and records are parts") {
    const auto with = fixture_on_disk();
    const auto parts = fixture_parts::read(with.folder.at("scenario.toml")).value();
    auto tables = std::vector<std::string>();
    auto others = std::vector<std::string>();
    for (const auto& one : parts.parts()) {
      (one.what == part_kind::table ? tables : others).push_back(one.text);
    }
    REQUIRE(tables.size() == 4);
    CHECK(tables[0] == "# Dana reads mail.\n[[user]]\nname = \"dana\"\n\n");
    CHECK(tables[2].ends_with("  { name = \"a.pdf\" },\n]\n\n"));
    CHECK(others ==
          std::vector<std::string>{"alerts", "incidents", R"({"id": "1"})", "{\"id\":\n \"2\"}"});
  }

  TEST_CASE("with all parts it says what it said, with records one a line") {
    const auto with = fixture_on_disk();
    const auto parts = fixture_parts::read(with.folder.at("scenario.toml")).value();
    const auto files = parts.text_of(all_of(parts));
    REQUIRE(files.size() == 2);
    CHECK(files[0].first == "scenario.toml");
    CHECK(files[0].second.find(R"(feeds = ["alerts", "incidents"])") != std::string::npos);
    CHECK(files[0].second.find(R"(file = "records/1-alerts.ndjson")") != std::string::npos);
    CHECK(files[1] == std::pair<std::string, std::string>("records/1-alerts.ndjson",
                                                          "{\"id\": \"1\"}\n{\"id\": \"2\"}\n"));
  }

  TEST_CASE("what is left out is gone") {
    const auto with = fixture_on_disk();
    const auto parts = fixture_parts::read(with.folder.at("scenario.toml")).value();
    const auto files = parts.text_of({1, 5});
    REQUIRE(files.size() == 1);
    CHECK(files[0].second == "# What it is about.\nabout = \"three tables\"\n\n"
                             "[connector]\nfeeds = [\"incidents\"]\n\n");
  }

  TEST_CASE("what cannot be read is named") {
    const auto folder = fakes::scratch_folder();
    CHECK(!fixture_parts::read(folder.at("no.toml")));
    folder.write("bad.toml", "about = \n");
    CHECK(fixture_parts::read(folder.at("bad.toml")).error().why.find("bad.toml:1") !=
          std::string::npos);
    folder.write("lost.toml", "[[records]]\nfile = \"no.json\"\n");
    CHECK(fixture_parts::read(folder.at("lost.toml")).error().why.find("no.json") !=
          std::string::npos);
  }
}
