#include "mock_graph/odata/skiptoken.hpp"

#include <doctest/doctest.h>

using namespace mock_graph::odata;

namespace {

const auto start = seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};

auto print_of(const std::string& rest) -> std::string {
  return query_fingerprint(read_target("https://h" + rest).value());
}

auto sample() -> page_mark {
  return {start, 100, "2026-03-01T10:00:00Z\nid|1", "abcd"};
}

} // namespace

TEST_SUITE("odata_skiptoken") {
  TEST_CASE("a mark survives the round trip, whatever its key holds") {
    CHECK(decode_skip_token(encode_skip_token(sample()), "abcd").value() == sample());
    auto key = std::string{};
    for (auto byte = 0; byte < 256; ++byte) {
      key += static_cast<char>(byte);
      const auto mark = page_mark{start - seams::duration{1}, UINT64_MAX, key, ""};
      CHECK(decode_skip_token(encode_skip_token(mark), "").value() == mark);
    }
  }

  TEST_CASE("a token needs no encoding in a URL") {
    const auto token = encode_skip_token(sample());
    CHECK(token.find_first_not_of(
              "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
          std::string::npos);
    const auto request = read_target("https://h/x?$top=5").value();
    CHECK(link_with(request, "$skiptoken", token) == "https://h/x?$top=5&$skiptoken=" + token);
  }

  TEST_CASE("any changed, lost or added character makes it invalid") {
    const auto token = encode_skip_token(sample());
    for (auto i = std::size_t{0}; i < token.size(); ++i) {
      auto other = token;
      other[i] = other[i] == 'A' ? 'B' : 'A';
      CHECK_FALSE(decode_skip_token(other, "abcd").has_value());
      CHECK_FALSE(decode_skip_token(token.substr(0, i), "abcd").has_value());
    }
    CHECK_FALSE(decode_skip_token(token + "A", "abcd").has_value());
    CHECK_FALSE(decode_skip_token(token + "=", "abcd").has_value());
  }

  TEST_CASE("an invalid token answers as on record") {
    for (const auto& bad : {std::string(), std::string("X'445370'"), std::string(1'000'000, 'A')}) {
      const auto got = decode_skip_token(bad, "abcd");
      REQUIRE_FALSE(got.has_value());
      CHECK(got.error().status == 400);
      CHECK(got.error().code.empty());
      CHECK(got.error().message == "Invalid Skip Token");
    }
  }

  TEST_CASE("a token serves only the query it was made for") {
    CHECK_FALSE(decode_skip_token(encode_skip_token(sample()), "other").has_value());
  }

  TEST_CASE("page size and skipping leave the fingerprint alone, what decides rows does not") {
    const auto base = print_of("/v1.0/security/alerts_v2?$filter=a eq 1&$top=5");
    CHECK(print_of("/V1.0/Security/alerts_V2?$top=9&$skiptoken=x&$count=true&%24filter=a+eq+1") ==
          base);
    CHECK(print_of("/v1.0/security/alerts_v2?$filter=a eq 2") != base);
    CHECK(print_of("/v1.0/security/alerts_v2?$filter=a eq 1&$orderby=a") != base);
    CHECK(print_of("/v1.0/security/incidents?$filter=a eq 1") != base);
    CHECK(print_of("/v1.0/security/alerts_v2?$filter=a eq 1&startTime=x") != base);
  }
}
