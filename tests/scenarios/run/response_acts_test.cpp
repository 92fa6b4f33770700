#include "scenarios/run/plan.hpp"
#include "scenarios/run/world.hpp"
#include "tests/scenarios/run/test_keys.hpp"

#include <doctest/doctest.h>

using namespace scenarios;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

const auto two_people = std::string(R"(about = "x"
[[user]]
name = "dana"
[[user]]
name = "omar"
[connector]
feeds = ["directory_audits"]
poll = "1h"
[[mail]]
id = "invoice"
at = "5m"
from = "billing@fabrikam.example"
to = ["dana", "omar"]
)");

/// A world in which all that is scripted has happened.
struct acted {
  explicit acted(const std::string& acts)
      : what(model::load_text(two_people + acts, "t.toml").what.value()),
        plan(run::plan_of(what, 1, run::wire_kind::memory)), options(with_keys()),
        place(plan, options) {
    REQUIRE(place.run() == run::world_end::complete);
  }

  static auto with_keys() -> run::world_options {
    auto out = run::world_options();
    out.keys = &tests::keys(run::wire_kind::memory);
    return out;
  }
  [[nodiscard]] auto told(const char* member) const -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (const auto& one : place.acts()) {
      out.push_back(one.document.value(member, ""));
    }
    return out;
  }
  auto logged() -> std::size_t {
    auto count = std::size_t{0};
    auto query = core::record_query();
    query.feed = "actions";
    place.records()(query, [&](const core::stored_record&) { ++count; });
    return count;
  }

  model::scenario what;
  run::world_plan plan;
  run::world_options options;
  run::world place;
};

using strings = std::vector<std::string>;

} // namespace

TEST_SUITE("response actions in a world") {
  TEST_CASE("each step is told, logged in the store and counted once by the tenant") {
    auto done = acted("[[act]]\nat = \"10m\"\nrun = \"act disable_user\"\ntargets = [\"dana\"]\n");
    CHECK(done.told("step") == strings{"disable dana@contoso.com", "revoke dana@contoso.com"});
    CHECK(done.told("result") == strings{"done", "done"});
    CHECK(done.told("action") == strings{"disable_user", "disable_user"});
    CHECK(done.logged() == 4);
    CHECK(done.place.mock().effects().size() == 2);
    CHECK(done.place.now() >= done.what.standing.start + 40min); // what it left has been read
  }

  TEST_CASE("a proposal shows its requests and leaves tenant and store alone") {
    auto done = acted("[[act]]\nat = \"10m\"\nrun = \"act hard_delete_message\"\n"
                      "targets = [\"dana\"]\nmessages = [\"invoice\"]\nwhat_if = true\n");
    REQUIRE(done.place.acts().size() == 1);
    const auto& shown = done.place.acts().front().document;
    CHECK(shown["result"] == "proposed");
    CHECK(shown["code"] == "would_change");
    CHECK(shown["request"]["method"] == "POST");
    CHECK(shown["request"]["url"].get<std::string>().ends_with("/permanentDelete"));
    CHECK(done.logged() == 0);
    CHECK(done.place.mock().effects().empty());
  }

  TEST_CASE("an action that is refused as a whole is told once, with the reason") {
    auto done = acted("[[act]]\nat = \"10m\"\nrun = \"act disable_user\"\n"
                      "targets = [\"dana\", \"omar\"]\nmost_users = 1\n");
    CHECK(done.told("result") == strings{"refused"});
    CHECK(done.told("code") == strings{"too_many_users"});
  }

  TEST_CASE("nothing to resume and no such case are said, not passed over") {
    auto done = acted("[[act]]\nat = \"10m\"\nrun = \"act resume\"\n"
                      "[[act]]\nat = \"11m\"\nrun = \"act case\"\nwhere = { title = \"none\" }\n");
    CHECK(done.told("code") == strings{"no_such_act", "no_such_case"});
  }

  TEST_CASE("an act dies with its life, and the next one goes on by the log") {
    auto done = acted("[[act]]\nat = \"10m\"\nrun = \"act disable_user\"\ntargets = [\"dana\"]\n"
                      "[kill]\nat = \"10m30s\"\n"
                      "[[fault]]\non = \"graph.users\"\nkind = \"slow\"\ndelay = \"1m\"\n"
                      "first_call = 2\ncalls = 1\n"
                      "[[act]]\nat = \"20m\"\nrun = \"act resume\"\n");
    CHECK(done.told("run") == strings{"act resume", "act resume"});
    CHECK(done.told("result") == strings{"done", "done"});
    CHECK(done.logged() == 4);
    CHECK(done.place.mock().effects().size() == 2);
  }
}
