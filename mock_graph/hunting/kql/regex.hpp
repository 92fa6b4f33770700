#pragma once
// Regular expressions in linear time and bounded memory (RE2, which Kusto uses too).
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mock_graph::hunting::kql {

class regex_cache {
public:
  regex_cache();
  ~regex_cache();
  regex_cache(const regex_cache&) = delete;
  auto operator=(const regex_cache&) -> regex_cache& = delete;

  /// Whether `pattern` compiles; if not, `problem()` says why.
  [[nodiscard]] auto valid(std::string_view pattern) -> bool;
  [[nodiscard]] auto problem() const -> const std::string& { return problem_; }

  /// Whether `pattern` matches anywhere in `text`; false if it does not compile.
  [[nodiscard]] auto matches(std::string_view pattern, std::string_view text) -> bool;

  /// The groups of each match, [0] the whole of it; at most `count_max` matches.
  [[nodiscard]] auto find(std::string_view pattern, std::string_view text, std::size_t count_max)
      -> std::vector<std::vector<std::string_view>>;

  /// Every match replaced; `\1` stands for a group. None if the result would pass `bytes_max`.
  [[nodiscard]] auto replace(std::string_view pattern,
                             std::string_view rewrite,
                             std::string_view text,
                             std::size_t bytes_max) -> std::optional<std::string>;

private:
  struct compiled;
  auto look_up(std::string_view pattern) -> const compiled*;

  std::vector<std::unique_ptr<compiled>> kept_;
  std::string problem_;
};

} // namespace mock_graph::hunting::kql
