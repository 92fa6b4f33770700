#include "tests/core/safe_links/tenant_bench.hpp"

using namespace std::chrono_literals;
using namespace tests;

namespace {

auto asked(const char* words, const char* name, safe_links::object values = {})
    -> safe_links::request {
  auto out = safe_links::request();
  out.what = safe_links::find_command(words);
  out.name = name;
  out.values = values.is_null() ? safe_links::object::object() : std::move(values);
  return out;
}

auto holds(const std::vector<std::string>& remarks, const char* part) -> bool {
  return std::ranges::any_of(
      remarks, [&](const std::string& one) { return one.find(part) != std::string::npos; });
}

} // namespace

TEST_SUITE("administration") {
  TEST_CASE("a change is sent once, shows afterwards, and the second time nothing is sent") {
    auto bench = tenant_bench();
    const auto what = asked("policy update", "STAFF", {{"TrackClicks", false}});
    const auto first = bench.perform(what);
    REQUIRE(first.has_value());
    CHECK(first->changed);
    CHECK(first->rows.front()["TrackClicks"] == false);
    REQUIRE(first->changes.size() == 1);
    CHECK(first->changes[0].body ==
          R"({"CmdletInput":{"CmdletName":"Set-SafeLinksPolicy","Parameters":)"
          R"({"Identity":"STAFF","TrackClicks":false}}})");
    const auto second = bench.perform(what);
    REQUIRE(second.has_value());
    CHECK(!second->changed);
    CHECK(second->changes.empty());
    CHECK(bench.mock.effects().size() == 1);
  }

  TEST_CASE("what-if shows the request and changes nothing") {
    auto bench = tenant_bench();
    const auto shown = bench.perform(asked("policy create", "new", {{"ScanUrls", false}}), true);
    REQUIRE(shown.has_value());
    REQUIRE(shown->changes.size() == 1);
    CHECK(shown->changes[0].body.find("New-SafeLinksPolicy") != std::string::npos);
    CHECK(bench.mock.effects().empty());
  }

  TEST_CASE("an object that is there is created again only if it is the same") {
    auto bench = tenant_bench();
    const auto what = asked("policy create", "new", {{"TrackClicks", true}});
    CHECK(bench.perform(what)->changed);
    CHECK(!bench.perform(what)->changed);
    const auto other = bench.perform(asked("policy create", "new", {{"TrackClicks", false}}));
    REQUIRE(!other);
    CHECK(other.error().code == "exists");
    CHECK(other.error().why.find("TrackClicks is true") != std::string::npos);
    CHECK(bench.mock.effects().size() == 1);
  }

  TEST_CASE("a lost answer changes once, whether the object is made, changed or removed") {
    auto bench = tenant_bench();
    bench.wire.lose = "New-SafeLinksPolicy";
    bench.wire.times = 1;
    const auto made = bench.perform(asked("policy create", "new"));
    REQUIRE(made.has_value());
    CHECK(holds(made->remarks, "answer was lost"));
    bench.wire.lose = "Set-SafeLinksPolicy";
    bench.wire.times = 1;
    CHECK(bench.perform(asked("policy update", "new", {{"ScanUrls", false}}))->changed);
    bench.wire.lose = "Remove-SafeLinksPolicy";
    bench.wire.times = 1;
    CHECK(bench.perform(asked("policy remove", "new")).has_value());
    CHECK(bench.mock.effects().size() == 3);
  }

  TEST_CASE("a change whose answer is lost is looked for, and not sent a second time") {
    for (const auto* cmdlet : {"New-SafeLinksPolicy", "Set-SafeLinksPolicy"}) {
      auto bench = tenant_bench();
      const auto is_new = std::string_view(cmdlet).starts_with("New");
      bench.wire.lose = cmdlet;
      bench.wire.times = 1;
      const auto done = bench.perform(
          asked(is_new ? "policy create" : "policy update",
                is_new ? "new" : "staff",
                is_new ? safe_links::object() : safe_links::object{{"ScanUrls", false}}));
      REQUIRE(done.has_value());
      CHECK(bench.wire.sent == 1);
      CHECK(holds(done->remarks, "The answer was lost (connection_reset)"));
    }
  }

  TEST_CASE("a change that is lost on its way is sent again after a look") {
    auto bench = tenant_bench();
    bench.wire.lose = "New-SafeLinksPolicy";
    bench.wire.times = 2;
    bench.wire.arrives = false;
    const auto made = bench.perform(asked("policy create", "new"));
    REQUIRE(made.has_value());
    CHECK(bench.wire.sent == 3);
    CHECK(made->remarks.size() == 1);
    CHECK(bench.mock.effects().size() == 1);
  }

  TEST_CASE("a switch within an update that is lost on its way is sent again as well") {
    auto bench = tenant_bench();
    bench.wire.lose = "Disable-SafeLinksRule";
    bench.wire.times = 1;
    bench.wire.arrives = false;
    const auto done = bench.perform(asked("rule update", "staff", {{"Enabled", false}}));
    REQUIRE(done.has_value());
    CHECK(bench.wire.sent == 2);
    CHECK(done->rows.front()["State"] == "Disabled");
  }

  TEST_CASE("of several failures of a change the first one is named") {
    auto script = managed_tenant();
    script.state.delays.exchange_replication = 30s;
    auto bench = tenant_bench(script);
    bench.wire.lose = "New-SafeLinksPolicy";
    bench.wire.times = 1;
    const auto late = bench.perform(asked("policy create", "late"));
    REQUIRE(late.has_value());
    CHECK(holds(late->remarks, "The answer was lost (connection_reset)"));
    CHECK(bench.mock.effects().size() == 1);
    bench.wire.times = 100;
    bench.wire.arrives = false;
    const auto never = bench.perform(asked("policy create", "never"));
    REQUIRE(!never);
    CHECK(never.error().code == "connection_reset");
    CHECK(bench.wire.sent == 2 + 4);
  }

  TEST_CASE("an update sends only what differs") {
    auto bench = tenant_bench();
    CHECK(bench.perform(asked("policy update", "staff", {{"ScanUrls", false}}))->changed);
    const auto both = bench.perform(
        asked("policy update", "staff", {{"ScanUrls", false}, {"TrackClicks", false}}));
    REQUIRE(both->changes.size() == 1);
    CHECK(both->changes[0].body.find("TrackClicks") != std::string::npos);
    CHECK(both->changes[0].body.find("ScanUrls") == std::string::npos);
  }

  TEST_CASE("a priority that no rule can have is refused before anything is sent") {
    auto bench = tenant_bench();
    CHECK(bench.perform(asked("policy create", "new"))->changed);
    const auto before = bench.time.wall();
    for (const auto wanted : {std::int64_t{-3},
                              std::int64_t{1},
                              std::int64_t{50},
                              std::numeric_limits<std::int64_t>::max()}) {
      const auto done = bench.perform(asked("rule update", "staff", {{"Priority", wanted}}));
      REQUIRE(!done);
      CHECK(done.error().code == "bad_priority");
    }
    const auto rule = safe_links::object{
        {"SafeLinksPolicy", "new"}, {"SentTo", {"dana@contoso.com"}}, {"Priority", 2}};
    const auto made = bench.perform(asked("rule create", "new", rule));
    REQUIRE(!made);
    CHECK(made.error().why.find("not between 0 and 1") != std::string::npos);
    CHECK(bench.time.wall() - before < 1min);
    CHECK(bench.mock.effects().size() == 1);
  }

  TEST_CASE("a new policy that is not known everywhere is waited for") {
    auto script = managed_tenant();
    script.state.delays.exchange_replication = 90s;
    auto bench = tenant_bench(script);
    const auto made = bench.perform(asked("policy create", "late"));
    REQUIRE(made.has_value());
    CHECK(made->rows.front()["Name"] == "late");
    CHECK(bench.time.wall() - begin >= 90s);
    CHECK(holds(made->remarks, "nobody"));
  }

  TEST_CASE("an unknown name acts on nothing, though the service shows everything") {
    auto bench = tenant_bench();
    const auto changed = bench.perform(asked("policy update", "nobody", {{"ScanUrls", false}}));
    REQUIRE(!changed);
    CHECK(changed.error().code == "not_found");
    const auto gone = bench.perform(asked("policy remove", "nobody"));
    REQUIRE(gone.has_value());
    CHECK(!gone->changed);
    CHECK(!bench.perform(asked("policy list", "nobody")));
    CHECK(bench.perform(asked("policy list", ""))->rows.size() == 2);
    CHECK(bench.mock.effects().empty());
  }

  TEST_CASE("a policy in use is not removed; without its rule it is") {
    auto bench = tenant_bench();
    const auto refused = bench.perform(asked("policy remove", "staff"));
    REQUIRE(!refused);
    CHECK(refused.error().code == "in_use");
    CHECK(bench.perform(asked("rule remove", "staff"))->changed);
    CHECK(bench.perform(asked("policy remove", "staff"))->changed);
    CHECK(bench.mock.effects().size() == 2);
  }

  TEST_CASE("a rule is switched by cmdlets of its own, also within an update") {
    auto bench = tenant_bench();
    const auto both =
        bench.perform(asked("rule update", "staff", {{"Comments", "for all"}, {"Enabled", false}}));
    REQUIRE(both.has_value());
    CHECK(both->changes.size() == 2);
    CHECK(both->rows.front()["State"] == "Disabled");
    CHECK(bench.perform(asked("rule enable", "staff"))->changed);
    CHECK(!bench.perform(asked("rule enable", "staff"))->changed);
  }

  TEST_CASE("a report of which no days are asked holds all that it reaches back to") {
    auto what = managed_tenant();
    const auto clicked = [](std::chrono::days ago) {
      auto click = tenant::click();
      click.user = "dana";
      click.url = "https://login.example/r";
      return tenant::event{begin - ago, "t.toml:1", click};
    };
    what.state.start = begin - std::chrono::days{100};
    for (const auto ago : {99, 50, 6, 1, 0}) {
      what.events.push_back(clicked(std::chrono::days{ago}));
    }
    auto bench = tenant_bench(what);
    CHECK(bench.perform(asked("report detail", "")).value().rows.size() == 2);
    CHECK(bench.perform(asked("report detail", "", {{"StartDate", "2026-03-09"}}))
              .value()
              .rows.size() == 1);
    const auto sums = bench.perform(asked("report aggregate", "", {{"SummarizeBy", "Action"}}));
    CHECK(sums.value().rows.front()["Action"] == "Allowed");
  }

  TEST_CASE("without the application permission nothing is sent to Exchange") {
    auto script = managed_tenant();
    script.state.applications.front().grants.clear();
    auto bench = tenant_bench(script);
    const auto done = bench.perform(asked("policy list", ""));
    REQUIRE(!done);
    CHECK(done.error().code == "permission_missing");
    CHECK(done.error().why.find("Exchange.ManageAsApp") != std::string::npos);
    CHECK(bench.requests_to_exchange() == 0);
  }

  TEST_CASE("a directory role that only reads refuses a change by its name") {
    auto script = managed_tenant();
    script.state.applications.front().directory_roles = {{"Security Reader"}};
    auto bench = tenant_bench(script);
    CHECK(bench.perform(asked("policy list", "")).has_value());
    const auto done = bench.perform(asked("settings set", "", {{"EnableSafeDocs", false}}));
    REQUIRE(!done);
    CHECK(done.error().code == "directory_role_missing");
    CHECK(bench.mock.effects().empty());
  }

  TEST_CASE("another administrator's change in between is kept and told") {
    auto script = managed_tenant();
    auto command = tenant::admin_command();
    command.cmdlet = "Set-SafeLinksPolicy";
    command.parameters = {{"Identity", "staff"}, {"ScanUrls", false}};
    auto bench = tenant_bench(script);
    bench.wire.lose = "Set-SafeLinksPolicy";
    bench.wire.times = 1;
    bench.mock.happen({begin + 500ms, "t.toml:1", command});
    const auto done = bench.perform(asked("policy update", "staff", {{"TrackClicks", false}}));
    REQUIRE(done.has_value());
    CHECK(holds(done->remarks, "ScanUrls: true, then false"));
    CHECK(done->rows.front()["ScanUrls"] == false);
    CHECK(bench.mock.effects().size() == 2);
  }

  TEST_CASE("the commands of XSOAR run with their old arguments") {
    auto bench = tenant_bench();
    const auto made = bench.old("o365-defender-safelinks-policy-create",
                                {{"name", "old"},
                                 {"is_enabled", "true"},
                                 {"do_not_track_user_clicks", "false"},
                                 {"do_not_allow_click_through", "true"},
                                 {"do_not_rewrite_urls", "a.example,b.example"}});
    REQUIRE(made.has_value());
    const auto row = safe_links::with_old_fields(made->rows.front());
    CHECK(row["DoNotAllowClickThrough"] == true);
    CHECK(row["AllowClickThrough"] == false);
    CHECK(row["TrackClicks"] == true);
    CHECK(row["DoNotRewriteUrls"] == safe_links::object::array({"a.example", "b.example"}));
    CHECK(bench
              .old("rule-create",
                   {{"name", "old"},
                    {"safe_links_policy", "old"},
                    {"sent_to", R"(["dana@contoso.com"])"},
                    {"priority", "0"}})
              .has_value());
    CHECK(bench.old("rule-update", {{"name", "old"}, {"enabled", "false"}})->changed);
    CHECK(bench.old("atp-policy-set", {{"enable_safe_docs", "false"}})->changed);
    CHECK(bench.old("atp-policy-get", {})->rows.front()["EnableSafeDocs"] == false);
    CHECK(
        bench
            .old("aggregate-report-get", {{"start_date", "03-09-2026"}, {"end_date", "03-09-2026"}})
            ->rows.size() == 24);
    CHECK(
        bench.old("detailed-report-get", {{"start_date", "03-09-2026"}, {"end_date", "03-09-2026"}})
            .has_value());
  }
}
