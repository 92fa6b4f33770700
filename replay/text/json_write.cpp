#include "replay/text/json_write.hpp"

namespace replay::text {

auto in_json_quotes(std::string_view text) -> std::string {
  constexpr auto digits = std::string_view("0123456789abcdef");
  constexpr auto meanings = std::string_view("\"\\\b\f\n\r\t");
  constexpr auto letters = std::string_view("\"\\bfnrt");
  auto out = std::string("\"");
  out.reserve(text.size() + 2);
  for (const auto c : text) {
    if (const auto which = meanings.find(c); which != std::string_view::npos) {
      out += '\\';
      out += letters[which];
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += "\\u00";
      out += digits[static_cast<unsigned char>(c) >> 4U];
      out += digits[static_cast<unsigned char>(c) & 15U];
    } else {
      out += c;
    }
  }
  return out + '"';
}

auto json_object::raw(std::string_view name, std::string_view value) -> json_object& {
  out_ += out_.size() == 1 ? "" : ",";
  out_ += in_json_quotes(name);
  out_ += ':';
  out_ += value;
  return *this;
}

auto json_object::text(std::string_view name, std::string_view value) -> json_object& {
  return raw(name, in_json_quotes(value));
}

auto json_object::number(std::string_view name, std::int64_t value) -> json_object& {
  return raw(name, std::to_string(value));
}

auto json_object::done() -> std::string {
  return std::move(out_) + '}';
}

} // namespace replay::text
