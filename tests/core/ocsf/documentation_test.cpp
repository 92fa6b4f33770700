#include "core/feeds/feed_table.hpp"
#include "core/ocsf/catalogue.hpp"
#include "core/ocsf/sources/audit.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace core::ocsf;

namespace {

auto page() -> const std::string& {
  static const auto text = [] {
    auto file = std::ifstream(OFFTENANT_SOURCE_DIR "/docs/ocsf.md");
    return std::string(std::istreambuf_iterator<char>(file), {});
  }();
  return text;
}

auto how(const field& row) -> std::string {
  static const auto names = std::map<transform, std::string>{{as_text, "text"},
                                                             {as_time, "milliseconds"},
                                                             {as_whole, "whole number"},
                                                             {as_fraction, "number"},
                                                             {as_truth, "true or false"},
                                                             {as_not, "the opposite"},
                                                             {as_mail, "mail address"},
                                                             {as_guid, "GUID"},
                                                             {as_ip, "address without port"},
                                                             {as_port, "port of the address"},
                                                             {as_hostname, "name in its place"},
                                                             {as_mac, "MAC address"},
                                                             {as_url, "URL and its parts"},
                                                             {as_is, "as it is"}};
  if (row.how != nullptr) {
    return names.at(row.how);
  }
  auto out = std::string();
  for (const auto& one : row.words) {
    out += (out.empty() ? "" : ", ") + std::string(one.text) + " " + std::to_string(one.id);
  }
  return out;
}

auto table_of(std::span<const field> rows) -> std::string {
  auto out = std::string("| Microsoft | OCSF | becomes |\n| --- | --- | --- |\n");
  for (const auto& row : rows) {
    out +=
        "| `" + std::string(row.from) + "` | `" + std::string(row.to) + "` | " + how(row) + " |\n";
  }
  return out;
}

/// All field maps that the library has, each once.
auto tables() -> std::vector<std::string> {
  auto seen = std::set<const field*>();
  auto out = std::vector<std::string>();
  const auto add = [&](std::span<const field> rows) {
    if (!rows.empty() && seen.insert(rows.data()).second) {
      out.push_back(table_of(rows));
    }
  };
  for (const auto& row : catalogue()) {
    add(row.from->fields);
  }
  add(audit_fields());
  add(audit_person_fields());
  for (const auto& row : record_types()) {
    add(row.from->fields);
  }
  return out;
}

} // namespace

TEST_SUITE("ocsf_documentation") {
  TEST_CASE("docs/ocsf.md shows every field map as it is") {
    for (const auto& table : tables()) {
      CAPTURE(table);
      CHECK(page().find(table) != std::string::npos);
    }
  }

  TEST_CASE("docs/ocsf.md names every feed") {
    for (const auto& feed : core::feeds::feed_table()) {
      CAPTURE(feed.name);
      CHECK(page().find("`" + std::string(feed.name) + "`") != std::string::npos);
    }
  }
}
