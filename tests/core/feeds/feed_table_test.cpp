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
      CHECK((one.overlap > 0s || one.from == core::feeds::source::graph_delta ||
             one.from == core::feeds::source::graph_snapshot ||
             one.from == core::feeds::source::exchange_cmdlets));
      CHECK(one.period > 0s);
      CHECK(one.overlap < one.retention);
    }
    CHECK(names == std::set<std::string_view>{"alerts",
                                              "incidents",
                                              "sign_ins",
                                              "directory_audits",
                                              "risk_detections",
                                              "risky_users",
                                              "safe_links",
                                              "users",
                                              "groups",
                                              "group_members",
                                              "devices",
                                              "mailbox_settings",
                                              "message_trace",
                                              "email_events",
                                              "teams_messages",
                                              "audit_general",
                                              "audit_exchange",
                                              "audit_entra",
                                              "audit_sharepoint",
                                              "dlp",
                                              "safe_links_policies",
                                              "cloud_apps",
                                              "defender_for_cloud",
                                              "azure_activity"});
  }

  TEST_CASE("incidents never ask for more than fifty at once") {
    REQUIRE(find_feed("incidents") != nullptr);
    CHECK(find_feed("incidents")->page_size == 50);
  }

  TEST_CASE("lists of one small throttling budget name the same bucket") {
    CHECK(find_feed("sign_ins")->bucket == find_feed("directory_audits")->bucket);
    CHECK(find_feed("sign_ins")->spacing > 2s);
    CHECK(find_feed("risk_detections")->bucket == find_feed("risky_users")->bucket);
    CHECK(find_feed("risky_users")->spacing > 1s);
    CHECK(find_feed("risky_users")->page_size == 500);
    CHECK(find_feed("alerts")->bucket == find_feed("defender_for_cloud")->bucket);
    CHECK(find_feed("alerts")->bucket != find_feed("incidents")->bucket);
    CHECK(find_feed("alerts")->bucket != find_feed("email_events")->bucket);
    CHECK(find_feed("users")->bucket == find_feed("group_members")->bucket);
    CHECK(find_feed("audit_general")->bucket == find_feed("dlp")->bucket);
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
