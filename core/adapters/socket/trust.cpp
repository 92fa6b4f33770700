#include "core/adapters/socket/trust.hpp"

#include <boost/asio/buffer.hpp>

namespace core::adapters {
namespace {

namespace ssl = boost::asio::ssl;

auto client_context() -> trust {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_client);
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  context->set_verify_mode(ssl::verify_peer);
  return context;
}

} // namespace

auto trust_pem(std::string_view pem) -> seams::result<trust> {
  auto context = client_context();
  auto error = boost::system::error_code();
  context->add_certificate_authority(boost::asio::buffer(pem), error);
  if (pem.empty() || error) {
    return seams::failure(seams::reaction::stop_and_diagnose,
                          "bad_certificate",
                          "the root certificates are not readable PEM: " + error.message());
  }
  return context;
}

auto trust_system() -> trust {
  auto context = client_context();
  context->set_default_verify_paths();
  return context;
}

} // namespace core::adapters
