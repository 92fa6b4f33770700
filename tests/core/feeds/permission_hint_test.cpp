#include "core/feeds/permission_hint.hpp"

#include <doctest/doctest.h>

using namespace core::feeds;

TEST_SUITE("permission_hint") {
  TEST_CASE("a refusal for want of permission names the permission and its API") {
    const auto why =
        seams::failure(seams::reaction::stop_and_diagnose, "AF10001", "the permission set () ...");
    const auto told = with_permission_hint(why, *find_feed("dlp"));
    CHECK(told.code == "AF10001");
    CHECK(told.why.starts_with("the permission set () ...; the feed dlp needs"));
    CHECK(told.why.find("ActivityFeed.ReadDlp of Office 365 Management APIs") != std::string::npos);
  }

  TEST_CASE("any other failure keeps its words") {
    const auto why = seams::failure(seams::reaction::retry_later, "429", "fewer requests, please");
    CHECK(with_permission_hint(why, *find_feed("alerts")).why == why.why);
  }

  TEST_CASE("a service's sentence loses its full stop when it goes on") {
    const auto why = seams::failure(
        seams::reaction::stop_and_diagnose, "Forbidden", "Missing application roles.");
    CHECK(with_permission_hint(why, *find_feed("alerts"))
              .why.starts_with("Missing application roles; the feed alerts needs"));
  }
}
