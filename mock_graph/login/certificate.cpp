#include "mock_graph/login/certificate.hpp"

#include "mock_graph/login/openssl.hpp"

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <ctime>
#include <optional>

namespace mock_graph::login {
namespace {

using detail::insist;

constexpr auto largest_certificate_pem = std::size_t{64 * 1024};

auto hashed(const EVP_MD* hash, std::string_view bytes) -> std::string {
  auto out = std::string(EVP_MAX_MD_SIZE, '\0');
  auto size = 0U;
  insist(EVP_Digest(bytes.data(), bytes.size(), detail::as_bytes(out), &size, hash, nullptr) == 1,
         "a digest");
  out.resize(size);
  return out;
}

auto der_of(X509* from) -> std::string {
  const auto size = i2d_X509(from, nullptr);
  insist(size > 0, "size of a certificate");
  auto out = std::string(static_cast<std::size_t>(size), '\0');
  auto* end = detail::as_bytes(out);
  insist(i2d_X509(from, &end) == size, "writing a certificate");
  return out;
}

auto instant_of(const ASN1_TIME* from) -> std::optional<seams::instant> {
  using namespace std::chrono;
  auto parts = std::tm{};
  if (ASN1_TIME_to_tm(from, &parts) != 1) {
    return std::nullopt;
  }
  const auto day = year{parts.tm_year + 1900} / (parts.tm_mon + 1) / parts.tm_mday;
  return sys_days{day} + hours{parts.tm_hour} + minutes{parts.tm_min} + seconds{parts.tm_sec};
}

auto time_of(seams::instant at) -> detail::asn1_time {
  const auto whole = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
  return detail::asn1_time(ASN1_TIME_set(nullptr, static_cast<std::time_t>(whole)));
}

void name(X509* what, std::string_view common_name) {
  auto* subject = X509_get_subject_name(what);
  insist(X509_NAME_add_entry_by_txt(subject,
                                    "CN",
                                    MBSTRING_UTF8,
                                    detail::as_bytes(common_name),
                                    static_cast<int>(common_name.size()),
                                    -1,
                                    0) == 1 &&
             X509_set_issuer_name(what, subject) == 1,
         "naming a certificate");
}

auto unreadable(const char* why) -> seams::failure {
  return {seams::reaction::stop_and_diagnose, "certificate_unreadable", why};
}

} // namespace

auto sha1(std::string_view bytes) -> std::string {
  return hashed(EVP_sha1(), bytes);
}

auto read_certificate(std::string_view pem) -> seams::result<certificate> {
  if (pem.size() > largest_certificate_pem) {
    return unreadable("the certificate is too large");
  }
  const auto source = detail::reader(pem);
  const auto parsed =
      detail::x509(PEM_read_bio_X509(source.get(), nullptr, detail::no_passphrase, nullptr));
  auto key =
      std::shared_ptr<EVP_PKEY>(parsed ? X509_get_pubkey(parsed.get()) : nullptr, EVP_PKEY_free);
  if (!key) {
    return unreadable("not a certificate in PEM");
  }
  const auto from = instant_of(X509_get0_notBefore(parsed.get()));
  const auto until = instant_of(X509_get0_notAfter(parsed.get()));
  if (!from || !until) {
    return unreadable("the certificate's dates make no sense");
  }
  const auto der = der_of(parsed.get());
  return certificate{
      public_key(std::move(key)), sha1(der), hashed(EVP_sha256(), der), *from, *until};
}

auto self_signed_certificate(const public_key& key,
                             std::string_view common_name,
                             seams::instant not_before,
                             seams::instant not_after) -> std::string {
  const auto made = detail::x509(X509_new());
  insist(made && X509_set_version(made.get(), X509_VERSION_3) == 1 &&
             ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1) == 1 &&
             X509_set1_notBefore(made.get(), time_of(not_before).get()) == 1 &&
             X509_set1_notAfter(made.get(), time_of(not_after).get()) == 1 &&
             X509_set_pubkey(made.get(), key.handle()) == 1,
         "filling a certificate");
  name(made.get(), common_name);
  insist(X509_sign(made.get(), key.handle(), EVP_sha256()) > 0, "signing a certificate");
  return der_of(made.get());
}

auto certificate_to_pem(std::string_view der) -> std::string {
  const auto* next = detail::as_bytes(der);
  const auto parsed = detail::x509(d2i_X509(nullptr, &next, static_cast<long>(der.size())));
  const auto sink = detail::bio(BIO_new(BIO_s_mem()));
  insist(parsed && PEM_write_bio_X509(sink.get(), parsed.get()) == 1, "writing a certificate");
  return detail::written(sink.get());
}

} // namespace mock_graph::login
