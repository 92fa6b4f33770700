#include "core/permissions/listing.hpp"

#include <doctest/doctest.h>

using namespace core::permissions;
using entries = std::vector<std::pair<std::string, owner>>;

TEST_SUITE("listing") {
  TEST_CASE("a guide's list names permissions under their APIs, one or several a line") {
    const auto read = read_listing("Microsoft Graph: AuditLog.Read.All, User.Read.All\n"
                                   "Office 365 Management APIs: ActivityFeed.Read\n");
    CHECK(read.wrong.empty());
    CHECK(read.entries == entries{{"AuditLog.Read.All", owner::graph},
                                  {"User.Read.All", owner::graph},
                                  {"ActivityFeed.Read", owner::management}});
  }

  TEST_CASE("empty lines, comments, blanks, line ends of Windows and stray commas do not count") {
    const auto read = read_listing("# of the guide\r\n\r\n  graph :  User.Read.All ,, \r\n\t# end");
    CHECK(read.wrong.empty());
    CHECK(read.entries == entries{{"User.Read.All", owner::graph}});
  }

  TEST_CASE("an API goes by any of its names in any case") {
    for (const auto* name : {"Office 365 Exchange Online", "exchange", "EXCHANGE ONLINE"}) {
      CAPTURE(name);
      const auto read = read_listing(std::string(name) + ": Exchange.ManageAsApp");
      CHECK(read.entries == entries{{"Exchange.ManageAsApp", owner::exchange}});
    }
  }

  TEST_CASE("a permission that is filed under the wrong API is kept for the review to tell") {
    const auto read = read_listing("Exchange: User.Read.All");
    CHECK(read.wrong.empty());
    CHECK(read.entries == entries{{"User.Read.All", owner::exchange}});
  }

  TEST_CASE("a misspelt permission is wrong with its line and what was meant") {
    const auto read = read_listing("\nGraph: AuditLog.Reed.All");
    REQUIRE(read.wrong.size() == 1);
    CHECK(read.wrong[0] == "line 2: unknown permission \"AuditLog.Reed.All\"; did you mean "
                           "\"AuditLog.Read.All\"?");
    CHECK(read.entries.empty());
  }

  TEST_CASE("a misspelt API is wrong with its line and what was meant") {
    const auto read = read_listing("Microsoft Grahp: User.Read.All");
    REQUIRE(read.wrong.size() == 1);
    CHECK(read.wrong[0] ==
          "line 1: unknown API \"Microsoft Grahp\"; did you mean \"Microsoft Graph\"?");
  }

  TEST_CASE("a line without an API is wrong, and the others still count") {
    const auto read = read_listing("User.Read.All\nGraph: User.Read.All");
    REQUIRE(read.wrong.size() == 1);
    CHECK(read.wrong[0] == "line 1: expected \"API: permission\"");
    CHECK(read.entries.size() == 1);
  }

  TEST_CASE("an empty list is no mistake") {
    CHECK(read_listing("").wrong.empty());
    CHECK(read_listing("").entries.empty());
  }
}
