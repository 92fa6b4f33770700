#include "core/feeds/audit_shapes.hpp"

#include "core/json/slice.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace core::feeds {
namespace {

/// The highest number of the schema (June 2026), and those below that it leaves out.
constexpr auto record_type_most = std::int64_t{463};
constexpr auto types_left_out =
    std::to_array<std::int64_t>({5, 12, 26, 27, 74, 77, 80, 81, 104, 108, 117});

/// Lists of {Name, Value}, by the schema; on the wire also strings, objects and lists of strings.
constexpr auto property_lists =
    std::to_array<std::string_view>({"Parameters", "ModifiedProperties", "ExtendedProperties"});

/// A number, also one in quotes: pipelines turn them into text.
auto number_of(std::string_view slice) -> std::optional<std::int64_t> {
  if (const auto text = json::as_string(slice)) {
    auto out = std::int64_t{0};
    const auto* end = text->data() + text->size();
    const auto read = std::from_chars(text->data(), end, out);
    return read.ec == std::errc() && read.ptr == end ? std::optional(out) : std::nullopt;
  }
  return json::as_int64(slice);
}

auto word_of(json::kind what) -> std::string_view {
  switch (what) {
  case json::kind::object:
    return "an object";
  case json::kind::array:
    return "a list";
  case json::kind::string:
    return "a string";
  case json::kind::number:
    return "a number";
  case json::kind::boolean:
    return "a truth value";
  case json::kind::null:
  case json::kind::nothing:
    return "nothing";
  }
  return "nothing";
}

void note_type(std::string_view record, std::set<std::string>& into) {
  const auto slice = json::member(record, "RecordType");
  const auto number = slice ? number_of(*slice) : std::nullopt;
  if (!number) {
    into.insert(slice ? "a record type that is no number" : "no record type");
  } else if (*number < 1 || *number > record_type_most ||
             std::ranges::find(types_left_out, *number) != types_left_out.end()) {
    into.insert("record type " + std::to_string(*number));
  }
}

void note_list(std::string_view value, std::string_view name, std::set<std::string>& into) {
  const auto what = json::kind_of(value);
  if (what == json::kind::null) {
    return;
  }
  if (what != json::kind::array) {
    into.insert(std::string(name) + " is " + std::string(word_of(what)));
    return;
  }
  json::for_each_element(value, [&](std::string_view one) {
    const auto inner = json::kind_of(one);
    if (inner != json::kind::object) {
      into.insert(std::string(name) + " is a list with " + std::string(word_of(inner)) + " in it");
    }
  });
}

} // namespace

void note_novelties(std::string_view record, std::set<std::string>& into) {
  if (json::kind_of(record) != json::kind::object) {
    into.insert("a record that is " + std::string(word_of(json::kind_of(record))));
    return;
  }
  note_type(record, into);
  for (const auto name : property_lists) {
    if (const auto value = json::member(record, name)) {
      note_list(*value, name, into);
    }
  }
}

} // namespace core::feeds
