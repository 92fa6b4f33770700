#include "scenarios/recording/findings.hpp"

#include <ostream>

namespace scenarios::recording {

void print_leaks(const std::vector<replay::leak>& found,
                 const std::string& path,
                 std::ostream& to) {
  for (const auto& one : found) {
    to << path << ": " << one.where << ": " << one.what << '\n';
  }
  to << path << ": " << (found.size() == replay::leaks_most ? "at least " : "")
     << count_text(found.size(), "leak") << " found\n";
}

auto program_name() -> std::string {
  return "offtenant " OFFTENANT_VERSION;
}

auto count_text(std::size_t count, const std::string& what) -> std::string {
  return std::to_string(count) + ' ' + what + (count == 1 ? "" : "s");
}

} // namespace scenarios::recording
