#include "mock_graph/hunting/kql/regex.hpp"

#include <algorithm>
#include <re2/re2.h>

namespace mock_graph::hunting::kql {
namespace {

constexpr auto kept_max = std::size_t{64};    // patterns computed per row must not pile up
constexpr auto program_bytes_max = 4'000'000; // RE2 refuses patterns that need more
constexpr auto groups_max = 16;

auto options() -> RE2::Options {
  auto made = RE2::Options();
  made.set_log_errors(false);
  made.set_max_mem(program_bytes_max);
  return made;
}

auto piece(std::string_view text) -> re2::StringPiece {
  return {text.data(), text.size()};
}

} // namespace

struct regex_cache::compiled {
  explicit compiled(std::string_view text) : pattern(text), program(piece(text), options()) {}
  std::string pattern;
  RE2 program;
};

regex_cache::regex_cache() = default;
regex_cache::~regex_cache() = default;

auto regex_cache::look_up(std::string_view pattern) -> const compiled* {
  const auto known = std::find_if(
      kept_.begin(), kept_.end(), [&](const auto& each) { return each->pattern == pattern; });
  if (known != kept_.end()) {
    std::iter_swap(kept_.begin(), known);
  } else {
    if (kept_.size() >= kept_max) {
      kept_.clear();
    }
    kept_.insert(kept_.begin(), std::make_unique<compiled>(pattern));
  }
  const auto& found = *kept_.front();
  problem_ = found.program.error();
  return found.program.ok() ? &found : nullptr;
}

auto regex_cache::valid(std::string_view pattern) -> bool {
  return look_up(pattern) != nullptr;
}

auto regex_cache::matches(std::string_view pattern, std::string_view text) -> bool {
  const auto* found = look_up(pattern);
  return found != nullptr && RE2::PartialMatch(piece(text), found->program);
}

auto regex_cache::find(std::string_view pattern, std::string_view text, std::size_t count_max)
    -> std::vector<std::vector<std::string_view>> {
  auto made = std::vector<std::vector<std::string_view>>();
  const auto* found = look_up(pattern);
  if (found == nullptr) {
    return made;
  }
  const auto groups = std::min(found->program.NumberOfCapturingGroups(), groups_max) + 1;
  auto pieces = std::vector<re2::StringPiece>(static_cast<std::size_t>(groups));
  auto from = std::size_t{0};
  while (made.size() < count_max && from <= text.size() &&
         found->program.Match(
             piece(text), from, text.size(), RE2::UNANCHORED, pieces.data(), groups)) {
    auto& match = made.emplace_back();
    for (const auto& each : pieces) {
      match.emplace_back(each.data() == nullptr ? std::string_view()
                                                : std::string_view(each.data(), each.size()));
    }
    from = static_cast<std::size_t>(match[0].data() - text.data()) +
           std::max(match[0].size(), std::size_t{1});
  }
  return made;
}

auto regex_cache::replace(std::string_view pattern,
                          std::string_view rewrite,
                          std::string_view text,
                          std::size_t bytes_max) -> std::optional<std::string> {
  auto made = std::string(text);
  const auto* found = look_up(pattern);
  if (found == nullptr || !found->program.CheckRewriteString(piece(rewrite), &problem_)) {
    return made;
  }
  // Each place adds the rewrite once, and its group references copy at most the whole text each.
  const auto references =
      static_cast<std::size_t>(std::count(rewrite.begin(), rewrite.end(), '\\'));
  if ((text.size() + 1) * rewrite.size() + references * text.size() > 16 * bytes_max) {
    return std::nullopt;
  }
  RE2::GlobalReplace(&made, found->program, piece(rewrite));
  return made;
}

} // namespace mock_graph::hunting::kql
