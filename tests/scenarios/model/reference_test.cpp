#include "scenarios/model/scenario.hpp"

#include <doctest/doctest.h>

#include <array>
#include <fstream>
#include <set>
#include <sstream>

using namespace scenarios::model;

namespace {

const auto source = std::string(OFFTENANT_SOURCE_DIR);

auto reference() -> std::vector<std::string> {
  auto lines = std::vector<std::string>();
  auto file = std::ifstream(source + "/docs/scenario-format.md");
  for (auto line = std::string(); std::getline(file, line);) {
    lines.push_back(line);
  }
  return lines;
}

/// "[tenant.delays]" and "[[user]]" of a heading, without brackets; nothing for other headings.
auto table_of(const std::string& heading) -> std::optional<std::string> {
  if (heading.ends_with("Top level")) {
    return "";
  }
  const auto from = heading.find_first_not_of('[', heading.find('['));
  const auto to = heading.find(']');
  return to == std::string::npos ? std::nullopt : std::optional(heading.substr(from, to - from));
}

/// The words in backquotes in the first cell of a row.
auto keys_of(const std::string& row) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  auto cell = std::istringstream(row.substr(1, row.find('|', 1) - 1));
  for (auto word = std::string(); std::getline(cell, word, '`');) {
    if (std::getline(cell, word, '`')) {
      out.push_back(word);
    }
  }
  return out;
}

auto documented() -> std::set<std::string> {
  auto out = std::set<std::string>();
  auto table = std::optional<std::string>();
  for (const auto& line : reference()) {
    if (line.starts_with('#')) {
      table = table_of(line);
    } else if (table && line.starts_with("| `")) {
      for (const auto& key : keys_of(line)) {
        out.insert(*table + "." + key);
      }
    }
  }
  return out;
}

/// What the reader knows, less the names of tables at the top level and of single feeds, which the
/// reference shows as headings.
auto known() -> std::set<std::string> {
  auto tables = std::set<std::string>();
  for (const auto& line : reference()) {
    const auto table = line.starts_with('#') ? table_of(line) : std::nullopt;
    if (table) {
      tables.insert("." + *table);
    }
  }
  auto out = std::set<std::string>();
  for (auto key : known_keys()) {
    if (key.starts_with("expect.COUNT.")) {
      key.replace(0, 13, "expect.");
    }
    if (!tables.contains(key) && key != "connector.feed.alerts") {
      out.insert(key);
    }
  }
  return out;
}

auto missing(const std::set<std::string>& from, const std::set<std::string>& in) -> std::string {
  auto out = std::string();
  for (const auto& one : from) {
    out += in.contains(one) ? "" : one + " ";
  }
  return out;
}

struct example {
  std::size_t line;
  std::string text;
};

auto examples() -> std::vector<example> {
  auto out = std::vector<example>();
  auto inside = false;
  const auto lines = reference();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!inside && lines[i] == "```toml") {
      out.push_back({i + 1, ""});
      inside = true;
    } else if (inside && lines[i] == "```") {
      inside = false;
    } else if (inside) {
      out.back().text += lines[i] + "\n";
    }
  }
  return out;
}

/// What the short examples speak of, each left out where the example says it itself.
auto completed(const std::string& text) -> std::string {
  constexpr auto parts = std::to_array<std::pair<const char*, const char*>>(
      {{"about =", "about = \"an example\"\n"},
       {"[connector]", "[connector]\nfeeds = [\"alerts\", \"safe_links\"]\n"},
       {"[[app", "[[app.secret]]\nname = \"main\"\n"},
       {"about = \"A click", "[[user]]\nname = \"dana\"\n"},
       {"id = \"invoice\"",
        "[[mail]]\nid = \"invoice\"\nat = \"10m\"\nfrom = \"a@b.example\"\nto = [\"dana\"]\n"
        "urls = [\"https://u.example/r\"]\n"},
       {"id = \"c1\"", "[[click]]\nid = \"c1\"\nat = \"40m\"\nuser = \"dana\"\nin = \"invoice\"\n"},
       {"id = \"rule\"", "[[audit]]\nid = \"rule\"\nat = \"10m\"\n"}});
  auto out = std::string();
  for (const auto& [marker, part] : parts) {
    const auto taken = text.find(marker) != std::string::npos ||
                       (std::string(marker) == "[[app" && text.find("[app]") != std::string::npos);
    out += taken ? "" : part;
  }
  return text.starts_with("about") ? text + out : out + text;
}

} // namespace

TEST_SUITE("the reference of scenario files") {
  TEST_CASE("every key that the reader knows is in the reference, and no other") {
    REQUIRE(documented().size() > 100);
    CHECK(missing(known(), documented()) == "");
    CHECK(missing(documented(), known()) == "");
  }

  TEST_CASE("every example of the reference is sound") {
    const auto all = examples();
    REQUIRE(all.size() > 30);
    for (const auto& one : all) {
      CAPTURE(one.line);
      const auto text = completed(one.text);
      CAPTURE(text);
      for (const auto& wrong :
           load_text(text, source + "/scenarios/suites/records/example.toml").wrong) {
        FAIL_CHECK(to_text(wrong));
      }
    }
  }
}
