#include "mock_graph/odata/skiptoken.hpp"

#include "core/seams/digest.hpp"
#include "core/seams/letters.hpp"
#include "mock_graph/odata/value.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace mock_graph::odata {
namespace {

constexpr auto alphabet =
    std::string_view{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"};
constexpr auto token_bytes_max = std::size_t{4096};
constexpr auto seal_length = std::size_t{16};

auto to_base64url(std::string_view bytes) -> std::string {
  auto out = std::string{};
  auto held = 0U;
  auto bits = 0;
  for (const auto c : bytes) {
    held = (held << 8U | static_cast<unsigned char>(c)) & 0xFFFFU;
    for (bits += 8; bits >= 6; bits -= 6) {
      out += alphabet[held >> static_cast<unsigned>(bits - 6) & 0x3FU];
    }
  }
  if (bits > 0) {
    out += alphabet[held << static_cast<unsigned>(6 - bits) & 0x3FU];
  }
  return out;
}

/// Only the canonical form is accepted: bits left over at the end are zero.
auto from_base64url(std::string_view text) -> std::optional<std::string> {
  auto out = std::string{};
  for (const auto c : text) {
    if (alphabet.find(c) == std::string_view::npos) {
      return {};
    }
  }
  auto held = 0U;
  auto bits = 0;
  for (const auto c : text) {
    held = (held << 6U | static_cast<unsigned>(alphabet.find(c))) & 0xFFFFU;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<char>(held >> static_cast<unsigned>(bits) & 0xFFU);
    }
  }
  return to_base64url(out) == text ? std::optional{std::move(out)} : std::nullopt;
}

auto seal_of(std::string_view content) -> std::string {
  return seams::to_hex(seams::sha256("offtenant page mark\n" + std::string(content)))
      .substr(0, seal_length);
}

/// Takes the text up to the next line break off the front.
auto take_line(std::string_view& text) -> std::string_view {
  const auto end = std::min(text.find('\n'), text.size());
  const auto line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

template <class T> auto to_number(std::string_view text) -> std::optional<T> {
  auto out = T{};
  const auto* last = text.data() + text.size();
  const auto [end, fault] = std::from_chars(text.data(), last, out);
  return fault == std::errc{} && end == last ? std::optional{out} : std::nullopt;
}

auto decides_rows(std::string_view name) -> bool {
  return name == "$filter" || name == "$orderby" || name == "$search" || !name.starts_with('$');
}

} // namespace

auto query_fingerprint(const target& request) -> std::string {
  auto text = std::string{};
  for (const auto& step : request.path) {
    text += '/' + (step.is_key ? step.name : seams::lower_case(step.name));
  }
  for (const auto& each : request.query) {
    const auto name = seams::lower_case(each.name);
    if (decides_rows(name)) {
      text += '\n' + name + '=' + each.value;
    }
  }
  return seams::to_hex(seams::sha256(text)).substr(0, seal_length);
}

auto encode_skip_token(const page_mark& mark) -> std::string {
  const auto content = std::to_string(mark.as_of.time_since_epoch().count()) + '\n' +
                       std::to_string(mark.position) + '\n' + mark.query + '\n' + mark.last_key;
  return to_base64url(seal_of(content) + content);
}

auto decode_skip_token(std::string_view token, std::string_view query) -> outcome<page_mark> {
  if (token.size() > token_bytes_max) {
    return invalid_skip_token();
  }
  const auto bytes = from_base64url(token);
  if (!bytes || bytes->size() < seal_length) {
    return invalid_skip_token();
  }
  auto content = std::string_view{*bytes}.substr(seal_length);
  if (seal_of(content) != bytes->substr(0, seal_length)) {
    return invalid_skip_token();
  }
  const auto ticks = to_number<std::int64_t>(take_line(content));
  const auto position = to_number<std::uint64_t>(take_line(content));
  const auto made_for = take_line(content);
  if (!ticks || !position || made_for != query) {
    return invalid_skip_token();
  }
  return page_mark{seams::instant{seams::duration{*ticks}},
                   *position,
                   std::string(content),
                   std::string(made_for)};
}

auto invalid_skip_token() -> api_error {
  return {400, "", "Invalid Skip Token"};
}

} // namespace mock_graph::odata
