#pragma once
// JSON text as a tree whose every value knows where it stands, read strictly and under bounds.
#include "core/seams/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace replay::text {

struct json_bounds {
  std::size_t depth_max = 32;          ///< arrays and objects open at the same time
  std::size_t values_max = 10'000'000; ///< of every kind, in the whole text
  std::size_t members_max = 1'000;     ///< of one object: names are compared with each other
};

struct json_member;

struct json_value {
  enum class kind { null, boolean, number, string, array, object };
  kind what = kind::null;
  std::size_t offset = 0; ///< of its first byte in the text
  std::string text;       ///< of a string, escapes resolved; of a number or boolean, as written
  std::vector<json_value> items;
  std::vector<json_member> members; ///< in order of the text

  [[nodiscard]] auto find(std::string_view name) const -> const json_value*;
  /// A number without fraction and exponent that fits.
  [[nodiscard]] auto whole() const -> std::optional<std::int64_t>;
};

struct json_member {
  std::string name;
  std::size_t offset = 0; ///< of the name
  json_value value;
};

/// Where a text is not what was expected.
struct json_problem {
  std::size_t offset = 0;
  std::string message;
};

struct json_parsed {
  std::optional<json_value> value; ///< absent when `wrong` says why
  json_problem wrong;
};

/// One value of RFC 8259 in valid UTF-8, without a byte order mark; a name that stands twice in an
/// object is a problem, and so is half a surrogate pair.
auto parse_json(std::string_view text, const json_bounds& within = {}) -> json_parsed;

/// "an object", "a number": for messages.
auto to_text(json_value::kind what) -> std::string_view;

} // namespace replay::text
