#include "core/store/grants.hpp"
#include "tests/core/fakes/fake_store.hpp"

#include <doctest/doctest.h>

using namespace core;

TEST_SUITE("grants") {
  TEST_CASE("what tokens carried is read back, also that one carried nothing") {
    fakes::fake_store records;
    const auto known = token_grants{{"https://graph.microsoft.com", {"A.Read.All", "B.Read.All"}},
                                    {"https://manage.office.com", {}}};
    REQUIRE(write_grants(records, known, seams::instant{}).has_value());
    CHECK(read_grants(records).value() == known);
    CHECK(all_roles(known) == std::set<std::string>{"A.Read.All", "B.Read.All"});
  }

  TEST_CASE("a store that no connector wrote to knows nothing of permissions") {
    fakes::fake_store records;
    const auto known = read_grants(records);
    REQUIRE(known.has_value());
    CHECK_FALSE(all_roles(*known).has_value());
  }
}
