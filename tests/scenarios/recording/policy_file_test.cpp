#include "scenarios/recording/policy_file.hpp"
#include "tests/scenarios/recording/files.hpp"

#include <doctest/doctest.h>

namespace {

using scenarios::recording::read_policy;

auto first_complaint(const std::string& text) -> std::string {
  const auto read = read_policy(text, "p.toml");
  CHECK_FALSE(read.policy.has_value());
  return read.wrong.empty() ? "" : to_text(read.wrong.front());
}

TEST_SUITE("policy_file") {
  TEST_CASE("an empty policy takes out all that the default does") {
    const auto read = read_policy("# nothing of our own\n", "p.toml");
    REQUIRE(read.policy.has_value());
    CHECK(read.policy->people);
    CHECK(read.policy->unknown);
    CHECK(read.policy->keep_domains.empty());
  }

  TEST_CASE("what is said holds") {
    const auto read = read_policy(R"(
name = "team"
free_text = false
keep_fields = ["ruleName"]
secret_fields = ["badge"]
keep_domains = ["contoso.com"]
keep_ids = ["8EA0E38B-efb3-4757-924a-5f94061cf8c2"]
)",
                                  "p.toml");
    REQUIRE(read.policy.has_value());
    CHECK(read.policy->name == "team");
    CHECK_FALSE(read.policy->free_text);
    CHECK(read.policy->people);
    CHECK(read.policy->keep_fields == std::vector<std::string>{"ruleName"});
    CHECK(read.policy->secret_fields == std::vector<std::string>{"badge"});
    CHECK(read.policy->keep_ids.size() == 1);
  }

  TEST_CASE("a mistake is named with its place and what was probably meant") {
    CHECK(first_complaint("free_txt = false").find("p.toml:1:1") == 0);
    CHECK(first_complaint("free_txt = false").find("free_text") != std::string::npos);
    CHECK(first_complaint("\npeople = 1").find("p.toml:2:10") == 0);
    CHECK(first_complaint("keep_ids = [\"x\"]").find("\"x\" is no id") != std::string::npos);
    CHECK(first_complaint("keep_domains = [\"*.contoso.com\"]").find("is no domain") !=
          std::string::npos);
    CHECK(first_complaint("name = \"two words\"").find("is no name") != std::string::npos);
    CHECK(first_complaint("people = ").find("p.toml:1:") == 0);
  }

  TEST_CASE("every key is documented") {
    const auto text = test::text_in(OFFTENANT_SOURCE_DIR "/docs/recording.md");
    for (const auto& key : scenarios::recording::policy_keys()) {
      CHECK_MESSAGE(text.find("| `" + key + "` |") != std::string::npos, key);
    }
  }
}

} // namespace
