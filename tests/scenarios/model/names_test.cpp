#include "scenarios/model/scenario.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace scenarios::model;

namespace {

const auto fine = std::string(R"(about = "x"
[[user]]
name = "dana"
[connector]
feeds = ["alerts", "audit_general"]
[[app.secret]]
name = "main"
[[mail]]
id = "m1"
at = "10m"
from = "a@b.example"
to = ["dana"]
urls = ["https://u.example/r"]
[[audit]]
id = "a1"
at = "10m"
[[click_burst]]
id = "many"
at = "20m"
in = "m1"
count = 3
over = "1m"
)");

auto complaints(const std::string& more) -> std::string {
  auto out = std::string();
  for (const auto& one : load_text(fine + more, "t.toml").wrong) {
    out += to_text(one) + "\n";
  }
  return out;
}

auto has(const std::string& text, const std::string& part) -> bool {
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_SUITE("names in scenario files") {
  TEST_CASE("what names users, groups, devices and policies must name ones there are") {
    CHECK(complaints("").empty());
    CHECK(has(complaints("[[group]]\nname = \"g\"\nmembers = [\"dana\", \"dnaa\"]\n"),
              "t.toml:25:20: there is no user \"dnaa\"; expected one of dana; did you mean "
              "\"dana\"?"));
    CHECK(has(complaints("[[device]]\nname = \"d\"\nowner = \"eve\"\n"), "no user \"eve\""));
    CHECK(has(complaints("[[safe_links_policy]]\nname = \"p\"\ngroups = [\"staff\"]\n"),
              "no group \"staff\""));
    CHECK(complaints("[[safe_links_policy]]\nname = \"p\"\nusers = [\"dana@contoso.com\"]\n")
              .empty());
    CHECK(has(complaints("[[policy_change]]\nat = \"1h\"\npolicy = \"p\"\nset = { scan_urls = "
                         "true }\n"),
              "no safe_links_policy \"p\""));
    CHECK(has(complaints("[[click]]\nat = \"1h\"\nuser = \"dana\"\nin = \"m1\"\ndevice = \"pc\"\n"),
              "no device \"pc\""));
    CHECK(has(complaints("[[teams_message]]\nat = \"1h\"\nfrom = \"eve\"\nto = [\"dana\"]\n"),
              "no user \"eve\""));
  }

  TEST_CASE("an event names an event of a fitting kind") {
    CHECK(complaints("[[purge]]\nat = \"1h\"\nmessage = \"m1\"\n").empty());
    CHECK(has(complaints("[[purge]]\nat = \"1h\"\nmessage = \"a1\"\n"), "no mail or Teams"));
    CHECK(has(complaints("[[redelivery]]\nat = \"1h\"\nof = \"a2\"\n"), "did you mean \"a1\"?"));
    CHECK(
        has(complaints("[[alert_change]]\nat = \"1h\"\nof = \"a1\"\nset = { status = \"new\" }\n"),
            "no click or message \"a1\""));
    CHECK(has(complaints("[[click]]\nat = \"1h\"\nuser = \"dana\"\nin = \"a1\"\nurl = \"u\"\n"),
              "no mail or Teams message \"a1\""));
  }

  TEST_CASE("a click of a burst goes by its number") {
    CHECK(complaints("[[redelivery]]\nat = \"1h\"\nof = \"many#2\"\n").empty());
    CHECK(has(complaints("[[redelivery]]\nat = \"1h\"\nof = \"m1#2\"\n"), "\"m1#2\""));
    CHECK(has(complaints("[[redelivery]]\nat = \"1h\"\nof = \"many\"\n"), "\"many\""));
  }

  TEST_CASE("an event cannot name what happens after it") {
    CHECK(has(complaints("[[click]]\nat = \"9m\"\nuser = \"dana\"\nin = \"m1\"\n"),
              "\"m1\" happens 1m after what names it"));
    CHECK(complaints("[[click]]\nat = \"10m\"\nuser = \"dana\"\nin = \"m1\"\n").empty());
  }

  TEST_CASE("no two things share a name") {
    CHECK(has(complaints("[[group]]\nname = \"g\"\n[[group]]\nname = \"g\"\n"), "two groups"));
    CHECK(has(complaints("[[audit]]\nid = \"m1\"\nat = \"1h\"\n"), "two events with the id"));
    CHECK(has(complaints("[[app.secret]]\nname = \"main\"\n"), "two secrets"));
    const auto fault = std::string("[[fault]]\nid = \"f\"\non = \"graph\"\nkind = \"reset\"\n");
    CHECK(has(complaints(fault + fault), "two faults"));
  }

  TEST_CASE("keys of small tables are checked, too") {
    CHECK(has(complaints("[[safe_links_policy]]\nname = \"p\"\n[[policy_change]]\nat = \"1h\"\n"
                         "policy = \"p\"\nset = { track_click = false }\n"),
              "did you mean \"track_clicks\"?"));
    CHECK(has(complaints("[[alert_change]]\nat = \"1h\"\nset = { Status = \"new\" }\n"),
              "did you mean \"status\"?"));
    CHECK(has(complaints("[[alert_change]]\nat = \"1h\"\n"), "no key \"set\""));
    CHECK(has(complaints("[[expect]]\nalerts = { at_lest = 1 }\n"), "\"at_least\"?"));
  }

  TEST_CASE("a table that stands once cannot stand twice") {
    CHECK(has(complaints("[[tenant]]\n[[tenant]]\n"), "expected one table: [tenant]"));
  }

  TEST_CASE("a fault has the keys of its kind, and ends after it begins") {
    const auto fault = [](const std::string& keys) {
      return complaints("[[fault]]\non = \"graph\"\n" + keys);
    };
    CHECK(has(fault("kind = \"slow\"\n"), "needs the key \"delay\""));
    CHECK(has(fault("kind = \"reset\"\ndelay = \"1s\"\n"), "\"delay\" means nothing"));
    CHECK(has(fault("kind = \"cut\"\nform = \"429\"\n"), "\"form\" means nothing"));
    CHECK(has(fault("kind = \"reset\"\nfrom = \"2h\"\nuntil = \"2h\"\n"), "is not after"));
    CHECK(fault("kind = \"slow\"\ndelay = \"1s\"\nfrom = \"-1h\"\nuntil = \"2h\"\n").empty());
    CHECK(has(complaints("[[fault]]\non = \"graph.alert\"\nkind = \"reset\"\n"),
              "did you mean \"graph.alerts\"?"));
  }

  TEST_CASE("an expectation is narrowed only by what it has") {
    const auto expect = [](const std::string& keys) { return complaints("[[expect]]\n" + keys); };
    CHECK(has(expect("alerts = 1\nroute = \"graph.alerts\"\n"), "\"route\" means nothing"));
    CHECK(has(expect("requests = 1\nfeed = \"alerts\"\n"), "\"feed\" means nothing"));
    CHECK(has(expect("records = 1\nfeed = \"incidents\"\n"), "one of alerts, audit_general"));
    CHECK(has(expect("health = 1\nstate = \"throtled\"\n"), "did you mean \"throttled\"?"));
    CHECK(has(expect("alerts = \"1\"\n"), "a whole number or { at_least"));
    CHECK(has(expect("alerts = { at_least = 2, at_most = 1 }\n"), "less than"));
    CHECK(has(expect("alerts = 1\nby = \"1h\"\nwithin = \"1h\"\nof = \"m1\"\n"), "twice"));
    CHECK(has(expect("alerts = 1\nwithin = \"1h\"\n"), "belong together"));
    CHECK(expect("requests = 0\nroute = \"foreign\"\n").empty());
  }

  TEST_CASE("a credential pastes exactly one thing") {
    CHECK(complaints("[[credential]]\nat = \"1h\"\nwith_spaces = \"main\"\n").empty());
    CHECK(has(complaints("[[credential]]\nat = \"1h\"\n"), "says 0 secrets"));
    CHECK(has(complaints("[[credential]]\nat = \"1h\"\ntext = \"a\"\nsecret = \"main\"\n"),
              "says 2 secrets"));
    CHECK(has(complaints("[[credential]]\nat = \"1h\"\nsecret = \"mian\"\n"),
              "did you mean \"main\"?"));
  }

  TEST_CASE("credentials are in order of time and differ as pasted") {
    const auto read = load_text(fine + "[[credential]]\nat = \"2h\"\nwith_spaces = \"main\"\n"
                                        "[[credential]]\nat = \"1h\"\nsecret_id_of = \"main\"\n",
                                "t.toml");
    REQUIRE(read.what.has_value());
    const auto& secret = read.what->standing.applications.front().secrets.front();
    REQUIRE(read.what->credentials.size() == 3);
    CHECK(read.what->credentials[0].secret == secret.value);
    CHECK(read.what->credentials[1].secret == secret.id);
    CHECK(read.what->credentials[2].secret == " " + secret.value + " ");
  }

  TEST_CASE("ids of people and tenants do not depend on the seed, nor on the order of users") {
    const auto first = load_text(fine, "t.toml");
    const auto second = load_text("seed = 9\n" + fine + "[[user]]\nname = \"eve\"\n", "t.toml");
    REQUIRE(first.what.has_value());
    REQUIRE(second.what.has_value());
    CHECK(first.what->standing.tenant_id == second.what->standing.tenant_id);
    CHECK(first.what->standing.users[0].object_id == second.what->standing.users[0].object_id);
  }

  TEST_CASE("an endless list of mistakes ends at a hundred") {
    auto text = std::string();
    for (auto i = 0; i < 500; ++i) {
      text += "[[purge]]\nat = 1\n";
    }
    CHECK(load_text(fine + text, "t.toml").wrong.size() == 100);
  }
}
