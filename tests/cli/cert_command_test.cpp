#include "core/auth/key_files.hpp"
#include "tests/cli/fake_engine.hpp"
#include "tests/core/fakes/scratch_folder.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

namespace {

namespace fs = std::filesystem;
using test::contains;

auto bytes_of(const fs::path& path) -> std::string {
  auto file = std::ifstream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST_SUITE("cert_command_test") {
  TEST_CASE("a new pair is written in three forms that fit together, and its thumbprints told") {
    const auto folder = fakes::scratch_folder();
    const auto out = folder.path() / "keys";
    auto fake = test::fake_engine();
    fake.variables["PFX_WORD"] = "a passphrase";
    REQUIRE(fake.run({"cert",
                      "new",
                      "--out",
                      out.string(),
                      "--days",
                      "30",
                      "--passphrase-env",
                      "PFX_WORD"}) == 0);
    const auto pem =
        core::auth::read_pem(bytes_of(out / "key.pem"), bytes_of(out / "certificate.pem")).value();
    const auto pfx = core::auth::read_pfx(bytes_of(out / "certificate.pfx"), "a passphrase");
    CHECK(pfx.value().portal_thumbprint() == pem.portal_thumbprint());
    CHECK(contains(fake.out.str(), pem.portal_thumbprint()));
    CHECK(contains(fake.out.str(), "x5t#S256"));
    CHECK(pem.certificate().until - pem.certificate().from == std::chrono::days{30});
    CHECK_FALSE(contains(fake.out.str(), "a passphrase"));
  }

  TEST_CASE("only their owner can read key and PFX") {
    const auto folder = fakes::scratch_folder();
    auto fake = test::fake_engine();
    REQUIRE(fake.run({"cert", "new", "--out", folder.path().string()}) == 0);
    for (const auto* name : {"key.pem", "certificate.pfx"}) {
      CHECK(fs::status(folder.path() / name).permissions() ==
            (fs::perms::owner_read | fs::perms::owner_write));
    }
  }

  TEST_CASE("nothing is overwritten, and then nothing is written") {
    for (const auto* name : {"key.pem", "certificate.pem", "certificate.pfx"}) {
      const auto folder = fakes::scratch_folder();
      std::ofstream(folder.path() / name) << "mine";
      auto fake = test::fake_engine();
      CHECK(fake.run({"cert", "new", "--out", folder.path().string()}) == 2);
      CHECK(contains(fake.err.str(), (folder.path() / name).string()));
      CHECK(bytes_of(folder.path() / name) == "mine");
      CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
    }
  }

  TEST_CASE("arguments that cannot be used are refused with what was expected") {
    const auto folder = fakes::scratch_folder();
    const auto complaint_about = [&](const std::string& option, const std::string& value) {
      auto fake = test::fake_engine();
      CHECK(fake.run({"cert", "new", "--out", folder.path().string(), option, value}) == 2);
      CHECK(fs::is_empty(folder.path()));
      return fake.err.str();
    };
    CHECK(contains(complaint_about("--bits", "2500"), "2048, 3072 or 4096"));
    CHECK(contains(complaint_about("--bits", "1024"), "--bits"));
    CHECK(contains(complaint_about("--days", "0"), "--days"));
    CHECK(contains(complaint_about("--subject", ""), "subject"));
    CHECK(contains(complaint_about("--passphrase-env", "NOT_SET"), "NOT_SET"));
  }

  TEST_CASE("a folder that cannot be made is the environment's fault") {
    const auto folder = fakes::scratch_folder();
    std::ofstream(folder.path() / "file") << "in the way";
    auto fake = test::fake_engine();
    CHECK(fake.run({"cert", "new", "--out", (folder.path() / "file").string()}) == 3);
    CHECK(contains(fake.err.str(), "file"));
  }
}

} // namespace
