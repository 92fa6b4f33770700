#include "core/live/ndjson_line.hpp"

#include "core/json/check.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::live {
namespace {

/// A key is a text of the service's: bytes that are no UTF-8 become U+FFFD.
auto quoted(const std::string& text) -> std::string {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

auto base64(std::string_view bytes) -> std::string {
  constexpr auto letters =
      std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
  auto out = std::string();
  for (auto i = std::size_t{0}; i < bytes.size(); i += 3) {
    const auto size = std::min<std::size_t>(3, bytes.size() - i);
    auto group = 0U;
    for (auto j = std::size_t{0}; j < 3; ++j) {
      group = group << 8U | (j < size ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    }
    for (auto j = std::size_t{0}; j < 4; ++j) {
      out += j <= size ? letters[group >> (18U - 6U * j) & 63U] : '=';
    }
  }
  return out;
}

auto list_of(const std::vector<std::string>& texts) -> std::string {
  auto out = std::string("[");
  for (const auto& one : texts) {
    out += (out.size() == 1 ? "" : ",") + quoted(one);
  }
  return out + "]";
}

/// In sound JSON a line break can only stand between tokens: inside texts it is escaped.
auto without_line_breaks(std::string raw) -> std::string {
  std::ranges::replace_if(
      raw, [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return raw.starts_with("\xef\xbb\xbf") ? raw.substr(3) : raw;
}

} // namespace

auto ndjson_line(const stored_record& what) -> std::string {
  const auto& record = what.what;
  auto out = R"({"feed":)" + quoted(record.feed) + R"(,"connector_type":)" +
             quoted(record.connector_type) + R"(,"key":)" + quoted(record.key) + R"(,"version":)" +
             (record.version.empty() ? "null" : quoted(record.version)) + R"(,"event_time":)" +
             (record.event_time ? quoted(seams::to_rfc3339(*record.event_time)) : "null") +
             R"(,"received_at":)" + quoted(seams::to_rfc3339(what.received_at)) + R"(,"cuts":)" +
             list_of(record.cuts);
  if (json::check(record.raw)) {
    return out + R"(,"record":)" + without_line_breaks(record.raw) + "}\n";
  }
  return out + R"(,"record_base64":")" + base64(record.raw) + "\"}\n";
}

} // namespace core::live
