#include "cli/first_scenario.hpp"
#include "scenarios/model/scenario.hpp"
#include "tests/cli/fake_engine.hpp"
#include "tests/core/fakes/scratch_folder.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

namespace {

auto text_of(const std::filesystem::path& path) -> std::string {
  auto file = std::ifstream(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

using test::contains;

TEST_SUITE("init_command_test") {
  TEST_CASE("init makes the folder and writes both files") {
    const auto folder = fakes::scratch_folder();
    const auto target = folder.path() / "a" / "b";
    auto fake = test::fake_engine();
    CHECK(fake.run({"init", target.string()}) == 0);
    CHECK(text_of(target / cli::first_scenario_name) == cli::first_scenario());
    CHECK(text_of(target / cli::first_readme_name) == cli::first_readme());
    CHECK(contains(fake.out.str(), "next: offtenant run " + target.string()));
  }

  TEST_CASE("init overwrites neither file, and then writes none") {
    for (const auto name : {cli::first_scenario_name, cli::first_readme_name}) {
      const auto folder = fakes::scratch_folder();
      std::ofstream(folder.path() / name) << "mine";
      auto fake = test::fake_engine();
      CHECK(fake.run({"init", folder.path().string()}) == 2);
      CHECK(contains(fake.err.str(), (folder.path() / name).string()));
      CHECK(text_of(folder.path() / name) == "mine");
      CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
    }
  }

  TEST_CASE("a folder that cannot be made is the environment's fault") {
    const auto folder = fakes::scratch_folder();
    std::ofstream(folder.path() / "file") << "in the way";
    for (const auto* inside : {"file", "file/deeper"}) {
      auto fake = test::fake_engine();
      CHECK(fake.run({"init", (folder.path() / inside).string()}) == 3);
      CHECK(contains(fake.err.str(), "cannot make the folder"));
    }
  }

  TEST_CASE("init needs a folder") {
    auto fake = test::fake_engine();
    CHECK(fake.run({"init"}) == 2);
    CHECK(contains(fake.err.str(), "DIR"));
  }

  TEST_CASE("the first scenario is sound") {
    const auto read = scenarios::model::load_text(std::string(cli::first_scenario()), "first.toml");
    for (const auto& wrong : read.wrong) {
      FAIL_CHECK(scenarios::model::to_text(wrong));
    }
    CHECK(read.what.has_value());
  }

  TEST_CASE("the first scenario is short and explains itself") {
    CHECK(contains(std::string(cli::first_scenario()), "# "));
    CHECK(contains(std::string(cli::first_scenario()), "Teams"));
    CHECK(contains(std::string(cli::first_readme()), "offtenant run"));
  }
}

} // namespace
