#include "core/ocsf/document.hpp"

#include "core/json/check.hpp"
#include "core/json/slice.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>

namespace core::ocsf {
namespace {

template <class number> auto whole_text_as(std::string_view text) -> std::optional<number> {
  auto out = number{};
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, out);
  return read.ec == std::errc() && read.ptr == end ? std::optional(out) : std::nullopt;
}

auto read_number(std::string_view text) -> nlohmann::json {
  if (const auto small = whole_text_as<std::int64_t>(text)) {
    return *small;
  }
  if (const auto large = whole_text_as<std::uint64_t>(text)) {
    return *large;
  }
  const auto is_whole = text.find_first_of(".eE") == std::string_view::npos;
  const auto real = is_whole ? std::nullopt : whole_text_as<double>(text);
  return real && std::isfinite(*real) ? nlohmann::json(*real) : nlohmann::json(text);
}

auto read_value(std::string_view slice) -> nlohmann::json {
  switch (json::kind_of(slice)) {
  case json::kind::object: {
    auto out = nlohmann::json::object();
    json::for_each_member(slice, [&](std::string_view name, std::string_view value) {
      out[json::unescape(name).value_or(std::string(name))] = read_value(value);
    });
    return out;
  }
  case json::kind::array: {
    auto out = nlohmann::json::array();
    json::for_each_element(slice, [&](std::string_view one) { out.push_back(read_value(one)); });
    return out;
  }
  case json::kind::string:
    return json::as_string(slice).value_or("");
  case json::kind::number:
    return read_number(slice);
  case json::kind::boolean:
    return json::as_bool(slice).value_or(false);
  case json::kind::null:
  case json::kind::nothing:
    break;
  }
  return nullptr;
}

} // namespace

auto read_document(std::string_view text) -> seams::result<nlohmann::json> {
  if (const auto sound = json::check(text); sound.has_error()) {
    return sound.error();
  }
  return read_value(json::body(text));
}

auto to_line(const nlohmann::json& value) -> std::string {
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace core::ocsf
