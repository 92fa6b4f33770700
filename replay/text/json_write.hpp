#pragma once
// JSON written member by member, in the order in which it is asked for.
#include <cstdint>
#include <string>
#include <string_view>

namespace replay::text {

/// `text`, which is UTF-8, in quotes; control characters, quotes and backslashes as escapes.
auto in_json_quotes(std::string_view text) -> std::string;

/// An object on one line. `raw` is JSON already.
class json_object {
public:
  auto raw(std::string_view name, std::string_view value) -> json_object&;
  auto text(std::string_view name, std::string_view value) -> json_object&;
  auto number(std::string_view name, std::int64_t value) -> json_object&;
  /// The object as it is; nothing can follow.
  [[nodiscard]] auto done() -> std::string;

private:
  std::string out_ = "{";
};

} // namespace replay::text
