#pragma once
// Changes the strings of a JSON text and leaves every other byte as it is, cut texts too.
#include <functional>
#include <string>
#include <string_view>

namespace replay {

/// Where a value stands.
struct json_place {
  std::string_view field; ///< the name of the member, or of the list it is in; "" at the top
  /// What a member "Name", "name", "Key", "key" or "displayName" before it in the same object says,
  /// for lists of names with values.
  std::string_view named;
  /// The member that holds the object: "Parameters" for a "Name" in one of its elements.
  std::string_view holder;
};

struct json_changes {
  /// The text to put instead of a string's; the same if it stays.
  std::function<std::string(const json_place& at, const std::string& text)> value;
  /// The same for the name of a member.
  std::function<std::string(const std::string& name)> name;
  /// What to put instead of a number.
  std::function<std::string(const json_place& at, std::string_view number)> number;
  /// What to put instead of what is no JSON: text behind it, words without quotes.
  std::function<std::string(std::string_view text)> stray;
};

/// `text` need not be whole or right: a string that does not end is changed like any other.
auto rewrite_json(std::string_view text, const json_changes& how) -> std::string;

/// Whether a text begins as a JSON object or list with something in it does.
auto begins_like_json(std::string_view text) -> bool;

/// The inside of a JSON string with its escapes resolved; what is no escape stays as it is.
auto json_unescaped(std::string_view raw) -> std::string;

} // namespace replay
