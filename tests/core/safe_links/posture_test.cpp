#include "core/safe_links/posture.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace core::safe_links;

namespace {

auto policy(const char* name, object more = object::object()) -> object {
  auto out = object{{"Name", name},
                    {"EnableSafeLinksForEmail", true},
                    {"EnableForInternalSenders", true},
                    {"TrackClicks", true},
                    {"AllowClickThrough", true},
                    {"RecommendedPolicyType", "Custom"}};
  out.update(more);
  return out;
}

auto rule(const char* of, int priority, object more = object::object()) -> object {
  auto out =
      object{{"Name", of}, {"SafeLinksPolicy", of}, {"State", "Enabled"}, {"Priority", priority}};
  out.update(more);
  return out;
}

auto two_people() -> std::vector<person> {
  return {{"1", "dana@contoso.com"}, {"2", "omar@fabrikam.com"}};
}

auto built_in() -> object {
  return policy("Built-In", {{"IsBuiltInProtection", true}, {"EnableForInternalSenders", false}});
}

auto policy_of(const posture& found, const char* address) -> std::string {
  for (const auto& one : found.covers) {
    if (std::ranges::find(one.people, address) != one.people.end()) {
      return one.policy;
    }
  }
  return "nowhere";
}

auto settings_off(const posture& found) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& one : found.deviations) {
    out.push_back((one.mandatory ? "!" : "") + one.policy + "/" + one.setting);
  }
  return out;
}

using texts = std::vector<std::string>;

} // namespace

TEST_SUITE("posture") {
  TEST_CASE("the first rule that applies decides, and Built-in protection for the rest") {
    auto what = posture_input();
    what.policies = {built_in(), policy("A"), policy("B", {{"TrackClicks", false}})};
    what.rules = {rule("B", 1, {{"RecipientDomainIs", {"CONTOSO.com"}}}),
                  rule("A", 0, {{"SentTo", {"Dana@contoso.com"}}})};
    what.people = two_people();
    const auto found = judge_posture(what);
    CHECK(policy_of(found, "dana@contoso.com") == "A");
    CHECK(policy_of(found, "omar@fabrikam.com") == "Built-In");
    CHECK(settings_off(found) == texts{"!Built-In/EnableForInternalSenders"});
    CHECK(!found.as_asked());
  }

  TEST_CASE("members of groups, exceptions and rules that are off count") {
    auto what = posture_input();
    what.policies = {built_in(), policy("A"), policy("B"), policy("C")};
    what.rules = {
        rule("A", 0, {{"State", "Disabled"}}),
        rule("B",
             1,
             {{"SentToMemberOf", {"all@contoso.com"}}, {"ExceptIfSentTo", {"omar@fabrikam.com"}}}),
        rule("C", 2)};
    what.members = {{"all@contoso.com", {"1", "2"}}};
    what.people = two_people();
    const auto found = judge_posture(what);
    CHECK(policy_of(found, "dana@contoso.com") == "B");
    CHECK(policy_of(found, "omar@fabrikam.com") == "C");
    CHECK(found.as_asked());
    REQUIRE(!found.remarks.empty());
    CHECK(std::ranges::any_of(found.remarks, [](const std::string& one) {
      return one.find("'A' holds for nobody") != std::string::npos;
    }));
  }

  TEST_CASE("presets come before custom rules, the strict one first") {
    auto what = posture_input();
    what.policies = {
        built_in(),
        policy("Standard", {{"RecommendedPolicyType", "Standard"}}),
        policy("Strict", {{"RecommendedPolicyType", "Strict"}, {"AllowClickThrough", false}})};
    what.preset_rules = {rule("Standard", 0),
                         rule("Strict", 1, {{"SentTo", {"dana@contoso.com"}}})};
    what.people = two_people();
    const auto found = judge_posture(what);
    CHECK(policy_of(found, "dana@contoso.com") == "Strict");
    CHECK(policy_of(found, "omar@fabrikam.com") == "Standard");
    CHECK(settings_off(found) == texts{"Strict/AllowClickThrough"});
  }

  TEST_CASE("a group that the directory does not list leaves unknown whom a rule covers") {
    auto what = posture_input();
    what.policies = {built_in(), policy("A"), policy("B")};
    what.rules = {rule("A", 0, {{"SentToMemberOf", {"Ghost@contoso.com"}}}), rule("B", 1)};
    what.people = two_people();
    const auto unknown = judge_posture(what);
    CHECK(unknown.deviations.empty());
    CHECK(!unknown.as_asked());
    CHECK(to_json(unknown)["as_asked"] == false);
    REQUIRE(unknown.remarks.size() == 1);
    CHECK(unknown.remarks[0].find("'ghost@contoso.com' of the rule 'A' is not known") !=
          std::string::npos);
    what.members = {{"ghost@contoso.com", {}}};
    CHECK(judge_posture(what).as_asked());
  }

  TEST_CASE("where people are unknown every rule counts, and that is said") {
    auto what = posture_input();
    what.policies = {policy("A", {{"EnableSafeLinksForEmail", false}})};
    what.rules = {rule("A", 0)};
    what.unknown = {"Who is covered is not known."};
    const auto found = judge_posture(what);
    CHECK(settings_off(found) == texts{"!A/EnableSafeLinksForEmail", "!/Safe Links"});
    CHECK(found.remarks.back() == "Who is covered is not known.");
    CHECK(to_json(found)["as_asked"] == false);
  }
}
