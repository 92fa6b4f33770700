#pragma once
// Key and certificate as people hold them: PEM texts, or a PFX as bytes or base64.
#include "core/auth/key_pair.hpp"

namespace core::auth {

/// The first private key of `key_pem` (PKCS #8 or PKCS #1, encrypted or not) with the first
/// certificate of `certificate_pem`; both may be one text. Failures name what cannot be used, by
/// code "key_unreadable", "passphrase_wrong", "certificate_unreadable" or one of `key_pair::of`,
/// and hold nothing of the texts.
auto read_pem(std::string_view key_pem,
              std::string_view certificate_pem,
              const std::string& passphrase = {}) -> seams::result<key_pair>;

/// A PFX (PKCS #12): the bytes of the file, or their base64, in which white space does not count.
/// Fails with code "certificate_unreadable", "passphrase_wrong" or one of `key_pair::of`.
auto read_pfx(std::string_view file, const std::string& passphrase = {}) -> seams::result<key_pair>;

} // namespace core::auth
