#include "core/actions/action_table.hpp"
#include "core/safe_links/commands.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace {

auto text_of_document(const std::string& name) -> std::string {
  auto file = std::ifstream(std::string(OFFTENANT_SOURCE_DIR) + "/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The row of a table whose first cell begins so, or "".
auto row_that_begins(const std::string& text, const std::string& cell) -> std::string {
  const auto at = text.find("\n| `" + cell + "`");
  return at == std::string::npos ? "" : text.substr(at + 1, text.find('\n', at + 1) - at);
}

} // namespace

TEST_SUITE("documentation of what acts") {
  TEST_CASE("README and reference have every action with its least permissions") {
    const auto readme = text_of_document("README.md");
    const auto reference = text_of_document("docs/actions.md");
    for (const auto& one : core::actions::action_table()) {
      CAPTURE(one.name);
      const auto name = std::string(one.name);
      const auto row = row_that_begins(readme, "act " + name);
      REQUIRE_FALSE(row.empty());
      CHECK_FALSE(row_that_begins(reference, name).empty());
      for (const auto& permission : core::actions::permissions_of(one)) {
        CHECK_MESSAGE(row.find(permission) != std::string::npos, permission);
      }
    }
  }

  TEST_CASE("README and reference have every Safe Links command and its equal in Cortex XSOAR") {
    const auto readme = text_of_document("README.md");
    const auto reference = text_of_document("docs/safe-links.md");
    for (const auto& one : core::safe_links::command_table()) {
      CAPTURE(one.words);
      const auto theme = std::string(one.words.substr(0, one.words.find(' ')));
      const auto verb = std::string(one.words.substr(theme.size() + 1));
      const auto is_listed = readme.find("| `" + theme + " " + verb + "`") != std::string::npos ||
                             readme.find(", `" + verb + "`") != std::string::npos;
      CHECK(is_listed);
      CHECK(reference.find("`" + std::string(one.cmdlet) + "`") != std::string::npos);
      if (!one.xsoar.empty()) {
        const auto old = "`" + std::string(one.xsoar) + "`";
        CHECK(readme.find(old) != std::string::npos);
        CHECK(reference.find(old) != std::string::npos);
      }
    }
  }
}
