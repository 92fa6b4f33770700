#include "scenarios/tapes/disk_cassette.hpp"
#include "tests/core/fakes/scratch_folder.hpp"
#include "tests/scenarios/recording/files.hpp"

#include <doctest/doctest.h>

namespace {

namespace fs = std::filesystem;
using namespace scenarios::tapes;

auto one_exchange(std::string body) -> replay::exchange {
  auto out = replay::exchange();
  out.asked = {"GET", "https://graph.microsoft.com/v1.0/users", {}, ""};
  out.answered = {200, {}, std::move(body), false};
  return out;
}

TEST_SUITE("disk_cassette") {
  TEST_CASE("until it is finished its name says so, and its bodies are found under both names") {
    const auto folder = fakes::scratch_folder();
    const auto path = (folder.path() / "a.cassette").string();
    auto disk = disk_cassette::create(path);
    REQUIRE(disk.has_value());
    auto writer = replay::cassette_writer(*disk);
    REQUIRE(writer.begin({1, "test", {}, ""}).has_value());
    const auto large = std::string(100'000, 'x');
    REQUIRE(writer.add(one_exchange(large)).has_value());
    CHECK_FALSE(fs::exists(path));
    const auto read = [](const std::string& from) {
      return replay::read_cassette(test::text_in(from), from, bodies_beside(from));
    };
    const auto unfinished = read(disk->unfinished_path());
    REQUIRE(unfinished.has_value());
    CHECK(unfinished->exchanges.at(0).answered.body == large);
    REQUIRE(disk->finish().has_value());
    const auto finished = read(path);
    REQUIRE(finished.has_value());
    CHECK(finished->exchanges.at(0).answered.body == large);
    CHECK_FALSE(fs::exists(disk->unfinished_path()));
    CHECK(disk->bytes() == fs::file_size(path) + large.size());
  }

  TEST_CASE("nobody else reads it") {
    const auto folder = fakes::scratch_folder();
    auto disk = disk_cassette::create((folder.path() / "a").string());
    REQUIRE(disk.has_value());
    REQUIRE(disk->keep_body(std::string(64, '0'), "x").has_value());
    for (const auto& one : fs::recursive_directory_iterator(folder.path())) {
      const auto others =
          fs::status(one).permissions() & (fs::perms::others_all | fs::perms::group_all);
      CHECK_MESSAGE(others == fs::perms::none, one.path());
    }
  }

  TEST_CASE("what is there is never written over") {
    const auto folder = fakes::scratch_folder();
    const auto path = (folder.path() / "a.cassette").string();
    for (const auto* there : {"a.cassette", "a.cassette.unfinished", "a.cassette.bodies"}) {
      test::write_text(folder.path() / there, "precious");
      const auto refused = disk_cassette::create(path);
      REQUIRE_FALSE(refused.has_value());
      CHECK(refused.error().code == "cassette_exists");
      CHECK(test::text_in(folder.path() / there) == "precious");
      fs::remove(folder.path() / there);
    }
  }

  TEST_CASE("a disk without room leaves what was whole before") {
    const auto folder = fakes::scratch_folder();
    const auto made = disk_cassette::create((folder.path() / "no" / "such" / "folder").string());
    REQUIRE_FALSE(made.has_value());
    CHECK(made.error().code == "file_unavailable");
    const auto written = write_whole_file("/dev/full/x", "text");
    REQUIRE_FALSE(written.has_value());
    CHECK(written.error().code == "file_unavailable");
  }

  TEST_CASE("discarded, it leaves nothing") {
    const auto folder = fakes::scratch_folder();
    auto disk = disk_cassette::create((folder.path() / "a").string());
    REQUIRE(disk.has_value());
    REQUIRE(disk->append("line\n").has_value());
    REQUIRE(disk->keep_body(std::string(64, '0'), "x").has_value());
    disk->discard();
    CHECK(fs::is_empty(folder.path()));
  }
}

} // namespace
