#include "core/triage/rules.hpp"
#include "core/triage/settings.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <set>

namespace {

auto page() -> std::string {
  auto in = std::ifstream(OFFTENANT_SOURCE_DIR "/docs/triage.md", std::ios::binary);
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST_SUITE("documentation") {
  TEST_CASE("docs/triage.md explains each rule with an example, and no other rule") {
    const auto text = page();
    auto explained = std::set<std::string>();
    constexpr auto opening = std::string_view("\n#### ");
    for (auto at = text.find(opening); at != std::string::npos; at = text.find(opening, at + 1)) {
      const auto start = at + opening.size();
      const auto name = text.substr(start, text.find('\n', start) - start);
      const auto body = text.substr(start, text.find("\n#", start) - start);
      CAPTURE(name);
      CHECK(body.find("*Example:*") != std::string::npos);
      CHECK(core::triage::default_settings().rule(name) != nullptr);
      explained.insert(name);
    }
    for (const auto& one : core::triage::all_rules()) {
      CAPTURE(one.name);
      CHECK(explained.contains(std::string(one.name)));
    }
  }
}

} // namespace
