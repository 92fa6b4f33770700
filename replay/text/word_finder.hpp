#pragma once
// Finds any of many words in a text in one pass.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace replay::text {

/// Letters of ASCII compare without regard to case; words may hold any bytes.
class word_finder {
public:
  /// Shorter words are not taken: they stand by chance everywhere.
  static constexpr auto word_bytes_least = std::size_t{4};

  struct hit {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t tag = 0;
  };

  /// `tag` is the caller's.
  void add(std::string_view word, std::size_t tag);
  /// The first word at or behind `from`; of several that begin there the longest.
  [[nodiscard]] auto next(std::string_view text, std::size_t from) const -> std::optional<hit>;
  [[nodiscard]] auto holds_any(std::string_view text) const -> bool {
    return next(text, 0).has_value();
  }
  [[nodiscard]] auto empty() const -> bool { return words_.empty(); }

private:
  struct kept_word {
    std::string lower;
    std::size_t tag = 0;
  };

  [[nodiscard]] auto longest_at(std::string_view text, std::size_t begin, std::uint32_t start) const
      -> std::optional<hit>;

  std::vector<kept_word> words_;
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> by_start_; ///< first four bytes
  std::vector<bool> may_start_; ///< by a part of those bytes: most places need no further look
};

} // namespace replay::text
