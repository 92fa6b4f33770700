#include "core/feeds/feed_table.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace std::chrono_literals;
using namespace core::feeds;

TEST_SUITE("feed_table") {
  TEST_CASE("the feeds are there, once each, with types of their own") {
    auto names = std::set<std::string_view>();
    auto types = std::set<std::string_view>();
    for (const auto& one : feed_table()) {
      CHECK(names.insert(one.name).second);
      CHECK(types.insert(one.connector_type).second);
      CHECK(one.connector_type.starts_with("ms365_"));
      CHECK(one.overlap > 0s);
      CHECK(one.period > 0s);
      CHECK(one.overlap < one.retention);
    }
    CHECK(names == std::set<std::string_view>{"alerts",
                                              "incidents",
                                              "safe_links",
                                              "message_trace",
                                              "email_events",
                                              "teams_messages",
                                              "audit_general",
                                              "audit_exchange",
                                              "audit_entra",
                                              "audit_sharepoint",
                                              "dlp"});
  }

  TEST_CASE("incidents never ask for more than fifty at once") {
    REQUIRE(find_feed("incidents") != nullptr);
    CHECK(find_feed("incidents")->page_size == 50);
  }

  TEST_CASE("DLP records need a permission of their own") {
    CHECK(find_feed("dlp")->permissions.front() == "ActivityFeed.ReadDlp");
    CHECK(find_feed("nobody") == nullptr);
  }

  TEST_CASE("clicks overlap by more than the longest delay that was seen") {
    CHECK(find_feed("safe_links")->overlap > 37min);
    CHECK(default_options(*find_feed("safe_links")).overlap == find_feed("safe_links")->overlap);
  }
}
