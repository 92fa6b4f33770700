#include "core/adapters/files/append_file.hpp"
#include "tests/core/fakes/scratch_folder.hpp"

#include <doctest/doctest.h>

using core::adapters::append_file;

TEST_SUITE("append_file") {
  TEST_CASE("a file is made where there is none and grows where there is one") {
    const auto folder = fakes::scratch_folder();
    for (const auto* text : {"one\n", "two\n"}) {
      auto file = append_file::open(folder.at("lines"));
      REQUIRE(file.has_value());
      CHECK(file->append(text).has_value());
    }
    CHECK(folder.read("lines") == "one\ntwo\n");
  }

  TEST_CASE("nobody else but owner and group may read a file that it makes") {
    const auto folder = fakes::scratch_folder();
    REQUIRE(append_file::open(folder.at("lines")).has_value());
    const auto others = std::filesystem::perms::others_all;
    CHECK((std::filesystem::status(folder.at("lines")).permissions() & others) ==
          std::filesystem::perms::none);
  }

  TEST_CASE("it tells its size, reads back under a bound and cuts its end") {
    const auto folder = fakes::scratch_folder();
    auto file = append_file::open(folder.write("lines", "0123456789")).value();
    CHECK(file.size().value() == 10);
    CHECK(file.read(4, 3).value() == "456");
    CHECK(file.read(8, 100).value() == "89");
    CHECK(file.cut(4).has_value());
    CHECK(file.append("!").has_value());
    CHECK(folder.read("lines") == "0123!");
  }

  TEST_CASE("a file that was moved away is noticed, and a later one of its name is another") {
    const auto folder = fakes::scratch_folder();
    auto file = append_file::open(folder.at("lines")).value();
    CHECK_FALSE(file.replaced());
    std::filesystem::rename(folder.at("lines"), folder.at("lines.1"));
    CHECK(file.replaced());
    const auto fresh = append_file::open(folder.at("lines")).value();
    CHECK(file.replaced());
    CHECK(fresh.identity() != file.identity());
  }

  TEST_CASE("a device takes lines, has no offsets and is never replaced") {
    auto file = append_file::open("/dev/null").value();
    CHECK_FALSE(file.plain());
    CHECK_FALSE(file.replaced());
    CHECK(file.append("line\n").has_value());
  }

  TEST_CASE("a full disk is told with the path and the system's reason") {
    auto file = append_file::open("/dev/full").value();
    const auto done = file.append("line\n");
    REQUIRE(done.has_error());
    CHECK(done.error().code == "file_unavailable");
    CHECK(done.error().why == "cannot write /dev/full: No space left on device");
  }

  TEST_CASE("a folder that is not there is told with the path and the system's reason") {
    const auto file = append_file::open("/no/such/folder/lines");
    REQUIRE(file.has_error());
    CHECK(file.error().code == "file_unavailable");
    CHECK(file.error().why == "cannot open /no/such/folder/lines: No such file or directory");
  }
}
