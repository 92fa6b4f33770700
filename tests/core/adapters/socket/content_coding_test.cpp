#include "core/adapters/socket/content_coding.hpp"

#include <doctest/doctest.h>
#include <zlib.h>

using namespace core::adapters;

namespace {

auto gzipped(std::string_view text) -> std::string {
  auto stream = z_stream();
  REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  auto out = std::string(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

constexpr auto bound = std::size_t{1'000'000};

} // namespace

TEST_SUITE("content_coding") {
  TEST_CASE("gzip gives back what went in, also when output ends at a step's edge") {
    for (const auto size : {0U, 1U, 65'535U, 65'536U, 65'537U, 131'072U, 1'000'000U}) {
      const auto text = std::string(size, 'x');
      const auto got = gunzip(gzipped(text), bound);
      CHECK(got.outcome == decoding::done);
      CHECK(got.body == text);
    }
  }

  TEST_CASE("members that follow each other are one body") {
    const auto got = gunzip(gzipped("one ") + gzipped("") + gzipped("two"), bound);
    CHECK(got.outcome == decoding::done);
    CHECK(got.body == "one two");
  }

  TEST_CASE("a bomb stops at the bound") {
    CHECK(gunzip(gzipped(std::string(bound + 1, '\0')), bound).outcome == decoding::too_large);
    CHECK(gunzip(gzipped(std::string(50 * bound, '\0')), bound).outcome == decoding::too_large);
  }

  TEST_CASE("every shortened, disfigured or lengthened stream is broken") {
    const auto good = gzipped("a text that is long enough to be worth it, worth it, worth it");
    for (auto size = std::size_t{0}; size < good.size(); ++size) {
      CHECK(gunzip(good.substr(0, size), bound).outcome == decoding::broken);
    }
    CHECK(gunzip(good + "x", bound).outcome == decoding::broken);
    CHECK(gunzip("plain text", bound).outcome == decoding::broken);
    auto flipped = good;
    flipped[good.size() - 8] = static_cast<char>(flipped[good.size() - 8] ^ 1); // the checksum
    CHECK(gunzip(flipped, bound).outcome == decoding::broken);
  }
}
