#pragma once
// A JSON object as records have them: members by name, tolerant of absence, null and odd types.
#include "core/seams/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace core::triage {

/// Walks over the bytes once. Gives nothing for what is absent, null or of another type; bytes that
/// are no JSON have no members. Slices point into what it was made of.
class object {
public:
  explicit object(std::string_view json);

  /// The bytes of a value, "" if absent.
  [[nodiscard]] auto raw(std::string_view name) const -> std::string_view;
  /// A string or a number as text, at most 2048 bytes of it; "" for all else.
  [[nodiscard]] auto text(std::string_view name) const -> std::string;
  [[nodiscard]] auto word(std::string_view name) const -> std::string; ///< in lower case
  /// A whole string: JSON within a string, to make another object of.
  [[nodiscard]] auto embedded(std::string_view name) const -> std::string;
  /// A whole number, also one written as a string.
  [[nodiscard]] auto number(std::string_view name) const -> std::optional<std::int64_t>;
  /// true, 1, "True" and the like; hunting sends truths in each form (graph-security sheet, 4.1).
  [[nodiscard]] auto truth(std::string_view name) const -> std::optional<bool>;
  [[nodiscard]] auto time(std::string_view name) const -> std::optional<seams::instant>;
  [[nodiscard]] auto child(std::string_view name) const -> object;
  /// The elements of an array, at most 1000.
  [[nodiscard]] auto list(std::string_view name) const -> std::vector<std::string_view>;
  /// Those of them that are strings; a string alone counts as a list of one.
  [[nodiscard]] auto texts(std::string_view name) const -> std::vector<std::string>;
  [[nodiscard]] auto has(std::string_view name) const -> bool { return !raw(name).empty(); }

private:
  std::vector<std::pair<std::string_view, std::string_view>> members_;
};

/// The elements of a JSON array given as bytes, at most 1000.
auto elements_of(std::string_view array) -> std::vector<std::string_view>;

} // namespace core::triage
