#pragma once
// X.509 certificates as app registrations hold them: read one, or make a self-signed one.
#include "core/seams/result.hpp"
#include "core/seams/time.hpp"
#include "mock_graph/login/keys.hpp"

#include <string>
#include <string_view>

namespace mock_graph::login {

struct certificate {
  public_key key;
  std::string sha1;   ///< of the DER form, raw bytes: header field `x5t`
  std::string sha256; ///< of the DER form, raw bytes: header field `x5t#S256`
  seams::instant not_before;
  seams::instant not_after; ///< the last moment at which it is valid
};

/// The first certificate of a PEM text; fails with code "certificate_unreadable".
auto read_certificate(std::string_view pem) -> seams::result<certificate>;

/// A certificate over `key`, signed by `key` itself, in DER. Depends on the arguments only; whole
/// seconds count. A scenario uses it for an app's certificate, valid or expired.
auto self_signed_certificate(const public_key& key,
                             std::string_view common_name,
                             seams::instant not_before,
                             seams::instant not_after) -> std::string;

auto certificate_to_pem(std::string_view der) -> std::string;

/// SHA-1, raw bytes: how the platform names certificates; not for security.
auto sha1(std::string_view bytes) -> std::string;

} // namespace mock_graph::login
