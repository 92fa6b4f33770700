#pragma once
// Changes the texts of XML and HTML, well-formed or not, and leaves their tags as they are.
#include <functional>
#include <string>
#include <string_view>

namespace replay {

struct markup_changes {
  /// What to put instead of a text that is not blank. `element` is the local name of the tag before
  /// it, "" behind a closing tag and in comments.
  std::function<std::string(std::string_view element, std::string_view text)> text;
  /// What to put instead of the value of an attribute, which has its local name.
  std::function<std::string(std::string_view attribute, std::string_view value)> value;
  /// What to put instead of the name of an element or attribute, or of another word in a tag.
  std::function<std::string(std::string_view name)> name;
};

/// Whether a text begins with a tag, a declaration or a comment.
auto begins_like_markup(std::string_view text) -> bool;

auto rewrite_markup(std::string_view text, const markup_changes& how) -> std::string;

} // namespace replay
