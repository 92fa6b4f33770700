#include "tests/structure/rules.hpp"

#include <algorithm>
#include <set>

namespace structure {

namespace {

auto folder_of(std::string_view path) -> std::string {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash));
}

auto joined(const std::string& folder, std::string_view name) -> std::string {
  return folder.empty() ? std::string(name) : folder + "/" + std::string(name);
}

/// Every word of a CMakeLists.txt outside comments, as the path it would name.
void collect_listed(const source_file& list, std::set<std::string>& listed) {
  for (const auto& line : lines_of(list.text)) {
    auto word = std::string();
    for (const auto c : line.substr(0, line.find('#')) + " ") {
      if (c != ' ' && c != '(' && c != ')' && c != '"' && c != '\t') {
        word += c;
        continue;
      }
      if (word.ends_with(".cpp") || word.ends_with(".hpp")) {
        listed.insert(joined(folder_of(list.path), word));
      }
      word.clear();
    }
  }
}

auto includes_of(const std::vector<source_file>& sources) -> std::set<std::string> {
  auto included = std::set<std::string>();
  for (const auto& source : sources) {
    for (const auto& line : lines_of(source.text)) {
      const auto from = line.find('"');
      if (line.starts_with("#include") && from != std::string::npos) {
        const auto header = line.substr(from + 1, line.rfind('"') - from - 1);
        included.insert(header);
        included.insert(joined(folder_of(source.path), header));
      }
    }
  }
  return included;
}

} // namespace

auto to_text(const finding& f) -> std::string {
  return f.path + ":" + std::to_string(f.line) + ": " + f.what;
}

auto check_source(const source_file& file) -> findings {
  auto found = findings();
  const auto inspected = inspected_file(file);
  check_seams(inspected, found);
  check_includes(inspected, found);
  check_sizes(inspected, found);
  check_header(inspected, found);
  check_leftovers(inspected, found);
  check_coroutines(inspected, found);
  return found;
}

auto check_listed(const std::vector<source_file>& sources, const std::vector<source_file>& lists)
    -> findings {
  auto listed = std::set<std::string>();
  for (const auto& list : lists) {
    collect_listed(list, listed);
  }
  const auto included = includes_of(sources);
  auto found = findings();
  for (const auto& source : sources) {
    const auto is_test_header = source.path.starts_with("tests/") &&
                                source.path.ends_with(".hpp") && included.contains(source.path);
    if (!listed.contains(source.path) && !is_test_header) {
      found.push_back({source.path, 1, "no CMakeLists.txt lists this file: list it or remove it"});
    }
  }
  return found;
}

} // namespace structure
