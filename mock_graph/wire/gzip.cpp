#include "mock_graph/wire/gzip.hpp"

#include "core/seams/http.hpp"
#include "core/seams/letters.hpp"

#include <zlib.h>

#include <optional>
#include <stdexcept>

namespace mock_graph::wire {
namespace {

constexpr auto gzip_format = MAX_WBITS + 16;
constexpr auto memory_level = 8; // zlib's default
constexpr auto inflate_bytes = std::size_t{64} * 1024;

auto trimmed(std::string_view text) -> std::string_view {
  const auto first = std::min(text.find_first_not_of(" \t"), text.size());
  text.remove_prefix(first);
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

/// "q=0", "q=0.", "q=0.000".
auto is_zero_weight(std::string_view parameter) -> bool {
  const auto text = trimmed(parameter);
  return (text.starts_with("q=") || text.starts_with("Q=")) && text.size() > 2 &&
         text.find_first_not_of("0.", 2) == std::string_view::npos;
}

} // namespace

auto is_gzip(std::string_view coding) -> bool {
  return seams::equal_ignoring_case(coding, "gzip") || seams::equal_ignoring_case(coding, "x-gzip");
}

auto gzip(std::string_view body) -> std::string {
  auto stream = z_stream();
  if (deflateInit2(&stream, 1, Z_DEFLATED, gzip_format, memory_level, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  auto out = std::string(deflateBound(&stream, static_cast<uLong>(body.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  stream.avail_in = static_cast<uInt>(body.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const auto status = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (status != Z_STREAM_END) {
    throw std::logic_error("gzip did not fit the bound that zlib gave");
  }
  return out;
}

auto gunzip(std::string_view packed, std::size_t bytes_max) -> std::optional<std::string> {
  auto stream = z_stream();
  if (inflateInit2(&stream, gzip_format) != Z_OK) {
    throw std::bad_alloc();
  }
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  auto out = std::string();
  auto status = Z_OK;
  while (status == Z_OK && out.size() <= bytes_max) {
    const auto had = out.size();
    out.resize(had + inflate_bytes);
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + had);
    stream.avail_out = static_cast<uInt>(inflate_bytes);
    status = inflate(&stream, Z_NO_FLUSH);
    out.resize(had + inflate_bytes - stream.avail_out);
  }
  const auto whole = status == Z_STREAM_END && stream.avail_in == 0 && out.size() <= bytes_max;
  inflateEnd(&stream);
  return whole ? std::optional(std::move(out)) : std::nullopt;
}

auto accepts_gzip(std::string_view accept_encoding) -> bool {
  auto by_star = false;
  auto by_name = std::optional<bool>();
  for (auto rest = accept_encoding; !rest.empty();) {
    const auto comma = std::min(rest.find(','), rest.size());
    const auto item = rest.substr(0, comma);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    const auto semicolon = std::min(item.find(';'), item.size());
    const auto name = trimmed(item.substr(0, semicolon));
    const auto weight = item.substr(std::min(semicolon + 1, item.size()));
    if (is_gzip(name)) {
      by_name = !is_zero_weight(weight);
    } else if (name == "*") {
      by_star = !is_zero_weight(weight);
    }
  }
  return by_name.value_or(by_star);
}

} // namespace mock_graph::wire
