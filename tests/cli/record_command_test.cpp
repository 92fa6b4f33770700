#include "tests/cli/fake_engine.hpp"

#include <doctest/doctest.h>

using test::contains;

namespace {

TEST_SUITE("record_command_test") {
  TEST_CASE("by default it listens on this machine only, and forwards where names lead") {
    auto fake = test::fake_engine();
    fake.variables["HOME"] = "/dana";
    CHECK(fake.run({"record", "-o", "a.cassette"}) == 0);
    REQUIRE(fake.recorded);
    CHECK(fake.recorded->output == "a.cassette");
    CHECK(fake.recorded->address == "127.0.0.1");
    CHECK(fake.recorded->port == 8443);
    CHECK(fake.recorded->upstream_address.empty());
    CHECK(fake.recorded->bytes_max == 0);
    CHECK(fake.recorded->state == "/dana/.cache/offtenant/serve");
  }

  TEST_CASE("what to record, and from where, is read") {
    auto fake = test::fake_engine();
    CHECK(fake.run({"record",
                    "-o=a",
                    "--listen=127.0.0.1:0",
                    "--upstream=127.0.0.1:9",
                    "--upstream-ca=ca.pem",
                    "--filter=/security/",
                    "--filter=!login",
                    "--max-size=1000",
                    "--policy=p",
                    "--key=k",
                    "--known=s",
                    "--state=d",
                    "--json"}) == 0);
    REQUIRE(fake.recorded);
    CHECK(fake.recorded->port == 0);
    CHECK(fake.recorded->upstream_port == 9);
    CHECK(fake.recorded->upstream_ca == "ca.pem");
    CHECK(fake.recorded->filters == std::vector<std::string>{"/security/", "!login"});
    CHECK(fake.recorded->bytes_max == 1000);
    CHECK(fake.recorded->files.known == "s");
    CHECK(fake.recorded->json);
  }

  TEST_CASE("what cannot be used is named, with what was expected") {
    const auto complaint = [](std::vector<std::string> arguments) {
      auto fake = test::fake_engine();
      arguments.insert(arguments.begin(), {"record", "-o", "a"});
      CHECK(fake.run(arguments) == 2);
      CHECK(!fake.recorded);
      return fake.err.str();
    };
    CHECK(contains(complaint({"--listen=8443"}), "--listen is '8443'; expected an address"));
    CHECK(contains(complaint({"--upstream=x"}), "--upstream is 'x'; expected an address"));
    CHECK(contains(complaint({"--max-size=0"}), "--max-size"));
    CHECK(contains(complaint({"--filter=!"}), "--filter '!' says nothing"));
    auto fake = test::fake_engine();
    CHECK(fake.run({"record"}) == 2);
    CHECK(contains(fake.err.str(), "--output"));
  }
}

} // namespace
