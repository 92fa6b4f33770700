#include "scenarios/model/record_file.hpp"

#include "core/json/check.hpp"
#include "core/json/slice.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace scenarios::model {
namespace {

namespace json = core::json;

constexpr auto file_bytes_max = std::size_t{256} << 20U;

auto line_of(std::string_view text, std::string_view slice) -> std::size_t {
  const auto before = text.substr(0, static_cast<std::size_t>(slice.data() - text.data()));
  return static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1;
}

auto not_an_object(std::size_t line) -> std::string {
  return "line " + std::to_string(line) + " holds no JSON object";
}

auto slice_array(std::string_view text, std::string_view array) -> record_file {
  auto out = record_file();
  json::for_each_element(array, [&](std::string_view item) {
    if (json::kind_of(item) != json::kind::object && out.wrong.empty()) {
      out.wrong = not_an_object(line_of(text, item));
    }
    out.records.push_back({std::string(item), line_of(text, item)});
  });
  return out;
}

auto slice_lines(std::string_view text) -> record_file {
  auto out = record_file();
  auto line = std::size_t{0};
  while (!text.empty()) {
    ++line;
    const auto end = std::min(text.find('\n'), text.size());
    const auto item = json::body(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (item.empty()) {
      continue;
    }
    if (!json::check(item) || json::kind_of(item) != json::kind::object) {
      out.wrong = not_an_object(line);
      return out;
    }
    out.records.push_back({std::string(item), line});
  }
  return out;
}

} // namespace

auto slice_records(const std::string& text) -> record_file {
  const auto whole = json::bounds{file_bytes_max, 64};
  if (json::check(text, whole)) {
    if (json::kind_of(text) == json::kind::array) {
      return slice_array(text, text);
    }
    const auto value = json::member(text, "value");
    if (value && json::kind_of(*value) == json::kind::array) {
      return slice_array(text, *value);
    }
    if (json::kind_of(text) == json::kind::object) {
      return {{{std::string(json::body(text)), 1}}, {}};
    }
  }
  auto out = slice_lines(text);
  if (out.wrong.empty() && out.records.empty()) {
    out.wrong = "the file holds no record";
  }
  return out;
}

auto read_record_file(const std::string& path) -> record_file {
  auto out = record_file();
  auto file = std::ifstream(path, std::ios::binary);
  auto error = std::error_code();
  const auto size = std::filesystem::file_size(path, error);
  if (!file || error || std::filesystem::is_directory(path, error)) {
    out.wrong = "the file " + path + " cannot be read";
    return out;
  }
  if (size > file_bytes_max) {
    out.wrong = "the file " + path + " is larger than 256 MiB";
    return out;
  }
  const auto text = std::string(std::istreambuf_iterator<char>(file), {});
  return slice_records(text);
}

} // namespace scenarios::model
