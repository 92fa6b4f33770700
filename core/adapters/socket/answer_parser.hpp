#pragma once
// Reads one HTTP answer off a connection straight into a seams::response.
#include "core/seams/http.hpp"

#include <boost/beast/http/basic_parser.hpp>

namespace core::adapters {

struct answer_limits {
  std::uint32_t header_bytes = 64 * 1024;
  std::uint64_t body_bytes = std::uint64_t{64} * 1024 * 1024; ///< as transferred
};

/// For Beast's read functions. Fields stay in the order of arrival; the body is free of chunks but
/// still in its content coding.
class answer_parser final : public boost::beast::http::basic_parser<false> {
public:
  /// `without_body`: the answer to a HEAD request.
  answer_parser(const answer_limits& limits, bool without_body);

  [[nodiscard]] auto status() const -> int { return into_.status; }
  [[nodiscard]] auto release() -> seams::response { return std::move(into_); }

private:
  using error_code = boost::beast::error_code;
  using string_view = boost::beast::string_view;
  using field = boost::beast::http::field;
  using verb = boost::beast::http::verb;

  void on_request_impl(verb, string_view, string_view, int, error_code&) override {}
  void on_response_impl(int code, string_view, int, error_code&) override { into_.status = code; }
  void on_field_impl(field, string_view name, string_view value, error_code&) override {
    into_.fields.add(std::string(name), std::string(value));
  }
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override;
  auto on_body_impl(string_view body, error_code&) -> std::size_t override;
  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
  auto on_chunk_body_impl(std::uint64_t, string_view body, error_code& error)
      -> std::size_t override {
    return on_body_impl(body, error);
  }
  void on_finish_impl(error_code&) override {}

  seams::response into_;
};

} // namespace core::adapters
