#include "cli/exit_code.hpp"
#include "tests/cli/fake_engine.hpp"

#include <doctest/doctest.h>

using test::contains;

TEST_SUITE("import_command") {
  TEST_CASE("files, folder and options reach the work") {
    auto fake = test::fake_engine();
    CHECK(fake.run({"import",
                    ".",
                    ".",
                    "-o",
                    "out",
                    "--keep-names",
                    "--feed",
                    "audit_general",
                    "--name",
                    "incident 7"}) == cli::exit_held);
    REQUIRE(fake.imported.has_value());
    CHECK(fake.imported->files == std::vector<std::string>{".", "."});
    CHECK(fake.imported->folder == "out");
    CHECK(fake.imported->feed == "audit_general");
    CHECK(fake.imported->keep_names);
    CHECK(fake.imported->name == "incident 7");
  }

  TEST_CASE("without a folder, a file that is there or a feed that is one, nothing is done") {
    auto fake = test::fake_engine();
    CHECK(fake.run({"import", "."}) == cli::exit_usage);
    CHECK(fake.run({"import", "-o", "out"}) == cli::exit_usage);
    CHECK(fake.run({"import", "no/such/file", "-o", "out"}) == cli::exit_usage);
    CHECK(fake.run({"import", ".", "-o", "out", "--feed", "alert"}) == cli::exit_usage);
    CHECK(contains(fake.err.str(), "did you mean 'alerts'?"));
    CHECK(fake.run({"import", ".", "-o", "out", "--keep-names", "--key", "k"}) == cli::exit_usage);
    CHECK_FALSE(fake.imported);
  }
}
