#include "tests/cli/fake_engine.hpp"
#include "tests/core/fakes/scratch_folder.hpp"

#include <doctest/doctest.h>

#include <fstream>

using namespace std::chrono_literals;
using test::contains;

namespace {

/// `offtenant serve one.toml` with more arguments.
auto serve_with(test::fake_engine& fake, std::vector<std::string> more) -> int {
  const auto folder = fakes::scratch_folder();
  const auto file = folder.path() / "one.toml";
  std::ofstream(file) << "about = 'x'";
  more.insert(more.begin(), {"serve", file.string()});
  return fake.run(more);
}

TEST_SUITE("serve_command_test") {
  TEST_CASE("by default the scenario begins now, in real time, on this machine only") {
    auto fake = test::fake_engine();
    fake.variables["HOME"] = "/dana";
    CHECK(serve_with(fake, {}) == 0);
    REQUIRE(fake.served);
    CHECK(fake.served->address == "127.0.0.1");
    CHECK(fake.served->port == 8443);
    CHECK(!fake.served->start);
    CHECK(fake.served->speed == 1);
    CHECK(fake.served->state == "/dana/.cache/offtenant/serve");
  }

  TEST_CASE("start, offset and pace are read") {
    auto fake = test::fake_engine();
    CHECK(serve_with(fake,
                     {"--start=2026-03-10T08:00:00Z",
                      "--offset=-36h",
                      "--time=x60",
                      "--listen=127.0.0.1:0"}) == 0);
    REQUIRE(fake.served);
    CHECK(fake.served->start.has_value());
    CHECK(fake.served->offset == -36h);
    CHECK(fake.served->speed == 60);
    CHECK(fake.served->port == 0);
  }

  TEST_CASE("when to end and where to write the audit are read") {
    auto fake = test::fake_engine();
    CHECK(serve_with(fake,
                     {"--until=all fetched",
                      "--until=time 24h",
                      "--until=quiet 2s",
                      "--timeout=60s",
                      "--audit=a.json"}) == 0);
    REQUIRE(fake.served);
    CHECK(fake.served->end.all_fetched);
    CHECK(fake.served->end.time == 24h);
    CHECK(fake.served->end.quiet == 2s);
    CHECK(fake.served->end.timeout == 60s);
    CHECK(fake.served->audit == "a.json");
  }

  TEST_CASE("what cannot be used is named, with what was expected") {
    const auto complaint = [](const std::string& argument) {
      auto fake = test::fake_engine();
      CHECK(serve_with(fake, {argument}) == 2);
      CHECK(!fake.served);
      return fake.err.str();
    };
    CHECK(contains(complaint("--time=fast"), "expected real, manual, or xN"));
    CHECK(contains(complaint("--offset=tomorrow"), "expected a span such as -36h"));
    CHECK(contains(complaint("--start=noon"), "expected now, or a time such as"));
    CHECK(contains(complaint("--control=9000"), "--control is '9000'; expected an address"));
    CHECK(contains(complaint("--control=0.0.0.0:9000"), "it is for this machine only"));
    CHECK(contains(complaint("--until=done"), "expected 'all fetched', 'time 24h' or 'quiet 2s'"));
    CHECK(contains(complaint("--until=time soon"),
                   "expected 'all fetched', 'time 24h' or 'quiet 2s'"));
    CHECK(contains(complaint("--timeout=60s"), "--timeout needs --until"));
    CHECK(contains(complaint("--listen=8443"), "expected an address and a port"));
    CHECK(contains(complaint("--listen=127.0.0.1:70000"), "expected an address and a port"));
  }

  TEST_CASE("a scenario that is no file is refused") {
    auto fake = test::fake_engine();
    CHECK(fake.run({"serve", "/no/such/file.toml"}) == 2);
    CHECK(contains(fake.err.str(), "'/no/such/file.toml' is no file"));
  }
}

} // namespace
