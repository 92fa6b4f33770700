#include "scenarios/model/record_file.hpp"

#include "core/adapters/files/text_file.hpp"
#include "core/json/check.hpp"
#include "core/json/slice.hpp"

#include <algorithm>

namespace scenarios::model {
namespace {

namespace json = core::json;

constexpr auto record_bytes_max = std::size_t{256} << 20U;
/// A file with more lines that are no records is none of records.
constexpr auto bad_lines_max = 20;

/// Tells the lines of slices of one text, which must come in order: each byte is looked at once.
class line_counter {
public:
  explicit line_counter(std::string_view text) : next_(text.data()) {}

  auto line_of(std::string_view slice) -> std::size_t {
    line_ += static_cast<std::size_t>(std::count(next_, slice.data(), '\n'));
    next_ = slice.data();
    return line_;
  }

private:
  const char* next_;
  std::size_t line_ = 1;
};

auto not_an_object(std::size_t line) -> std::string {
  return "line " + std::to_string(line) + " holds no JSON object";
}

auto slice_array(std::string_view text, std::string_view array) -> record_file {
  auto out = record_file();
  auto lines = line_counter(text);
  json::for_each_element(array, [&](std::string_view item) {
    const auto line = lines.line_of(item);
    if (json::kind_of(item) != json::kind::object && out.wrong.empty()) {
      out.wrong = not_an_object(line);
    }
    out.records.push_back({std::string(item), line});
  });
  return out;
}

auto slice_lines(std::string_view text) -> record_file {
  auto out = record_file();
  auto line = std::size_t{0};
  auto bad_lines_left = bad_lines_max;
  while (!text.empty()) {
    ++line;
    const auto end = std::min(text.find('\n'), text.size());
    const auto item = json::body(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (item.empty()) {
      continue;
    }
    if (json::check(item) && json::kind_of(item) == json::kind::object) {
      out.records.push_back({std::string(item), line});
    } else {
      out.wrong += (out.wrong.empty() ? "" : ", ") + not_an_object(line);
      bad_lines_left -= 1;
    }
    if (bad_lines_left == 0) {
      out.wrong += ", and no more is read";
      return out;
    }
  }
  return out;
}

/// Text that is one JSON value: a list, a page, or one record.
auto slice_whole(const std::string& text) -> record_file {
  if (json::kind_of(text) == json::kind::array) {
    return slice_array(text, text);
  }
  for (const auto* name : {"value", "results"}) {
    const auto value = json::member(text, name);
    if (value && json::kind_of(*value) == json::kind::array) {
      return slice_array(text, *value);
    }
  }
  if (json::kind_of(text) != json::kind::object) {
    return {{}, not_an_object(1)};
  }
  const auto item = json::body(text);
  return {{{std::string(item), line_counter(text).line_of(item)}}, {}};
}

} // namespace

auto slice_records(const std::string& text) -> record_file {
  const auto sound = json::check(text, json::bounds{record_bytes_max, 64});
  auto out = sound ? slice_whole(text) : slice_lines(text);
  if (!sound && json::kind_of(text) == json::kind::array) {
    out = {{}, "no JSON array: " + sound.error().why};
  }
  return out;
}

auto read_record_file(const std::string& path) -> record_file {
  const auto file = core::adapters::read_text_file(path, record_bytes_max);
  if (!file.wrong.empty()) {
    return {{}, "the file " + path + " " + file.wrong};
  }
  auto out = slice_records(file.text);
  if (out.wrong.empty() && out.records.empty()) {
    out.wrong = "the file holds no record";
  }
  out.wrong = out.wrong.empty() ? "" : path + ": " + out.wrong;
  return out;
}

} // namespace scenarios::model
