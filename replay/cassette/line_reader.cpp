#include "replay/cassette/line_reader.hpp"

#include <algorithm>

namespace replay {

line_reader::line_reader(const text::json_value& object, std::optional<line_problem>& wrong)
    : object_(object), wrong_(wrong) {
  if (object.what != text::json_value::kind::object) {
    complain(object.offset, "this is " + std::string(to_text(object.what)), "an object");
  }
}

void line_reader::complain(std::size_t offset, std::string message, std::string expected) {
  if (!wrong_) {
    wrong_ = line_problem{offset, std::move(message), std::move(expected)};
  }
}

void line_reader::complain(std::string_view key, std::string message, std::string expected) {
  const auto* value = object_.find(key);
  complain(
      value == nullptr ? object_.offset : value->offset, std::move(message), std::move(expected));
}

auto line_reader::take(std::string_view key, text::json_value::kind wanted, bool required)
    -> const text::json_value* {
  asked_.push_back(key);
  const auto* value = object_.find(key);
  if (wrong_ || (value == nullptr && !required)) {
    return nullptr;
  }
  const auto name = '"' + std::string(key) + '"';
  if (value == nullptr) {
    complain(object_.offset, name + " is missing", std::string(to_text(wanted)));
    return nullptr;
  }
  if (value->what != wanted) {
    complain(value->offset,
             name + " is " + std::string(to_text(value->what)),
             std::string(to_text(wanted)));
    return nullptr;
  }
  return value;
}

auto line_reader::text(std::string_view key) -> std::string {
  const auto* value = take(key, text::json_value::kind::string, true);
  return value == nullptr ? std::string() : value->text;
}

auto line_reader::text_if_there(std::string_view key) -> std::optional<std::string> {
  const auto* value = take(key, text::json_value::kind::string, false);
  return value == nullptr ? std::nullopt : std::optional(value->text);
}

auto line_reader::number(std::string_view key, std::int64_t least, std::int64_t most)
    -> std::int64_t {
  const auto* value = take(key, text::json_value::kind::number, true);
  if (value == nullptr) {
    return least;
  }
  const auto number = value->whole();
  if (!number || *number < least || *number > most) {
    complain(value->offset,
             '"' + std::string(key) + "\" is " + value->text,
             "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return least;
  }
  return *number;
}

auto line_reader::flag_if_there(std::string_view key) -> bool {
  const auto* value = take(key, text::json_value::kind::boolean, false);
  return value != nullptr && value->text == "true";
}

auto line_reader::list(std::string_view key) -> const text::json_value* {
  return take(key, text::json_value::kind::array, true);
}

auto line_reader::object_if_there(std::string_view key) -> const text::json_value* {
  return take(key, text::json_value::kind::object, false);
}

void line_reader::finish() {
  for (const auto& one : object_.members) {
    if (std::find(asked_.begin(), asked_.end(), one.name) == asked_.end()) {
      complain(one.offset, "the key \"" + one.name.substr(0, 80) + "\" is not known here");
    }
  }
}

} // namespace replay
