#include "scenarios/recording/url_filter.hpp"

#include <doctest/doctest.h>

namespace {

using namespace scenarios::recording;

TEST_SUITE("url_filter") {
  TEST_CASE("globs hold for whole texts, in any case") {
    CHECK(matches_glob("*", ""));
    CHECK(matches_glob("https://*/Security/*", "https://graph.microsoft.com/v1.0/security/x"));
    CHECK(matches_glob("a?c", "abc"));
    CHECK_FALSE(matches_glob("a?c", "ac"));
    CHECK(matches_glob("*a*b", "xxaxxbxb"));
    CHECK_FALSE(matches_glob("*a*b", "xxaxxbxbx"));
    CHECK(matches_glob("a**", "a"));
    CHECK_FALSE(matches_glob("", "a"));
    CHECK_FALSE(matches_glob(std::string(200, '*') + "b", std::string(2'000, 'a')));
  }

  TEST_CASE("some are chosen, some left out") {
    const auto url = "https://graph.microsoft.com/v1.0/security/alerts_v2";
    CHECK(is_wanted(url, {}));
    CHECK(is_wanted(url, {"/security/"}));
    CHECK(is_wanted(url, {"nothing", "ALERTS"}));
    CHECK_FALSE(is_wanted(url, {"nothing"}));
    CHECK(is_wanted(url, {"!login"}));
    CHECK_FALSE(is_wanted(url, {"/security/", "!alerts_v?"}) == is_wanted(url, {"!*alerts_v?"}));
    CHECK_FALSE(is_wanted(url, {"/security/", "!*alerts_v?"}));
  }
}

} // namespace
