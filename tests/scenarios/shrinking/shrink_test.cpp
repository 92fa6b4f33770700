#include "scenarios/shrinking/shrink.hpp"
#include "tests/core/fakes/scratch_folder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

using namespace scenarios::shrinking;

namespace {

constexpr auto noisy = R"(
about = "Two clicks, of which one expectation is wrong, amid things that do not matter"

[[user]]
name = "dana"
[[user]]
name = "eli"

[connector]
feeds = ["alerts", "incidents", "safe_links"]

[[mail]]
id = "invoice"
at = "1m"
from = "a@fabrikam.example"
to = ["dana"]
urls = ["https://one.example/"]
[[mail]]
id = "other"
at = "2m"
from = "a@fabrikam.example"
to = ["eli"]
urls = ["https://two.example/"]

[[verdict]]
at = "3m"
url = "https://one.example/"
[[verdict]]
at = "3m"
url = "https://two.example/"

[[click]]
id = "c1"
at = "10m"
user = "dana"
in = "invoice"
[[click]]
id = "c2"
at = "12m"
user = "eli"
in = "other"

[[fault]]
id = "busy"
on = "graph.alerts"
kind = "throttle"
calls = 1

[[records]]
file = "alerts.json"
feed = "alerts"
at = "2m"

[[expect]]
incidents = 0
)";

struct shrinking_run {
  shrinking_run() {
    folder.write("case.toml", noisy);
    folder.write("alerts.json", R"([{"id": "x1"}, {"id": "x2"}])");
    options.fixture = folder.at("case.toml");
    options.keep = "incidents";
    options.out = folder.at("small");
  }
  auto run() -> int { return shrink(options, out, err, never); }

  fakes::scratch_folder folder;
  shrink_options options;
  std::ostringstream out;
  std::ostringstream err;
  std::atomic<bool> never = false;
};

} // namespace

TEST_SUITE("shrink") {
  TEST_CASE("only what the failure needs is left, and it still fails") {
    auto with = shrinking_run();
    REQUIRE(with.run() == 0);
    const auto small = with.folder.read("small/case.toml");
    const auto has = [&](const std::string& text) { return small.find(text) != std::string::npos; };
    CHECK(has("[[expect]]"));
    CHECK(has(R"(feeds = ["incidents"])"));
    CHECK(has("[[click]]"));
    for (const auto* gone : {"busy", "x1", "records", "alerts"}) {
      CAPTURE(gone);
      CHECK(!has(gone));
    }
    // Both clicks stay: with one of them the expectation would get another result.
    CHECK(has("\"c1\""));
    CHECK(has("\"c2\""));
    CHECK(with.folder.read("small/README.md").find("offtenant run case.toml") != std::string::npos);
    with.options.fixture = with.folder.at("small/case.toml");
    with.options.out = with.folder.at("smaller");
    REQUIRE(with.run() == 0);
    CHECK(with.folder.read("smaller/case.toml") == small);
  }

  TEST_CASE("what is left can be run: records go with the table that reads them") {
    auto with = shrinking_run();
    with.folder.write("case.toml",
                      "about = \"too few alerts\"\n\n[connector]\nfeeds = [\"alerts\"]\n\n"
                      "[[records]]\nfile = \"alerts.json\"\nfeed = \"alerts\"\nat = \"2m\"\n\n"
                      "[[expect]]\nalerts = 99\n");
    with.options.keep = "alerts";
    REQUIRE(with.run() == 0);
    const auto small = with.folder.read("small/case.toml");
    const auto reads_records = small.find("[[records]]") != std::string::npos;
    CHECK(reads_records == with.folder.has("small/records/1-alerts.ndjson"));
    with.options.fixture = with.folder.at("small/case.toml");
    with.options.out = with.folder.at("again");
    CHECK(with.run() == 0);
  }

  TEST_CASE("a check that does not fail is named, with those that do, and nothing is written") {
    auto with = shrinking_run();
    with.options.keep = "nothing_lost";
    CHECK(with.run() == 1);
    CHECK(with.err.str().find("'nothing_lost'") != std::string::npos);
    CHECK(with.err.str().find("incidents") != std::string::npos);
    CHECK(!with.folder.has("small"));
  }

  TEST_CASE("of a recording the exchanges stay that the failure needs") {
    const auto exchange = [](int at, const std::string& path, int status, const std::string& body) {
      return R"({"at":)" + std::to_string(at) +
             R"(,"took":1,"method":"GET","url":"https://graph.microsoft.com/v1.0/)" + path +
             R"(","request_headers":[],"status":)" + std::to_string(status) +
             R"(,"response_headers":[["Content-Type","application/json"]],)"
             R"("response_body":{"text":")" +
             body + "\"}}\n";
    };
    auto with = shrinking_run();
    const auto none = std::string(R"({\"value\":[]})");
    const auto refused =
        std::string(R"({\"error\":{\"code\":\"Forbidden\",\"message\":\"no role\"}})");
    with.folder.write("a.cassette",
                      R"({"format":"offtenant-cassette","version":1,"created_by":"x",)"
                      R"("base_time":"2026-03-10T08:00:00Z"})"
                      "\n" +
                          exchange(0, "security/incidents", 200, none) +
                          exchange(10, "security/alerts_v2", 403, refused) +
                          exchange(20, "auditLogs/signIns", 200, none));
    with.options.fixture = with.folder.at("a.cassette");
    with.options.keep = "health alerts";
    REQUIRE(with.run() == 0);
    const auto small = with.folder.read("small/a.cassette");
    CHECK(std::ranges::count(small, '\n') == 2);
    CHECK(small.find("alerts_v2") != std::string::npos);
    with.options.keep = "no such failure";
    with.options.out = with.folder.at("other");
    CHECK(with.run() == 1);
    CHECK(with.err.str().find("health alerts") != std::string::npos);
  }

  TEST_CASE("nothing is written over") {
    auto with = shrinking_run();
    with.folder.write("small/case.toml", "mine");
    CHECK(with.run() == 2);
    CHECK(with.folder.read("small/case.toml") == "mine");
  }
}
