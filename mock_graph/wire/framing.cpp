#include "mock_graph/wire/framing.hpp"

#include "mock_graph/wire/gzip.hpp"

#include <boost/beast/http/status.hpp>

#include <array>
#include <charconv>
#include <string_view>

namespace mock_graph::wire {
namespace {

namespace http = boost::beast::http;

constexpr auto compress_above_bytes = std::size_t{1024};
constexpr auto chunk_above_bytes = std::size_t{8} * 1024;
constexpr auto chunk_bytes = std::size_t{16} * 1024;

auto status_line(int status, int version) -> std::string {
  const auto reason = http::obsolete_reason(http::int_to_status(static_cast<unsigned>(status)));
  return (version == 10 ? "HTTP/1.0 " : "HTTP/1.1 ") + std::to_string(status) + " " +
         std::string(reason) + "\r\n";
}

auto hexadecimal(std::size_t number) -> std::string {
  auto digits = std::array<char, 16>();
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16);
  return {digits.data(), end};
}

void append_chunked(std::string& out, std::string_view body) {
  out += "Transfer-Encoding: chunked\r\n\r\n";
  while (!body.empty()) {
    const auto piece = body.substr(0, chunk_bytes);
    body.remove_prefix(piece.size());
    out += hexadecimal(piece.size()) + "\r\n";
    out += piece;
    out += "\r\n";
  }
  out += "0\r\n\r\n";
}

void append_sized(std::string& out, std::string_view body, std::size_t sent_bytes_max) {
  out += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  out += body.substr(0, sent_bytes_max);
}

auto connection_field(const framing_rules& rules) -> std::string_view {
  if (!rules.keep_alive) {
    return "Connection: close\r\n";
  }
  return rules.version == 10 ? "Connection: keep-alive\r\n" : "";
}

} // namespace

auto to_bytes(const reply& answer, const framing_rules& rules) -> std::string {
  const auto& [response, travel] = answer;
  const auto cut = travel.how == delivery::kind::cut;
  auto out = status_line(response.status, rules.version);
  out.reserve(out.size() + response.body.size() + 1024);
  for (const auto& [name, value] : response.fields) {
    out += name + ": " + value + "\r\n";
  }
  out += connection_field(rules);
  if (!rules.body_allowed) {
    return out += "\r\n";
  }
  const auto squeeze = rules.gzip && !cut && !response.body_undecodable &&
                       response.body.size() > compress_above_bytes;
  const auto packed = squeeze ? gzip(response.body) : std::string();
  const auto& body = squeeze ? packed : response.body;
  if (squeeze || response.body_undecodable) {
    out += "Content-Encoding: gzip\r\n";
  }
  if (body.size() > chunk_above_bytes && !cut && rules.version != 10) {
    append_chunked(out, body);
  } else {
    append_sized(out, body, cut ? travel.cut_after : body.size());
  }
  return out;
}

auto refusal(int status) -> std::string {
  return status_line(status, 11) + "Connection: close\r\nContent-Length: 0\r\n\r\n";
}

} // namespace mock_graph::wire
