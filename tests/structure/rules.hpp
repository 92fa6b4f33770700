#pragma once
// The house rules that a machine can check: each takes one source file and names what breaks it.
#include "tests/structure/source_text.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace structure {

/// One file of the tree; `path` is relative to its root, with forward slashes.
struct source_file {
  std::string path;
  std::string text;
};

/// One broken rule: where, and what to do instead. `line` counts from 1.
struct finding {
  std::string path;
  std::size_t line = 0;
  std::string what;
};

/// "path:line: what", as compilers write it.
auto to_text(const finding& f) -> std::string;

/// A file under inspection: its path and its text, split once for all rules.
struct inspected_file {
  explicit inspected_file(const source_file& file)
      : path(file.path), text(read_source(file.text)) {}

  std::string path;
  source_text text;
};

using findings = std::vector<finding>;

/// Time, chance, sockets and files that only adapters may touch.
void check_seams(const inspected_file& file, findings& found);

/// Includes that cross a border between folders.
void check_includes(const inspected_file& file, findings& found);

/// Columns, length of the file, length of each function.
void check_sizes(const inspected_file& file, findings& found);

/// How a header begins.
void check_header(const inspected_file& file, findings& found);

/// Leftover markers of unfinished work, and paths of one machine.
void check_leftovers(const inspected_file& file, findings& found);

/// A lambda that captures by value inside a `co_await` expression: GCC 12 destroys it twice.
void check_coroutines(const inspected_file& file, findings& found);

/// All rules above that apply to C++.
auto check_source(const source_file& file) -> findings;

/// The rules for other text: leftover markers and machine paths, here on every line.
auto check_plain_text(const source_file& file) -> findings;

/// C++ files that no CMakeLists.txt above them lists. `lists` are all CMakeLists.txt of the tree.
/// A test's header counts as listed when a file of the tree includes it.
auto check_listed(const std::vector<source_file>& sources, const std::vector<source_file>& lists)
    -> findings;

} // namespace structure
