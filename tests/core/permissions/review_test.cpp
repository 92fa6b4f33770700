#include "core/feeds/feed_table.hpp"
#include "core/permissions/rendering.hpp"
#include "core/permissions/review.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

using namespace core::permissions;

namespace {

auto row(const review_result& of, const std::string& name) -> const finding* {
  const auto found = std::ranges::find(of.findings, name, &finding::permission);
  return found == of.findings.end() ? nullptr : &*found;
}

auto state(const review_result& of, const std::string& name) -> std::string {
  const auto* found = row(of, name);
  return found == nullptr ? "absent" : std::string(to_word(found->state));
}

auto usual() -> review_input {
  auto out = review_input();
  out.feeds = {"alerts", "safe_links", "audit_general", "dlp"};
  out.tokens = {{owner::graph, {"SecurityAlert.Read.All", "User.Read.All"}},
                {owner::management, {"ActivityFeed.Read"}}};
  return out;
}

} // namespace

TEST_SUITE("review") {
  TEST_CASE("what is needed is granted or missing, with the feeds that need it") {
    const auto found = review(usual());
    CHECK(state(found, "SecurityAlert.Read.All") == "granted");
    CHECK(state(found, "ThreatHunting.Read.All") == "reduced");
    CHECK(state(found, "ActivityFeed.Read") == "granted");
    CHECK(state(found, "ActivityFeed.ReadDlp") == "missing");
    CHECK(row(found, "ActivityFeed.ReadDlp")->feeds == std::vector<std::string>{"dlp"});
    CHECK_FALSE(found.complete());
  }

  TEST_CASE("a missing permission says where to add it and that consent is needed") {
    const auto found = review(usual());
    CHECK(row(found, "ActivityFeed.ReadDlp")->advice ==
          "App registration, API permissions, Add a permission, Office 365 Management APIs, "
          "Application permissions: add ActivityFeed.ReadDlp, then grant admin consent");
  }

  TEST_CASE("what nobody needs is unused, and more urgent where it allows changes") {
    auto what = usual();
    what.tokens[0].roles.push_back("Mail.ReadWrite");
    const auto found = review(what);
    CHECK(state(found, "User.Read.All") == "unused");
    CHECK_FALSE(row(found, "User.Read.All")->writes);
    CHECK(row(found, "Mail.ReadWrite")->writes);
    CHECK(row(found, "Mail.ReadWrite")->advice.find("allows changes") != std::string::npos);
  }

  TEST_CASE("a role in the token of another API does not count") {
    auto what = usual();
    what.feeds = {"audit_general"};
    what.tokens = {{owner::graph, {"ActivityFeed.Read"}}};
    const auto found = review(what);
    CHECK_FALSE(found.complete());
    const auto misplaced = std::ranges::find(found.findings, standing::misfiled, &finding::state);
    REQUIRE(misplaced != found.findings.end());
    CHECK(misplaced->advice ==
          "filed under Microsoft Graph, but it belongs to Office 365 Management APIs");
  }

  TEST_CASE("a guide's misfilings and delegated permissions are told") {
    auto what = usual();
    what.listed = {{"User.RevokeSessions.All", owner::exchange},
                   {"Directory.AccessAsUser.All", owner::graph},
                   {"Exchange.ManageAsApp", owner::exchange}};
    const auto found = review(what);
    CHECK(state(found, "User.RevokeSessions.All") == "misfiled");
    CHECK(state(found, "Directory.AccessAsUser.All") == "delegated_only");
    CHECK(state(found, "Exchange.ManageAsApp") == "absent");
  }

  TEST_CASE("a role that the service takes in place of another satisfies the feed") {
    for (const auto& feed : core::feeds::feed_table()) {
      const auto* of = owner_of(feed.api);
      if (of == nullptr || feed.instead.empty()) {
        continue;
      }
      CAPTURE(feed.name);
      auto what = review_input();
      what.feeds = {std::string(feed.name)};
      what.tokens = {{*of, {std::string(feed.instead.front())}}};
      CHECK(review(what).complete());
    }
  }

  TEST_CASE("Directory.Read.All reads users and devices as well") {
    auto what = review_input();
    what.feeds = {"users", "devices", "mailbox_settings"};
    what.tokens = {{owner::graph, {"Directory.Read.All", "MailboxSettings.Read"}}};
    const auto found = review(what);
    CHECK(found.complete());
    CHECK(state(found, "Directory.Read.All") == "granted");
    CHECK(state(found, "User.Read.All") == "absent");
  }

  TEST_CASE(
      "roles of a second source are in use, and satisfy a feed that either source completes") {
    auto what = review_input();
    what.feeds = {"message_trace", "safe_links"};
    what.tokens = {{owner::exchange, {"ReportingWebService.Read.All"}},
                   {owner::management, {"ActivityFeed.Read"}}};
    const auto found = review(what);
    CHECK(state(found, "ReportingWebService.Read.All") == "granted");
    CHECK(state(found, "ExchangeMessageTrace.Read.All") == "absent");
    CHECK(state(found, "ActivityFeed.Read") == "granted");
    CHECK(state(found, "ThreatHunting.Read.All") == "reduced");
    CHECK(found.complete());
    CHECK(to_text(found).ends_with("Every feed can be read; some show less than they could.\n"));
  }

  TEST_CASE("of several other sources the first that is open will do") {
    auto what = review_input();
    what.feeds = {"message_trace"};
    what.tokens = {{owner::exchange, {"Exchange.ManageAsApp"}}};
    const auto by_cmdlet = review(what);
    CHECK(state(by_cmdlet, "Exchange.ManageAsApp") == "granted");
    CHECK(state(by_cmdlet, "ExchangeMessageTrace.Read.All") == "absent");
    CHECK(by_cmdlet.complete());
    what.directory_roles = std::vector<std::string>();
    const auto without_role = review(what);
    CHECK(state(without_role, "ExchangeMessageTrace.Read.All") == "missing");
    CHECK_FALSE(without_role.complete());
  }

  TEST_CASE("a role that allows changes is not in use where a feed has its own") {
    auto what = review_input();
    what.feeds = {"message_trace"};
    what.tokens = {{owner::graph, {"ExchangeMessageTrace.Read.All"}},
                   {owner::exchange, {"Exchange.ManageAsApp"}}};
    CHECK(state(review(what), "Exchange.ManageAsApp") == "unused");
  }

  TEST_CASE("reading the app's own registration is of use whatever the feeds") {
    auto what = usual();
    what.tokens[0].roles.emplace_back("Application.Read.All");
    CHECK(state(review(what), "Application.Read.All") == "granted");
  }

  TEST_CASE("roles are compared without regard to case") {
    auto what = review_input();
    what.feeds = {"alerts"};
    what.tokens = {{owner::graph, {"securityalert.read.all"}}};
    CHECK(review(what).complete());
  }

  TEST_CASE("a licence or directory role that a feed needs besides is told") {
    const auto found = review(usual());
    CHECK(std::ranges::any_of(found.besides, [](const std::string& line) {
      return line == "safe_links also needs Defender for Office 365 Plan 2";
    }));
  }

  TEST_CASE("every permission of the feed table is known, filed under its feed's API, and reads") {
    for (const auto& feed : core::feeds::feed_table()) {
      for (const auto role : feed.permissions) {
        CAPTURE(role);
        const auto* known = find_permission(role);
        REQUIRE(known != nullptr);
        REQUIRE(owner_of(feed.api) != nullptr);
        CHECK(known->of == *owner_of(feed.api));
        CHECK_FALSE(known->delegated_only);
        CHECK((!known->writes || known->name == "Exchange.ManageAsApp"));
      }
    }
  }

  TEST_CASE("no permission stands in the table twice") {
    auto names = std::set<std::string_view>();
    for (const auto& one : permission_table()) {
      CHECK(names.insert(one.name).second);
    }
  }

  TEST_CASE("the table for people groups by API") {
    auto what = review_input();
    what.feeds = {"alerts", "audit_general"};
    what.tokens = {{owner::graph, {"SecurityAlert.Read.All"}}};
    CHECK(to_text(review(what)) ==
          "Microsoft Graph\n"
          "  SecurityAlert.Read.All  granted         for alerts\n"
          "Office 365 Management APIs\n"
          "  ActivityFeed.Read       missing         for audit_general\n"
          "      App registration, API permissions, Add a permission, Office 365 Management APIs, "
          "Application permissions: add ActivityFeed.Read, then grant admin consent\n"
          "Something is missing.\n");
  }

  TEST_CASE("the JSON holds every row") {
    const auto document = nlohmann::json::parse(to_json(review(usual())));
    CHECK(document["complete"] == false);
    CHECK(document["permissions"].size() == 5);
    CHECK(document["permissions"][0]["api"] == "Microsoft Graph");
    CHECK(document["permissions"][0]["standing"] == "granted");
    CHECK(document["besides"].size() == 1);
  }
}
