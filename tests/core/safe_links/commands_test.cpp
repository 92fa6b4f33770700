#include "core/safe_links/comparison.hpp"
#include "core/safe_links/xsoar.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace core::safe_links;

namespace {

auto setting_of(const char* words, const char* option) -> const setting& {
  const auto* what = find_command(words);
  REQUIRE(what != nullptr);
  const auto found = std::ranges::find(what->settings, option, &setting::option);
  REQUIRE(found != what->settings.end());
  return *found;
}

} // namespace

TEST_SUITE("safe_links_commands") {
  TEST_CASE("each of the eleven commands of XSOAR has an equal") {
    for (const auto* name : {"policy-list",
                             "policy-create",
                             "policy-update",
                             "policy-remove",
                             "rule-list",
                             "rule-create",
                             "rule-update",
                             "detailed-report-get",
                             "aggregate-report-get",
                             "atp-policy-get",
                             "atp-policy-set"}) {
      CHECK(std::ranges::count(command_table(), name, &command::xsoar) == 1);
    }
  }

  TEST_CASE(
      "entries to add and to remove join in one parameter, an empty list is sent as a table") {
    auto what = request();
    what.what = find_command("policy update");
    what.name = "staff";
    what.set(setting_of("policy update", "add-do-not-rewrite-urls"), {"a", "b"});
    what.set(setting_of("policy update", "remove-do-not-rewrite-urls"), object::array({"c"}));
    CHECK(parameters_of(what).dump() ==
          R"({"Identity":"staff","DoNotRewriteUrls":{"@odata.type":"#Exchange.GenericHashTable",)"
          R"("Add":["a","b"],"Remove":["c"]}})");
    what.values = object::object();
    what.set(setting_of("policy update", "do-not-rewrite-urls"), object::array());
    CHECK(parameters_of(what)["DoNotRewriteUrls"].dump() ==
          R"({"@odata.type":"#Exchange.GenericHashTable"})");
  }

  TEST_CASE("values are read from text by the kind of the setting") {
    const auto& flag = setting_of("policy create", "track-clicks");
    CHECK(value_from(flag, "On") == object(true));
    CHECK(value_from(flag, "false") == object(false));
    CHECK(!value_from(flag, "maybe"));
    const auto& list = setting_of("rule create", "sent-to");
    CHECK(value_from(list, "a, b") == object::array({"a", "b"}));
    CHECK(value_from(list, R"(["a,b"])") == object::array({"a,b"}));
    CHECK(value_from(list, "") == object::array());
    CHECK(!value_from(setting_of("rule create", "priority"), "first"));
  }

  TEST_CASE("cmdlets that would ask are told not to") {
    auto what = request();
    what.what = find_command("rule remove");
    what.name = "staff";
    CHECK(parameters_of(what).dump() == R"({"Identity":"staff","Confirm":false})");
  }

  TEST_CASE("lists compare as sets in any case, and parts of lists by what they ask") {
    const auto row = object{{"SentTo", {"A@x", "b@x"}}, {"ScanUrls", true}, {"State", "Disabled"}};
    CHECK(differences({{"SentTo", {"B@x", "a@x"}}}, row, true).empty());
    CHECK(differences({{"SentTo", {{"Add", {"a@x"}}, {"Remove", {"c@x"}}}}}, row, true).empty());
    CHECK(!differences({{"SentTo", {{"Remove", {"a@x"}}}}}, row, true).empty());
    CHECK(differences({{"Enabled", false}, {"ScanUrls", true}}, row, true).empty());
    CHECK(differences({{"Unknown", 1}}, row, false).empty());
    CHECK(differences({{"Unknown", 1}}, row, true).size() == 1);
  }

  TEST_CASE("an old command or argument that nobody knows is refused") {
    CHECK(from_xsoar("policy-burn", {}).error().code == "unknown_command");
    CHECK(from_xsoar("policy-list", {{"nmae", "x"}}).error().code == "unknown_argument");
    CHECK(from_xsoar("policy-create", {{"name", "x"}, {"scan_urls", "maybe"}}).error().code ==
          "bad_argument");
    CHECK(from_xsoar("policy-remove", {}).error().code == "bad_argument");
  }
}
