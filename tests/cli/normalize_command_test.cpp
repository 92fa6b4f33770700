#include "cli/exit_code.hpp"
#include "cli/live/normalize_file.hpp"
#include "tests/cli/fake_engine.hpp"
#include "tests/core/fakes/scratch_folder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

using test::contains;

namespace {

/// A file with this text, and what came of normalising it.
class export_file {
public:
  explicit export_file(const std::string& text) : path((folder_.path() / "export.json").string()) {
    std::ofstream(path) << text;
  }

  auto normalize(const std::string& feed) -> int {
    return cli::normalize_file({path, feed, {"t1", "AzureCloud", false}}, out, err, interrupted);
  }
  auto lines() const -> std::ptrdiff_t {
    const auto text = out.str();
    return std::count(text.begin(), text.end(), '\n');
  }

private:
  fakes::scratch_folder folder_;

public:
  const std::string path;
  std::ostringstream out;
  std::ostringstream err;
  std::atomic<bool> interrupted = false;
};

constexpr auto one_user = R"({"id":"1","userPrincipalName":"dana@contoso.com"})";

} // namespace

TEST_SUITE("normalize_command") {
  TEST_CASE("file, feed and what OCSF adds reach the work") {
    auto fake = test::fake_engine();
    CHECK(
        fake.run({"normalize", ".", "--feed", "alerts", "--tenant", "t", "--cloud", "gcc_high"}) ==
        cli::exit_held);
    REQUIRE(fake.normalized.has_value());
    CHECK(fake.normalized->file == ".");
    CHECK(fake.normalized->feed == "alerts");
    CHECK(fake.normalized->how.tenant == "t");
    CHECK(fake.normalized->how.cloud_partition == "AzureUSGovernment");
    CHECK_FALSE(fake.normalized->how.with_raw);
  }

  TEST_CASE("a feed, a cloud or a file that is none is a usage error") {
    auto fake = test::fake_engine();
    CHECK(fake.run({"normalize", ".", "--feed", "alert"}) == cli::exit_usage);
    CHECK(contains(fake.err.str(), "'alert' is no feed; did you mean 'alerts'?"));
    CHECK(fake.run({"normalize", ".", "--feed", "alerts", "--cloud", "moon"}) == cli::exit_usage);
    CHECK(fake.run({"normalize", "no/such/file", "--feed", "alerts"}) == cli::exit_usage);
    CHECK(fake.run({"normalize", "."}) == cli::exit_usage);
    CHECK_FALSE(fake.normalized.has_value());
  }

  TEST_CASE("arrays, pages, hunting answers and lines give the same events") {
    const auto one = std::string(one_user);
    for (const auto& text : {"[" + one + "]",
                             R"({"value":[)" + one + "]}",
                             R"({"results":[)" + one + "]}",
                             one + "\n\n",
                             one}) {
      CAPTURE(text);
      auto file = export_file(text);
      CHECK(file.normalize("users") == cli::exit_held);
      CHECK(file.lines() == 1);
      CHECK(contains(file.out.str(), R"("tenant_uid":"t1")"));
      CHECK(file.err.str().empty());
    }
  }

  TEST_CASE("a record that is none of the feed's is named by line and number") {
    auto file = export_file(std::string(one_user) + "\n{\"x\":1}\n" + one_user);
    CHECK(file.normalize("users") == cli::exit_held);
    CHECK(file.lines() == 2);
    CHECK(contains(file.err.str(),
                   ":2: record 2: unknown: no record that feed users is known to hold\n"));
  }

  TEST_CASE("what is new about a record is said") {
    auto file = export_file(R"({"Id":"1","RecordType":9999,"Operation":"Foo",)"
                            R"("CreationTime":"2026-01-01T10:00:00"})");
    CHECK(file.normalize("audit_general") == cli::exit_held);
    CHECK(file.lines() == 1);
    CHECK(contains(file.err.str(), "schema_drift: record type 9999\n"));
  }

  TEST_CASE("a file without records is a wrong one, and one that cannot be read is no file") {
    auto text = export_file("not JSON");
    CHECK(text.normalize("users") == cli::exit_usage);
    CHECK(contains(text.err.str(), "line 1 holds no JSON object"));
    auto out = std::ostringstream();
    auto err = std::ostringstream();
    const auto interrupted = std::atomic<bool>(false);
    CHECK(cli::normalize_file({"no/such/file", "users", {}}, out, err, interrupted) ==
          cli::exit_environment);
  }

  TEST_CASE("a broken line is named, and the lines after it are normalised all the same") {
    auto file = export_file(std::string(one_user) + "\n{broken\n" + one_user);
    CHECK(file.normalize("users") == cli::exit_usage);
    CHECK(file.lines() == 2);
    CHECK(contains(file.err.str(), "line 2 holds no JSON object"));
  }

  TEST_CASE("the export of a quiet day is no mistake") {
    for (const auto* text : {R"({"value":[]})", "[]", ""}) {
      auto file = export_file(text);
      CHECK(file.normalize("users") == cli::exit_held);
      CHECK(file.lines() == 0);
    }
  }

  TEST_CASE("an interrupted run ends at once") {
    auto file = export_file(one_user);
    file.interrupted = true;
    CHECK(file.normalize("users") == cli::exit_interrupted);
    CHECK(file.lines() == 0);
  }
}
