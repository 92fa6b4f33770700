#include "scenarios/recording/url_filter.hpp"

#include "core/seams/letters.hpp"

#include <algorithm>

namespace scenarios::recording {
namespace {

auto holds_for(std::string_view filter, std::string_view url) -> bool {
  if (filter.find_first_of("*?") != std::string_view::npos) {
    return matches_glob(filter, url);
  }
  return seams::lower_case(url).find(seams::lower_case(filter)) != std::string::npos;
}

} // namespace

auto matches_glob(std::string_view glob, std::string_view text) -> bool {
  auto g = std::size_t{0};
  auto t = std::size_t{0};
  auto star = std::string_view::npos; // the last one, and what it has taken so far
  auto taken = std::size_t{0};
  while (t < text.size()) {
    if (g < glob.size() && glob[g] == '*') {
      star = g++;
      taken = t;
    } else if (g < glob.size() && (glob[g] == '?' || seams::equal_ignoring_case(
                                                         glob.substr(g, 1), text.substr(t, 1)))) {
      ++g;
      ++t;
    } else if (star != std::string_view::npos) {
      g = star + 1;
      t = ++taken;
    } else {
      return false;
    }
  }
  return glob.find_first_not_of('*', g) == std::string_view::npos;
}

auto is_wanted(std::string_view url, const std::vector<std::string>& filters) -> bool {
  auto chosen = false;
  auto chooses = false;
  for (const auto& one : filters) {
    const auto without = one.starts_with('!');
    const auto holds = holds_for(std::string_view(one).substr(without ? 1 : 0), url);
    if (without && holds) {
      return false;
    }
    chooses = chooses || !without;
    chosen = chosen || (!without && holds);
  }
  return chosen || !chooses;
}

} // namespace scenarios::recording
