#include "scenarios/model/scenario.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace std::chrono_literals;
using namespace scenarios::model;

namespace {

using strings = std::vector<std::string>;

const auto tenant_text = std::string(R"(about = "x"
[[user]]
name = "dana"
upn = "dana.oak@contoso.com"
[[user]]
name = "staff"
count = 2
[[device]]
name = "dana-laptop"
owner = "dana"
[connector]
feeds = ["alerts"]
[[mail]]
id = "invoice"
at = "5m"
from = "billing@fabrikam.example"
to = ["dana", "staff-*"]
[[teams_message]]
id = "look"
at = "5m"
from = "billing@fabrikam.example"
to = ["dana"]
)");

auto read_act(const std::string& keys, const std::string& more = "") -> loaded {
  return load_text(tenant_text + more + "[[act]]\nat = \"10m\"\n" + keys, "t.toml");
}

auto act_in(const loaded& read) -> planned_act {
  REQUIRE(read.what);
  REQUIRE(read.what->acts.size() == 1);
  return read.what->acts.front();
}

auto complaint_about(const std::string& keys) -> std::string {
  const auto read = read_act(keys);
  return read.wrong.empty() ? "" : to_text(read.wrong.front());
}

auto says(const std::string& keys, std::string_view words) -> bool {
  CAPTURE(complaint_about(keys));
  return complaint_about(keys).find(words) != std::string::npos;
}

auto roles_of(const loaded& read) -> strings {
  auto out = strings();
  for (const auto& one : read.what->standing.applications.front().grants) {
    out.push_back(one.role);
  }
  return out;
}

auto holds(const strings& all, const std::string& one) -> bool {
  return std::ranges::find(all, one) != all.end();
}

} // namespace

TEST_SUITE("actions in scenario files") {
  TEST_CASE("people and devices are named as elsewhere in the file, other targets as they are") {
    const auto users = act_in(
        read_act("run = \"act disable_user\"\ntargets = [\"dana\", \"eve@partner.example\"]\n"));
    CHECK(core::actions::values_of(users.action.parameters, "users") ==
          strings{"dana.oak@contoso.com", "eve@partner.example"});
    const auto devices =
        act_in(read_act("run = \"act isolate_device\"\ntargets = [\"dana-laptop\"]\n"));
    CHECK(core::actions::values_of(devices.action.parameters, "machine_ids") ==
          strings{"dana-laptop"});
    const auto urls =
        act_in(read_act("run = \"act block_url\"\ntargets = [\"https://u.example/\"]\n"));
    CHECK(core::actions::values_of(urls.action.parameters, "entries") ==
          strings{"https://u.example/"});
  }

  TEST_CASE("what the command line takes besides targets has a key") {
    const auto one = act_in(read_act("run = \"act block_ip\"\ntargets = [\"203.0.113.7\"]\n"
                                     "exclude_users = [\"dana\"]\nagain = true\nmost_users = 3\n"
                                     "most_mailboxes = 4\nwait = \"5m\"\nwhat_if = true\n"));
    const auto spared = core::actions::values_of(one.action.parameters, "exclude_users");
    REQUIRE(spared.size() == 1);
    CHECK(spared.front().size() == 36); // an object id
    CHECK(one.action.again);
    CHECK(one.action.most_users == 3);
    CHECK(one.action.most_mailboxes == 4);
    CHECK(one.action.wait == 5min);
    CHECK(one.what_if);
    const auto rules = act_in(
        read_act("run = \"act disable_forwarding_rules\"\ntargets = [\"dana\"]\nhiding = true\n"));
    CHECK(core::actions::values_of(rules.action.parameters, "hiding") == strings{"yes"});
  }

  TEST_CASE("a mail is named by its id, a chat message or a later mail is not taken for one") {
    const auto one =
        act_in(read_act("run = \"act hard_delete_message\"\nmessages = [\"invoice\"]\n"));
    CHECK(one.action.mails == strings{"invoice"});
    CHECK(core::actions::values_of(one.action.parameters, "mailboxes").empty());
    CHECK(says("run = \"act hard_delete_message\"\nmessages = [\"look\"]\n",
               "no earlier mail \"look\""));
    const auto late = read_act("run = \"act hard_delete_message\"\nmessages = [\"late\"]\n",
                               "[[mail]]\nid = \"late\"\nat = \"1h\"\nfrom = \"a@b.example\"\n"
                               "to = [\"dana\"]\n");
    REQUIRE(late.wrong.size() == 1);
  }

  TEST_CASE("a case is chosen like one that is expected") {
    const auto one = act_in(read_act("run = \"act case\"\nwhere = { verdict = \"malicious\" }\n"));
    REQUIRE(one.action.of_case.size() == 1);
    CHECK(one.action.of_case.front().path == "verdict");
    CHECK(act_in(read_act("run = \"act resume\"\n")).action.of_case.empty());
  }

  TEST_CASE("what is unknown or means nothing is complained of") {
    CHECK(says("run = \"act disable_users\"\n", "did you mean \"act disable_user\"?"));
    CHECK(says("run = \"act disable_user\"\ntargets = [\"dan\"]\n", "did you mean \"dana\"?"));
    CHECK(says("run = \"act isolate_device\"\ntargets = [\"dana\"]\n", "no device \"dana\""));
    CHECK(says("run = \"act disable_user\"\nset = { a = 1 }\n", "\"set\" means nothing"));
    CHECK(says("run = \"safelinks posture\"\ntargets = [\"dana\"]\n", "\"targets\" means nothing"));
    CHECK(says("run = \"act resume\"\ntargets = [\"dana\"]\n", "\"targets\" means nothing"));
    CHECK(says("run = \"act resume\"\nwhat_if = true\n", "\"what_if\" means nothing"));
    CHECK(says("run = \"act case\"\ntargets = [\"dana\"]\n", "\"targets\" means nothing"));
    CHECK(says("run = \"act disable_user\"\nmessages = [\"invoice\"]\n",
               "\"messages\" means nothing"));
    CHECK(says("run = \"act disable_user\"\nexclude_users = [\"dana\"]\n",
               "\"exclude_users\" means nothing"));
    CHECK(
        says("run = \"act disable_user\"\nwhere = { title = \"x\" }\n", "\"where\" means nothing"));
  }

  TEST_CASE("the app holds what its actions need, unless the file lists what it holds") {
    const auto needed = read_act("run = \"act isolate_device\"\ntargets = [\"dana-laptop\"]\n");
    CHECK(holds(roles_of(needed), "Machine.Isolate"));
    CHECK(holds(roles_of(needed), "Machine.Read.All"));
    const auto listed = read_act("run = \"act isolate_device\"\ntargets = [\"dana-laptop\"]\n",
                                 "[app]\ngrants = \"listed\"\n");
    CHECK(roles_of(listed).empty());
  }

  TEST_CASE("the log of actions can be expected where there are acts") {
    const auto wanted = std::string("[[expect]]\nrecords = 1\nfeed = \"actions\"\n");
    CHECK(load_text(tenant_text + wanted, "t.toml").wrong.size() == 1);
    CHECK(read_act("run = \"act resume\"\n" + wanted).wrong.empty());
  }

  TEST_CASE("a star stands for all of a crowd") {
    const auto read = load_text(tenant_text, "t.toml");
    REQUIRE(read.what);
    const auto& mail = std::get<mock_graph::tenant::mail>(read.what->events.front().what);
    CHECK(mail.to == strings{"dana", "staff-1", "staff-2"});
  }
}
