#include "core/feeds/feed_table.hpp"
#include "core/live/settings.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

namespace {

auto reference() -> std::string {
  auto file = std::ifstream(std::string(OFFTENANT_SOURCE_DIR) + "/docs/configuration.md");
  return {std::istreambuf_iterator<char>(file), {}};
}

auto holds_word(const std::string& text, const std::string& word) -> bool {
  return text.find("`" + word + "`") != std::string::npos;
}

} // namespace

TEST_SUITE("configuration reference") {
  TEST_CASE("every key of a config is in the reference") {
    const auto text = reference();
    for (const auto& key : core::live::settings_keys()) {
      CAPTURE(key);
      CHECK(holds_word(text, key.substr(key.rfind('.') + 1)));
    }
  }

  TEST_CASE("every feed is in the reference") {
    const auto text = reference();
    for (const auto& feed : core::feeds::feed_table()) {
      CAPTURE(feed.name);
      CHECK(holds_word(text, std::string(feed.name)));
    }
  }

  TEST_CASE("every config in the reference passes the reader") {
    auto text = std::istringstream(reference());
    auto block = std::string();
    auto inside = false;
    auto blocks = 0;
    for (auto line = std::string(); std::getline(text, line);) {
      if (inside && line == "```") {
        ++blocks;
        for (const auto& wrong : core::live::read_settings(block, "block.toml").wrong) {
          FAIL_CHECK(core::toml_reading::to_text(wrong));
        }
        block.clear();
        inside = false;
      } else if (inside) {
        block += line + "\n";
      }
      inside = inside || line == "```toml";
    }
    CHECK(blocks >= 2);
  }
}
