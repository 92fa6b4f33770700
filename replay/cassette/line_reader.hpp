#pragma once
// Reads one line of a cassette key by key; the first thing wrong is named with its column.
#include "replay/text/json_tree.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace replay {

/// What is wrong with a line. Both texts are for people.
struct line_problem {
  std::size_t offset = 0; ///< in bytes, from the start of the line
  std::string message;
  std::string expected; ///< "" = goes without saying
};

/// An object of a line. After the first problem every accessor gives nothing and the problem stays.
class line_reader {
public:
  /// Both outlive the reader; `wrong` is shared by the readers of one line.
  line_reader(const text::json_value& object, std::optional<line_problem>& wrong);

  auto text(std::string_view key) -> std::string;
  /// From `least` to `most`.
  auto number(std::string_view key, std::int64_t least, std::int64_t most) -> std::int64_t;
  auto flag_if_there(std::string_view key) -> bool;
  auto text_if_there(std::string_view key) -> std::optional<std::string>;
  auto list(std::string_view key) -> const text::json_value*;
  auto object_if_there(std::string_view key) -> const text::json_value*;

  [[nodiscard]] auto has(std::string_view key) const -> bool {
    return object_.find(key) != nullptr;
  }
  void complain(std::size_t offset, std::string message, std::string expected = {});
  void complain(std::string_view key, std::string message, std::string expected = {});
  /// Complains of keys that nothing asked for.
  void finish();

private:
  auto take(std::string_view key, text::json_value::kind wanted, bool required)
      -> const text::json_value*;

  const text::json_value& object_;
  std::optional<line_problem>& wrong_;
  std::vector<std::string_view> asked_;
};

} // namespace replay
