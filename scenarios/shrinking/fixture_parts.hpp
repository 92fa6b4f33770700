#pragma once
// A scenario and its records as parts that can be left out one by one.
#include "core/seams/result.hpp"
#include "scenarios/shrinking/minimize.hpp"

#include <string>
#include <utility>
#include <vector>

namespace scenarios::shrinking {

enum class part_kind { table, feed, record };

/// What can be left out: a table of the scenario with the comments above it, a name in the
/// connector's list of feeds, or one record of a file.
struct part {
  part_kind what = part_kind::table;
  std::size_t of = 0; ///< the table with the feeds, or the file
  std::string text;
};

/// Path below the fixture's folder, and content; the scenario comes first.
using fixture_text = std::vector<std::pair<std::string, std::string>>;

class fixture_parts {
public:
  /// Reads a scenario and the files of its `[[records]]`. Fails with code "fixture_unreadable".
  static auto read(const std::string& scenario_path) -> seams::result<fixture_parts>;

  /// In order of the file; records last.
  [[nodiscard]] auto parts() const -> const std::vector<part>& { return parts_; }
  /// The fixture with the selected parts only. Records stand below `records/`, one a line; a file
  /// without any is left out.
  [[nodiscard]] auto text_of(const selection& kept) const -> fixture_text;

private:
  struct record_source {
    std::string written; ///< the path as the scenario has it
    std::string name;    ///< below the new folder
  };

  std::string name_; ///< of the scenario's file
  std::string head_; ///< what stands before the first table
  std::vector<part> parts_;
  std::vector<record_source> files_;
};

} // namespace scenarios::shrinking
