#pragma once
// Slices of JSON text, so that an imported record keeps the bytes that the customer sent.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace replay {

/// Whether `text` is one JSON value with at most 64 brackets inside each other. All other functions
/// here expect text for which this is true, or a slice that one of them gave out.
auto is_json(std::string_view text) -> bool;

/// Without white space around it, or before it.
auto trimmed(std::string_view text) -> std::string_view;
auto left_trimmed(std::string_view text) -> std::string_view;

/// From the start of any text to where a JSON value that begins there ends, by its brackets; to the
/// end of the text if it does not.
auto first_value(std::string_view text) -> std::string_view;

/// Whether an object or an array starts there.
auto is_object(std::string_view value) -> bool;
auto is_array(std::string_view value) -> bool;

/// The elements of an array; none of anything else.
auto elements_of(std::string_view array) -> std::vector<std::string_view>;

using json_members = std::vector<std::pair<std::string_view, std::string_view>>;

/// The members of an object, as they stand: names with their quotes; none of anything else.
auto members_of(std::string_view object) -> json_members;

/// The value of one of them, as below.
auto find_member(const json_members& inside, std::string_view name)
    -> std::optional<std::string_view>;

/// The value of a member, its name compared without regard to case; of duplicates the last.
auto member_of(std::string_view object, std::string_view name) -> std::optional<std::string_view>;

/// The text of a string value, escapes resolved; "" for any other value.
auto string_of(std::string_view value) -> std::string;
/// The same of a member that may be absent.
auto string_of(std::string_view object, std::string_view name) -> std::string;

/// `text` as a JSON string, with quotes.
auto quoted_json(std::string_view text) -> std::string;

/// A value on one line: in sound JSON a line break can only stand between tokens.
auto on_one_line(std::string_view value) -> std::string;

/// Tells the lines of slices of one text, which must come in order.
class line_of_slice {
public:
  explicit line_of_slice(std::string_view text) : next_(text.data()) {}
  auto operator()(std::string_view slice) -> std::size_t;

private:
  const char* next_;
  std::size_t line_ = 1;
};

} // namespace replay
