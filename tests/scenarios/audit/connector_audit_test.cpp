#include "tests/scenarios/audit/watched_conversation.hpp"

using namespace std::chrono_literals;
using namespace tests;
using scenarios::audit::connector_audit;
using scenarios::audit::findings_of;

namespace {

/// Records in the middle of an hour, at the first instant of one, in the last minutes of one.
constexpr auto three_hours = R"(
about = "audit records through three hours"
[connector]
feeds = ["audit_general"]
[[audit]]
id = "middle"
at = "30m"
visible_after = "0s"
[[audit]]
id = "edge"
at = "1h"
visible_after = "0s"
[[audit]]
id = "late"
at = "1h57m"
visible_after = "0s"
[[audit]]
id = "last"
at = "2h30m"
visible_after = "0s"
)";

/// Reads an hour every hour, each a few minutes after it is over, and fetches every blob it lists.
/// As wrong as it is told to be: windows begin that much after, or before, the last one's end.
void read_hourly(watched_conversation& with, seams::duration between_windows) {
  const auto root =
      "https://manage.office.com/api/v1.0/" + with.scenario.standing.tenant_id + "/activity/feed/";
  with.send("POST", root + "subscriptions/start?contentType=Audit.General");
  for (auto hour = 0; hour < 3; ++hour) {
    with.clock.set(std::chrono::hours{hour + 1} + 5min);
    const auto from = with.at(std::chrono::hours{hour} + (hour > 0 ? between_windows : 0s));
    const auto to = with.at(std::chrono::hours{hour + 1});
    const auto listed =
        with.get(root + "subscriptions/content?contentType=Audit.General&startTime=" +
                 seams::to_rfc3339(from) + "&endTime=" + seams::to_rfc3339(to));
    for (const auto& blob : nlohmann::json::parse(listed.body)) {
      with.get(blob["contentUri"]);
    }
  }
}

auto kinds_of(const connector_audit& what) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& one : findings_of(what)) {
    out.push_back(one.kind);
  }
  return out;
}

auto text_of(const connector_audit& what, const std::string& kind) -> std::string {
  for (const auto& one : findings_of(what)) {
    if (one.kind == kind) {
      return one.text;
    }
  }
  return {};
}

auto has(const std::string& text, const std::string& part) -> bool {
  return text.find(part) != std::string::npos;
}

using kinds = std::vector<std::string>;

} // namespace

TEST_SUITE("connector audit") {
  TEST_CASE("of a connector that reads everything once, nothing is said") {
    auto with = watched_conversation(three_hours);
    read_hourly(with, 0s);
    const auto found = with.audit();
    CHECK(kinds_of(found).empty());
    CHECK(found.all_fetched());
    CHECK(found.sources.at("audit_general").once == 4);
    CHECK(found.windows.at("Audit.General").asked.size() == 3);
    CHECK(found.permissions_used.contains("ActivityFeed.Read"));
    CHECK(found.permissions_unused.empty());
    CHECK(has(to_text(found), "Everything that could be fetched was fetched."));
  }

  TEST_CASE("a record lost between two windows is named with the gap it fell into") {
    auto with = watched_conversation(three_hours);
    read_hourly(with, 1s);
    const auto found = with.audit();
    CHECK(kinds_of(found) == kinds{"never_fetched", "window_gap", "window_gap"});
    CHECK_FALSE(found.all_fetched());
    const auto text = text_of(found, "never_fetched");
    CHECK(has(text, "audit edge"));
    CHECK(has(text, "no window of Audit.General covers " + seams::to_rfc3339(with.at(1h))));
    const auto& gaps = found.windows.at("Audit.General").gaps;
    REQUIRE(gaps.size() == 2);
    CHECK(gaps[0].from == with.at(1h));
    CHECK(gaps[0].to == with.at(1h + 1s));
    CHECK(has(to_text(found), "1 record was visible and never fetched."));
  }

  TEST_CASE("a record fetched twice is named with the overlap it lies in") {
    auto with = watched_conversation(three_hours);
    read_hourly(with, -5min);
    const auto found = with.audit();
    CHECK(kinds_of(found) == kinds{"window_overlap", "window_overlap", "fetched_repeatedly"});
    CHECK(found.all_fetched());
    CHECK(has(text_of(found, "fetched_repeatedly"), "audit late"));
    CHECK(found.sources.at("audit_general").repeatedly == 1);
    CHECK(found.windows.at("Audit.General").overlaps[0].to == with.at(1h));
  }

  TEST_CASE("the machine form says the same, record by record") {
    auto with = watched_conversation(three_hours);
    read_hourly(with, 1s);
    const auto document = nlohmann::json::parse(to_json(with.audit()));
    CHECK(document["all_fetched"] == false);
    CHECK(document["sources"]["audit_general"]["never"] == 1);
    REQUIRE(document["records"].size() == 4);
    CHECK(document["records"][0]["fetched"] == "once");
    CHECK(document["records"][1]["fetched"] == "never");
    CHECK(document["records"][0]["requests"].size() == 1);
    CHECK(document["windows"]["Audit.General"]["gaps"].size() == 2);
    CHECK(document["findings"].size() == 3);
  }
}
