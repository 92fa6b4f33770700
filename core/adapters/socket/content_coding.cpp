#include "core/adapters/socket/content_coding.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>
#include <utility>

namespace core::adapters {
namespace {

constexpr auto gzip_only = MAX_WBITS + 16; // zlib: "add 16 to decode only the gzip format"
constexpr auto step_bytes = std::size_t{64} * 1024;

/// Owns a z_stream.
class inflater {
public:
  explicit inflater(std::string_view bytes) {
    // zlib never writes through next_in; its C interface lacks the const.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    if (inflateInit2(&stream_, gzip_only) != Z_OK) {
      throw std::bad_alloc();
    }
  }
  inflater(const inflater&) = delete;
  auto operator=(const inflater&) -> inflater& = delete;
  ~inflater() { inflateEnd(&stream_); }

  /// Appends at most one step of output.
  auto advance(std::string& out) -> int {
    const auto before = out.size();
    out.resize(before + step_bytes);
    stream_.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    stream_.avail_out = static_cast<uInt>(step_bytes);
    const auto status = inflate(&stream_, Z_NO_FLUSH);
    out.resize(out.size() - stream_.avail_out);
    return status;
  }
  [[nodiscard]] auto has_input() const -> bool { return stream_.avail_in != 0; }
  auto next_member() -> bool { return inflateReset(&stream_) == Z_OK; }

private:
  z_stream stream_{};
};

} // namespace

auto gunzip(std::string_view bytes, std::size_t size_max) -> decoded {
  if (bytes.size() > std::numeric_limits<uInt>::max()) {
    return {decoding::too_large, {}};
  }
  auto member = inflater(bytes);
  auto body = std::string();
  body.reserve(std::min(size_max, bytes.size() * 4));
  for (;;) {
    const auto status = member.advance(body);
    if (body.size() > size_max) {
      return {decoding::too_large, {}};
    }
    if (status == Z_STREAM_END && !member.has_input()) {
      return {decoding::done, std::move(body)};
    }
    // Without progress (Z_BUF_ERROR) the input has ended too early.
    const auto goes_on = status == Z_STREAM_END ? member.next_member() : status == Z_OK;
    if (!goes_on) {
      return {decoding::broken, {}};
    }
  }
}

} // namespace core::adapters
