#pragma once
// Which certificates a client believes. Built once per process: loading roots is slow.
#include "core/seams/result.hpp"

#include <boost/asio/ssl/context.hpp>

#include <memory>
#include <string_view>

namespace core::adapters {

/// A finished TLS client context, 1.2 or newer. Nobody changes it, so threads may share it.
using trust = std::shared_ptr<boost::asio::ssl::context>;

/// Believes the roots in `pem` and nobody else. Fails with "bad_certificate" when `pem` holds no
/// readable certificate.
auto trust_pem(std::string_view pem) -> seams::result<trust>;

/// Believes whom the operating system believes.
auto trust_system() -> trust;

} // namespace core::adapters
