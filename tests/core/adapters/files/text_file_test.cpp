#include "core/adapters/files/text_file.hpp"
#include "tests/core/fakes/scratch_folder.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>

using core::adapters::read_text_file;

TEST_SUITE("text_file") {
  TEST_CASE("all bytes of a file come, whatever they are") {
    const auto folder = fakes::scratch_folder();
    const auto bytes = std::string("a\0\r\n\xff", 5);
    const auto file = read_text_file(folder.write("text", bytes), 5);
    CHECK(file.wrong.empty());
    CHECK(file.text == bytes);
  }

  TEST_CASE("a file beyond the bound is not read, and the bound is told in its unit") {
    const auto folder = fakes::scratch_folder();
    const auto path = folder.write("text", std::string(70'000, 'x'));
    CHECK(read_text_file(path, 5).wrong == "is larger than 5 bytes");
    CHECK(read_text_file(path, std::size_t{64} << 10U).wrong == "is larger than 64 KiB");
    CHECK(read_text_file(path, std::size_t{1} << 20U).wrong.empty());
    CHECK(read_text_file(path, 5).text.empty());
  }

  TEST_CASE("what is no plain file is not waited for") {
    const auto folder = fakes::scratch_folder();
    REQUIRE(mkfifo(folder.at("pipe").c_str(), 0600) == 0);
    CHECK(read_text_file(folder.at("pipe"), 100).wrong == "is no plain file");
    CHECK(read_text_file(folder.at(""), 100).wrong == "is no plain file");
    CHECK(read_text_file("/dev/zero", 100).wrong == "is no plain file");
  }

  TEST_CASE("a file that is not there is said not to be there") {
    CHECK(read_text_file("/no/such/file", 100).wrong == "does not exist");
  }
}
