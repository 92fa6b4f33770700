#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const auto project = fs::path(OFFTENANT_SOURCE_DIR);
const auto suites_folder = project / "scenarios" / "suites";
constexpr auto catalogue_entries = 61;
constexpr auto management_entries = 35;
constexpr auto exchange_entries = 21;

auto text_of_file(const fs::path& path) -> std::string {
  auto file = std::ifstream(path, std::ios::binary);
  auto out = std::ostringstream();
  out << file.rdbuf();
  return out.str();
}

/// One row: its entry, the name that its scenario must have, the scenarios it links to.
struct table_row {
  std::string entry; ///< "17", "M07", "X01"
  std::string name;  ///< of the incident catalogue, else ""
  std::string text;  ///< the last cell
  std::vector<std::string> files;
};

auto cells_of(const std::string& line) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  auto rest = std::istringstream(line);
  for (auto cell = std::string(); std::getline(rest, cell, '|');) {
    const auto from = cell.find_first_not_of(' ');
    const auto to = cell.find_last_not_of(' ');
    out.push_back(from == std::string::npos ? "" : cell.substr(from, to - from + 1));
  }
  return out;
}

/// Every row of docs/catalogue.md.
auto catalogue_rows() -> std::vector<table_row> {
  static const auto link = std::regex(R"(\]\(\.\./scenarios/suites/([^)]+)\))");
  auto out = std::vector<table_row>();
  auto lines = std::istringstream(text_of_file(project / "docs" / "catalogue.md"));
  for (auto line = std::string(); std::getline(lines, line);) {
    const auto cells = cells_of(line);
    if (cells.size() < 4 || cells[1] == "entry" || cells[1].starts_with('-')) {
      continue;
    }
    auto row = table_row{cells[1], cells.size() > 4 ? cells[2] : "", cells.back(), {}};
    for (auto it = std::sregex_iterator(row.text.begin(), row.text.end(), link);
         it != std::sregex_iterator();
         ++it) {
      row.files.push_back((*it)[1]);
    }
    out.push_back(std::move(row));
  }
  return out;
}

/// The lines of comment that a scenario opens with.
auto opening_of(const fs::path& path) -> std::string {
  auto out = std::string();
  auto lines = std::istringstream(text_of_file(path));
  for (auto line = std::string(); std::getline(lines, line) && line.starts_with('#');) {
    out += line.substr(1);
  }
  return out;
}

/// Path below the suites folder and opening comment of every scenario.
auto shipped() -> std::map<std::string, std::string> {
  auto out = std::map<std::string, std::string>();
  for (const auto& entry : fs::recursive_directory_iterator(suites_folder)) {
    if (entry.path().extension() == ".toml") {
      out[fs::relative(entry.path(), suites_folder).generic_string()] = opening_of(entry.path());
    }
  }
  return out;
}

auto stem_of(const std::string& file) -> std::string {
  return fs::path(file).stem().string();
}

/// "M07" as file names begin with it: "m07-".
auto prefix_of(std::string entry) -> std::string {
  std::ranges::transform(entry, entry.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return entry + "-";
}

auto names_entry(const std::string& opening, const std::string& what) -> bool {
  return std::regex_search(opening, std::regex("\\b" + what + "(?![a-z0-9-])"));
}

/// Whether the scenario says, by its name or its opening, that it shows the entry.
auto claims(const table_row& row, const std::string& file, const std::string& opening) -> bool {
  if (!row.name.empty()) {
    return stem_of(file) == row.name || names_entry(opening, "catalogue, " + row.name);
  }
  return stem_of(file).starts_with(prefix_of(row.entry)) || names_entry(opening, row.entry);
}

} // namespace

TEST_SUITE("catalogue_test") {
  TEST_CASE("every entry of the three lists has one row") {
    auto seen = std::map<std::string, int>();
    for (const auto& row : catalogue_rows()) {
      ++seen[row.entry];
    }
    const auto expect_all = [&](const std::string& letter, int last) {
      for (auto i = 1; i <= last; ++i) {
        const auto number = std::to_string(i);
        const auto padded = letter.empty() || i > 9 ? number : "0" + number;
        CAPTURE(letter + padded);
        CHECK(seen[letter + padded] == 1);
      }
    };
    expect_all("", catalogue_entries);
    expect_all("M", management_entries);
    expect_all("X", exchange_entries);
    CHECK(seen.size() == catalogue_entries + management_entries + exchange_entries);
  }

  TEST_CASE("every scenario that a row links to is shipped and says that it shows the entry") {
    const auto files = shipped();
    for (const auto& row : catalogue_rows()) {
      for (const auto& file : row.files) {
        CAPTURE(row.entry);
        CAPTURE(file);
        const auto found = files.find(file);
        REQUIRE(found != files.end());
        CHECK(claims(row, file, found->second));
      }
    }
  }

  TEST_CASE("every scenario that says it shows an entry is linked from its row") {
    const auto files = shipped();
    for (const auto& row : catalogue_rows()) {
      for (const auto& [file, opening] : files) {
        if (claims(row, file, opening)) {
          CAPTURE(row.entry);
          CAPTURE(file);
          CHECK(std::ranges::find(row.files, file) != row.files.end());
        }
      }
    }
  }

  TEST_CASE("a catalogue entry has a scenario of exactly its name, or says what it waits for") {
    for (const auto& row : catalogue_rows()) {
      CAPTURE(row.entry);
      const auto named = std::ranges::any_of(
          row.files, [&](const std::string& file) { return stem_of(file) == row.name; });
      const auto waits = row.text.starts_with("not shipped yet: needs ");
      CHECK(waits == row.files.empty());
      CHECK((row.name.empty() || waits || named));
    }
  }
}
