#include "mock_graph/wire/request_parser.hpp"

namespace mock_graph::wire {
namespace {

constexpr auto header_bytes_max = std::uint32_t{64 * 1024};

auto is_plain_host(std::string_view host) -> bool {
  return !host.empty() && host.find_first_of("/?#@ \t") == std::string_view::npos;
}

} // namespace

request_parser::request_parser() {
  header_limit(header_bytes_max);
  body_limit(body_bytes_max);
}

void request_parser::on_request_impl(
    verb, string_view method, string_view target, int version, error_code&) {
  into_.method = std::string(method);
  target_ = std::string(target);
  version_ = version;
}

void request_parser::on_header_impl(error_code& error) {
  if (into_.fields.find("Transfer-Encoding") && !chunked()) {
    error = boost::beast::http::error::bad_transfer_encoding;
  }
}

auto request_parser::release(std::string_view scheme) -> seams::request {
  // A proxy's client sends the absolute form (RFC 9112, 3.2.2); its host outranks the field.
  const auto absolute = target_.starts_with("http://") || target_.starts_with("https://");
  const auto host = into_.fields.find("Host").value_or("");
  if (absolute) {
    into_.url = target_;
  } else if (is_plain_host(host) && target_.starts_with('/')) {
    into_.url = std::string(scheme) + "://" + std::string(host) + target_;
  }
  return std::move(into_);
}

} // namespace mock_graph::wire
