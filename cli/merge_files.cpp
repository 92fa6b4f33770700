#include "cli/merge_files.hpp"

#include "cli/exit_code.hpp"
#include "scenarios/report/json_report.hpp"
#include "scenarios/report/junit_report.hpp"

#include <fstream>
#include <iterator>
#include <ostream>

namespace cli {
namespace {

namespace report = scenarios::report;

auto write(const std::string& path, const std::string& text, std::ostream& err) -> bool {
  auto file = std::ofstream(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) {
    err << "cannot write the report " << path << '\n';
  }
  return static_cast<bool>(file);
}

} // namespace

auto merge_files(const merge_options& options, std::ostream& out, std::ostream& err) -> int {
  auto texts = std::vector<report::named_text>();
  for (const auto& path : options.reports) {
    auto file = std::ifstream(path, std::ios::binary);
    if (!file) {
      err << "cannot read the report " << path << '\n';
      return exit_environment;
    }
    texts.push_back({path, std::string(std::istreambuf_iterator<char>(file), {})});
  }
  const auto joined = report::merge(texts);
  if (const auto* wrong = std::get_if<report::merge_error>(&joined)) {
    err << wrong->why << '\n';
    return exit_usage;
  }
  const auto& all = std::get<report::summary>(joined);
  if (options.json.empty()) {
    out << report::to_json(all, false);
  }
  const auto written =
      (options.json.empty() || write(options.json, report::to_json(all, false), err)) &&
      (options.junit.empty() || write(options.junit, report::to_junit(all, false), err));
  if (!written) {
    return exit_environment;
  }
  return all.count(report::verdict::passed) == all.outcomes.size() ? exit_held : exit_failed;
}

} // namespace cli
