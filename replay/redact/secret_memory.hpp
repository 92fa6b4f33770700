#pragma once
// Secrets that were seen once, so that they are taken out wherever else they stand.
#include "replay/text/word_finder.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace replay {

/// What a login form or an answer names a secret may stand in plain text in another exchange.
class secret_memory {
public:
  /// Beyond these nothing more is learned; in a day of hourly tokens some hundreds are.
  static constexpr auto learned_most = std::size_t{20'000};

  /// Keeps a text that was found where secrets are, unless it could be an ordinary word or number:
  /// those would be taken out everywhere.
  void learn(std::string_view secret);
  /// Keeps a text whatever it looks like, from four bytes on.
  void know(std::string_view text);

  /// In the order in which they came.
  [[nodiscard]] auto all() const -> const std::vector<std::string>& { return all_; }
  [[nodiscard]] auto words() const -> const text::word_finder& { return words_; }

private:
  std::vector<std::string> all_;
  std::set<std::string, std::less<>> there_; ///< in lower case
  text::word_finder words_;
};

} // namespace replay
