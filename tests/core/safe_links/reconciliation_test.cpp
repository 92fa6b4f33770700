#include "core/safe_links/reconciliation.hpp"

#include <doctest/doctest.h>

using core::safe_links::object;
using core::safe_links::reconcile;

namespace {

auto reported(const std::string& time,
              const std::string& url = "https://a.example/r",
              const std::string& action = "Allowed") -> object {
  return {{"ClickTime", time},
          {"RecipientAddress", "Dana@contoso.com"},
          {"Url", url},
          {"Action", action}};
}

/// A row of UrlClickEvents as the connector keeps it.
auto stored(const std::string& id, const std::string& time, bool went_on = false)
    -> core::stored_record {
  auto out = core::stored_record();
  out.what.feed = "safe_links";
  out.what.key = id;
  out.what.raw = object{
      {"Timestamp", time},
      {"AccountUpn", "dana@contoso.com"},
      {"Url", "https://a.example/r"},
      {"ActionType", "ClickAllowed"},
      {"IsClickedThrough", went_on},
      {"ReportId",
       id}}.dump();
  return out;
}

} // namespace

TEST_SUITE("reconciliation") {
  TEST_CASE("a click of the report is stored if somebody clicked there at that second") {
    const auto records = std::vector{stored("1", "2026-03-09T08:00:00.9Z")};
    CHECK(reconcile({reported("2026-03-09T08:00:00")}, records).missing.empty());
    CHECK(reconcile({reported("2026-03-09T08:00:09")}, records).missing.size() == 1);
    const auto elsewhere = reported("2026-03-09T08:00:00", "https://b.example/r");
    CHECK(reconcile({elsewhere}, records).missing.size() == 1);
  }

  TEST_CASE("each stored click stands for one row") {
    const auto records = std::vector{stored("1", "2026-03-09T08:00:00Z")};
    const auto row = reported("2026-03-09T08:00:00");
    const auto found = reconcile({row, row}, records);
    CHECK(found.reported == 2);
    CHECK(found.missing.size() == 1);
  }

  TEST_CASE("who went on from a page may be reported at either moment") {
    const auto records =
        std::vector{stored("1", "2026-03-09T08:00:00Z"), stored("1", "2026-03-09T08:01:00Z", true)};
    const auto later = reported("2026-03-09T08:01:00", "https://a.example/r", "ClickedEvenBlocked");
    CHECK(reconcile({later}, records).missing.empty());
  }

  TEST_CASE("what is missing is listed oldest first, and a time that nobody can read is missing") {
    const auto found = reconcile(
        {reported("2026-03-09T09:00:00"), reported("2026-03-09T08:00:00"), reported("?")}, {});
    REQUIRE(found.missing.size() == 3);
    CHECK(found.missing[1]["ClickTime"] == "2026-03-09T08:00:00");
    CHECK(found.missing[2]["ClickTime"] == "2026-03-09T09:00:00");
    CHECK(core::safe_links::to_json(found)["all_stored"] == false);
  }
}
