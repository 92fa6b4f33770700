#include "scenarios/replaying/recorded_tenant.hpp"
#include "tests/scenarios/replaying/tape_recorder.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace std::chrono_literals;
using scenarios::replaying::recorded_tenant;

namespace {

auto names_of(const scenarios::model::scenario& what) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& feed : what.feeds) {
    out.push_back(feed.name);
  }
  std::ranges::sort(out);
  return out;
}

/// The feeds that are found on the tape of a connector that reads `feeds`.
auto found_feeds(const std::vector<std::string>& feeds) -> std::vector<std::string> {
  auto list = std::string();
  for (const auto& one : feeds) {
    list += (list.empty() ? "\"" : ", \"") + one + "\"";
  }
  const auto was = test::record_text("about = \"x\"\nrun_for = \"2h\"\n[[user]]\nname = \"dana\"\n"
                                     "[[device]]\nname = \"lap\"\nowner = \"dana\"\n"
                                     "[[group]]\nname = \"staff\"\nmembers = [\"dana\"]\n"
                                     "[connector]\nfeeds = [" +
                                     list + "]\n");
  return names_of(recorded_tenant(was.tape, "a.cassette"));
}

} // namespace

TEST_SUITE("recorded_tenant_test") {
  TEST_CASE("each feed is recognised by what it asks") {
    for (const auto* name : {"alerts",
                             "incidents",
                             "sign_ins",
                             "directory_audits",
                             "risk_detections",
                             "risky_users",
                             "safe_links",
                             "email_events",
                             "teams_messages",
                             "users",
                             "groups",
                             "group_members",
                             "devices",
                             "mailbox_settings",
                             "message_trace",
                             "audit_general",
                             "audit_exchange",
                             "audit_entra",
                             "audit_sharepoint",
                             "dlp",
                             "safe_links_policies",
                             "defender_for_cloud",
                             "cloud_apps"}) {
      const auto one = std::vector<std::string>{name};
      CHECK(found_feeds(one) == one);
    }
  }

  TEST_CASE("traces by cmdlet belong to the feed of message traces") {
    const auto was = test::record_text("about = \"x\"\nrun_for = \"1h\"\n"
                                       "[[user]]\nname = \"dana\"\n"
                                       "[connector]\nfeeds = [\"message_trace\"]\n"
                                       "[app]\ngrants = \"listed\"\n"
                                       "[[app.grant]]\nrole = \"Exchange.ManageAsApp\"\n"
                                       "api = \"exchange\"\n"
                                       "[[app.directory_role]]\nname = \"Global Reader\"\n");
    CHECK(names_of(recorded_tenant(was.tape, "a.cassette")) ==
          std::vector<std::string>{"message_trace"});
  }

  TEST_CASE("two feeds that read the same list are told apart") {
    const auto both = std::vector<std::string>{"audit_general", "safe_links"};
    CHECK(found_feeds(both) == both);
    const auto more = std::vector<std::string>{"alerts", "defender_for_cloud"};
    CHECK(found_feeds(more) == more);
    const auto lists = std::vector<std::string>{"group_members", "groups", "users"};
    CHECK(found_feeds(lists) == lists);
  }

  TEST_CASE("tenant, app, permissions and polling are those of the recording") {
    const auto was = test::record_text(R"(
about = "x"
run_for = "3h"
[tenant]
cloud = "gcc_high"
[connector]
feeds = ["alerts"]
poll = "20m"
)");
    const auto found = recorded_tenant(was.tape, "a.cassette");
    CHECK(found.standing.cloud == "gcc_high");
    const auto& url = was.tape.exchanges.front().asked.url;
    CHECK(url.find(found.standing.tenant_id) != std::string::npos);
    const auto& app = found.standing.applications.front();
    CHECK(was.tape.exchanges.front().asked.body.find(app.client_id) != std::string::npos);
    CHECK(std::ranges::any_of(app.grants, [](const auto& one) {
      return one.role == "SecurityAlert.Read.All" && one.resource == "https://graph.microsoft.us";
    }));
    REQUIRE(found.feeds.size() == 1);
    CHECK(found.feeds.front().period == 20min);
  }

  TEST_CASE("a tape of nothing has no feeds") {
    CHECK(recorded_tenant({}, "a.cassette").feeds.empty());
  }
}
