#include "core/adapters/files/private_file.hpp"
#include "tests/core/fakes/scratch_folder.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

namespace fs = std::filesystem;

TEST_SUITE("private_file") {
  TEST_CASE("a new file is for its owner alone") {
    const auto folder = fakes::scratch_folder();
    const auto path = folder.at("store.db");
    CHECK(core::adapters::ensure_private_file(path).has_value());
    CHECK(fs::status(path).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    CHECK(fs::file_size(path) == 0);
  }

  TEST_CASE("a file that is there keeps what it holds") {
    const auto folder = fakes::scratch_folder();
    const auto path = folder.at("store.db");
    std::ofstream(path) << "kept";
    CHECK(core::adapters::ensure_private_file(path).has_value());
    CHECK(fs::file_size(path) == 4);
  }

  TEST_CASE("a folder that is not there is named") {
    const auto made = core::adapters::ensure_private_file("/nowhere/store.db");
    REQUIRE(made.has_error());
    CHECK(made.error().code == "file_unavailable");
    CHECK(made.error().why.find("/nowhere/store.db") != std::string::npos);
  }
}
