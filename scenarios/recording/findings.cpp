#include "scenarios/recording/findings.hpp"

#include <algorithm>
#include <ostream>

namespace scenarios::recording {

auto leaks_left(const replay::cassette& tape, const redaction_setup& with)
    -> std::vector<replay::leak> {
  auto secrets = with.known;
  for (const auto& one : with.memory->all()) {
    if (std::find(with.known.begin(), with.known.end(), one) == with.known.end()) {
      secrets.push_back(one);
    }
  }
  auto found = replay::find_leaks(tape, secrets, with.policy);
  for (auto& one : found) {
    constexpr auto opening = std::string_view("known secret ");
    const auto learned = one.what.starts_with(opening) &&
                         std::stoul(one.what.substr(opening.size())) > with.known.size();
    one.what = learned ? "a secret that another exchange names" : one.what;
  }
  return found;
}

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
