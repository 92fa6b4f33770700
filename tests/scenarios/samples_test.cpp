#include "scenarios/model/scenario.hpp"
#include "scenarios/run/run_scenario.hpp"
#include "tests/scenarios/run/test_keys.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace scenarios;
namespace fs = std::filesystem;

namespace {

/// Real public records beside the project, if they are there: no copy of them is shipped.
const auto samples = fs::path(OFFTENANT_SOURCE_DIR) / ".." / "shared" / "samples";

auto replay(const fs::path& file, const std::string& feed) -> report::outcome {
  const auto text = "about = \"real records\"\n[tenant.page_sizes]\nalerts = 2\n[connector]\n"
                    "feeds = [\"" +
                    feed + "\"]\n[[records]]\nfile = \"" + file.string() + "\"\nfeed = \"" + feed +
                    "\"\nat = \"10m\"\nover = \"1h\"\n";
  const auto read = model::load_text(text, "samples.toml");
  REQUIRE(read.what.has_value());
  auto options = run::scenario_options();
  options.wire = run::wire_kind::memory;
  options.world.keys = &tests::keys(run::wire_kind::memory);
  auto unkept = std::string();
  return run::run_scenario(*read.what, options, unkept);
}

void check_folder(const std::string& folder, const std::string& feed) {
  if (!fs::is_directory(samples / folder)) {
    return;
  }
  for (const auto& entry : fs::directory_iterator(samples / folder)) {
    if (entry.path().extension() == ".csv") {
      continue;
    }
    CAPTURE(entry.path().string());
    const auto outcome = replay(fs::absolute(entry.path()).lexically_normal(), feed);
    CHECK(outcome.result == report::verdict::passed);
    CHECK(outcome.stored == outcome.visible);
    CHECK(outcome.stored > 0);
  }
}

} // namespace

TEST_SUITE("samples") {
  TEST_CASE("real audit records each arrive once with equal bytes") {
    check_folder("activity", "audit_general");
  }
  TEST_CASE("real alerts each arrive once with equal bytes") {
    check_folder("alerts", "alerts");
  }
}
