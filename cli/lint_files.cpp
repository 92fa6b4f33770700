#include "cli/lint_files.hpp"

#include "cli/exit_code.hpp"
#include "core/live/settings.hpp"
#include "scenarios/model/scenario.hpp"
#include "scenarios/run/suite.hpp"

#include <ostream>

namespace cli {
namespace {

auto mistakes_in(const std::string& file) -> std::vector<core::toml_reading::diagnostic> {
  return core::live::is_settings_file(file) ? core::live::load_settings(file).wrong
                                            : scenarios::model::load(file).wrong;
}

} // namespace

auto lint_files(const std::vector<std::string>& paths, std::ostream& out, std::ostream& err)
    -> int {
  const auto files = scenarios::run::scenario_files(paths);
  auto wrong = std::size_t{0};
  for (const auto& file : files) {
    for (const auto& one : mistakes_in(file)) {
      err << scenarios::model::to_text(one) << '\n';
      ++wrong;
    }
  }
  if (files.empty()) {
    err << "no scenario or config (*.toml) was found\n";
    return exit_usage;
  }
  if (wrong == 0) {
    out << files.size() << (files.size() == 1 ? " file is" : " files are") << " sound\n";
  }
  return wrong == 0 ? exit_held : exit_usage;
}

} // namespace cli
