#pragma once
// Reads one HTTP request off a connection straight into a seams::request.
#include "core/seams/http.hpp"

#include <boost/beast/http/basic_parser.hpp>

#include <cstdint>
#include <string_view>

namespace mock_graph::wire {

/// Of a request, as it comes and unpacked.
constexpr auto body_bytes_max = std::uint64_t{32} * 1024 * 1024;

/// For Beast's read functions. At most 64 KiB of header and 32 MiB of body. A transfer coding that
/// does not end with chunked leaves open where the request ends and is an error (RFC 9112, 6.3).
class request_parser final : public boost::beast::http::basic_parser<true> {
public:
  request_parser();

  /// The request with an absolute URL, made of `scheme`, the Host field and the target; empty URL
  /// when there is no usable Host. Fields of the wire are still there. Call it once.
  auto release(std::string_view scheme) -> seams::request;

  [[nodiscard]] auto fields() const -> const seams::headers& { return into_.fields; }
  [[nodiscard]] auto method() const -> const std::string& { return into_.method; }
  /// As it stands in the request line.
  [[nodiscard]] auto target() const -> const std::string& { return target_; }
  /// 10 or 11.
  [[nodiscard]] auto version() const -> int { return version_; }

private:
  using error_code = boost::beast::error_code;
  using string_view = boost::beast::string_view;
  using field = boost::beast::http::field;
  using verb = boost::beast::http::verb;

  void
  on_request_impl(verb, string_view method, string_view target, int version, error_code&) override;
  void on_response_impl(int, string_view, int, error_code&) override {}
  void on_field_impl(field, string_view name, string_view value, error_code&) override {
    into_.fields.add(std::string(name), std::string(value));
  }
  void on_header_impl(error_code& error) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  auto on_body_impl(string_view body, error_code&) -> std::size_t override {
    into_.body.append(body.data(), body.size());
    return body.size();
  }
  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
  auto on_chunk_body_impl(std::uint64_t, string_view body, error_code& error)
      -> std::size_t override {
    return on_body_impl(body, error);
  }
  void on_finish_impl(error_code&) override {}

  seams::request into_;
  std::string target_;
  int version_ = 11;
};

} // namespace mock_graph::wire
