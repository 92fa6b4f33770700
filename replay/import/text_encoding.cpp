#include "replay/import/text_encoding.hpp"

#include "replay/text/encodings.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace replay {
namespace {

enum class unit_order { little, big };

auto not_text(std::size_t offset, std::string_view encoding) -> seams::failure {
  return {seams::reaction::stop_and_diagnose,
          "no_text",
          "is no text: byte " + std::to_string(offset) + " is no " + std::string(encoding) +
              "; text is taken as UTF-8 and UTF-16"};
}

auto utf16_unit(std::string_view bytes, std::size_t at, unit_order order) -> std::uint32_t {
  const auto first = static_cast<unsigned char>(bytes[at]);
  const auto second = static_cast<unsigned char>(bytes[at + 1]);
  return order == unit_order::little ? static_cast<std::uint32_t>(second << 8U | first)
                                     : static_cast<std::uint32_t>(first << 8U | second);
}

/// A lone half of a pair becomes U+FFFD, as a text cut in the middle of an emoji has one.
auto from_utf16(std::string_view bytes, unit_order order) -> seams::result<std::string> {
  if (bytes.size() % 2 != 0) {
    return not_text(bytes.size() - 1, "UTF-16");
  }
  auto out = std::string();
  out.reserve(bytes.size());
  for (auto at = std::size_t{0}; at < bytes.size(); at += 2) {
    auto code = utf16_unit(bytes, at, order);
    if (code >= 0xD800U && code < 0xE000U) {
      const auto next = at + 3 < bytes.size() ? utf16_unit(bytes, at + 2, order) : 0;
      const auto pair = code < 0xDC00U && next >= 0xDC00U && next < 0xE000U;
      code = pair ? 0x10000U + ((code - 0xD800U) << 10U) + (next - 0xDC00U) : 0xFFFDU;
      at += pair ? 2 : 0;
    }
    text::append_utf8(out, code);
  }
  return out;
}

auto checked_utf8(std::string content) -> seams::result<std::string> {
  for (auto rest = std::string_view(content); !rest.empty();) {
    const auto length = rest.front() == '\0' ? 0 : text::utf8_length(rest);
    if (length == 0) {
      return not_text(content.size() - rest.size(), "UTF-8");
    }
    rest.remove_prefix(length);
  }
  return content;
}

} // namespace

auto to_utf8(std::string bytes) -> seams::result<std::string> {
  if (bytes.starts_with("\xff\xfe")) {
    return from_utf16(std::string_view(bytes).substr(2), unit_order::little);
  }
  if (bytes.starts_with("\xfe\xff")) {
    return from_utf16(std::string_view(bytes).substr(2), unit_order::big);
  }
  if (bytes.size() >= 2 && bytes[0] != '\0' && bytes[1] == '\0') {
    return from_utf16(bytes, unit_order::little);
  }
  if (bytes.size() >= 2 && bytes[0] == '\0' && bytes[1] != '\0') {
    return from_utf16(bytes, unit_order::big);
  }
  return checked_utf8(bytes.starts_with("\xef\xbb\xbf") ? bytes.substr(3) : std::move(bytes));
}

} // namespace replay
