#include "core/adapters/files/file_lock.hpp"
#include "tests/core/fakes/scratch_folder.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

using core::adapters::file_lock;

TEST_SUITE("file_lock") {
  TEST_CASE("a second holder is refused and told who the first is") {
    const auto folder = fakes::scratch_folder();
    const auto path = folder.at("store.lock");
    const auto first = file_lock::take(path);
    REQUIRE(first.has_value());
    const auto second = file_lock::take(path);
    REQUIRE(second.has_error());
    CHECK(second.error().code == "in_use");
    CHECK(second.error().why == path + " is held by process " + std::to_string(getpid()));
  }

  TEST_CASE("who lets go makes room, and the file stays behind") {
    const auto folder = fakes::scratch_folder();
    const auto path = folder.at("store.lock");
    { REQUIRE(file_lock::take(path).has_value()); }
    CHECK(std::filesystem::exists(path));
    CHECK(file_lock::take(path).has_value());
  }

  TEST_CASE("what a dead process left in the file does not hold anything") {
    const auto folder = fakes::scratch_folder();
    const auto path = folder.write("store.lock", "999999999999\nmore");
    const auto held = file_lock::take(path);
    REQUIRE(held.has_value());
    CHECK(folder.read("store.lock") == std::to_string(getpid()) + "\n");
  }

  TEST_CASE("a lock that is handed on is held once") {
    const auto folder = fakes::scratch_folder();
    auto first = file_lock::take(folder.at("store.lock")).value();
    const auto second = std::move(first);
    CHECK(file_lock::take(folder.at("store.lock")).has_error());
  }

  TEST_CASE("a folder that is not there is no holder") {
    const auto held = file_lock::take("/no/such/folder/store.lock");
    REQUIRE(held.has_error());
    CHECK(held.error().code == "file_unavailable");
  }
}
