#include "mock_graph/login/named_key.hpp"

#include "core/seams/choices.hpp"
#include "mock_graph/login/openssl.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#include <map>
#include <mutex>

namespace mock_graph::login {
namespace {

using detail::insist;

constexpr auto key_seed = std::uint64_t{0x6b657973};
constexpr auto prime_bytes = std::size_t{128};
constexpr BN_ULONG public_exponent = 65537;

using bn_context = std::unique_ptr<BN_CTX, detail::freed_by<BN_CTX_free>>;
using parameter_list = std::unique_ptr<OSSL_PARAM, detail::freed_by<OSSL_PARAM_free>>;
using parameter_builder = std::unique_ptr<OSSL_PARAM_BLD, detail::freed_by<OSSL_PARAM_BLD_free>>;
using key_context = std::unique_ptr<EVP_PKEY_CTX, detail::freed_by<EVP_PKEY_CTX_free>>;

auto new_number() -> detail::bignum {
  return detail::bignum(BN_new());
}

/// The first prime from a number that follows from `name`, and that suits the public exponent. The
/// two top bits are set, so that a product of two has 2048 bits.
auto named_prime(const std::string& name, BN_CTX* work) -> detail::bignum {
  auto bytes = std::string();
  for (auto i = 0; bytes.size() < prime_bytes; ++i) {
    auto part = seams::mix(key_seed, name + "/" + std::to_string(i));
    for (auto k = 0; k < 8; ++k, part >>= 8U) {
      bytes += static_cast<char>(part & 255U);
    }
  }
  bytes.front() = static_cast<char>(bytes.front() | '\xc0');
  bytes.back() = static_cast<char>(bytes.back() | '\x01');
  auto out =
      detail::bignum(BN_bin2bn(detail::as_bytes(bytes), static_cast<int>(bytes.size()), nullptr));
  while (BN_mod_word(out.get(), public_exponent) == 1 ||
         BN_check_prime(out.get(), work, nullptr) != 1) {
    insist(BN_add_word(out.get(), 2) == 1, "looking for a prime");
  }
  return out;
}

struct rsa_numbers {
  detail::bignum p, q, n, e, d, dp, dq, inverse;
};

auto numbers_of(const std::string& name) -> rsa_numbers {
  const auto work = bn_context(BN_CTX_new());
  auto out = rsa_numbers{named_prime(name + "/p", work.get()),
                         named_prime(name + "/q", work.get()),
                         new_number(),
                         new_number(),
                         new_number(),
                         new_number(),
                         new_number(),
                         new_number()};
  if (BN_cmp(out.p.get(), out.q.get()) < 0) {
    std::swap(out.p, out.q);
  }
  const auto p1 = new_number();
  const auto q1 = new_number();
  const auto phi = new_number();
  insist(BN_mul(out.n.get(), out.p.get(), out.q.get(), work.get()) == 1 &&
             BN_set_word(out.e.get(), public_exponent) == 1 &&
             BN_sub(p1.get(), out.p.get(), BN_value_one()) == 1 &&
             BN_sub(q1.get(), out.q.get(), BN_value_one()) == 1 &&
             BN_mul(phi.get(), p1.get(), q1.get(), work.get()) == 1 &&
             BN_mod_inverse(out.d.get(), out.e.get(), phi.get(), work.get()) != nullptr &&
             BN_mod(out.dp.get(), out.d.get(), p1.get(), work.get()) == 1 &&
             BN_mod(out.dq.get(), out.d.get(), q1.get(), work.get()) == 1 &&
             BN_mod_inverse(out.inverse.get(), out.q.get(), out.p.get(), work.get()) != nullptr,
         "the numbers of a key");
  return out;
}

auto key_of(const rsa_numbers& from) -> std::shared_ptr<EVP_PKEY> {
  const auto builder = parameter_builder(OSSL_PARAM_BLD_new());
  const auto push = [&](const char* what, const detail::bignum& number) {
    return OSSL_PARAM_BLD_push_BN(builder.get(), what, number.get()) == 1;
  };
  insist(push(OSSL_PKEY_PARAM_RSA_N, from.n) && push(OSSL_PKEY_PARAM_RSA_E, from.e) &&
             push(OSSL_PKEY_PARAM_RSA_D, from.d) && push(OSSL_PKEY_PARAM_RSA_FACTOR1, from.p) &&
             push(OSSL_PKEY_PARAM_RSA_FACTOR2, from.q) &&
             push(OSSL_PKEY_PARAM_RSA_EXPONENT1, from.dp) &&
             push(OSSL_PKEY_PARAM_RSA_EXPONENT2, from.dq) &&
             push(OSSL_PKEY_PARAM_RSA_COEFFICIENT1, from.inverse),
         "the parameters of a key");
  const auto list = parameter_list(OSSL_PARAM_BLD_to_param(builder.get()));
  const auto context = key_context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* key = nullptr;
  insist(EVP_PKEY_fromdata_init(context.get()) == 1 &&
             EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, list.get()) == 1,
         "a key of given numbers");
  return {key, EVP_PKEY_free};
}

auto make_named_key(const std::string& name) -> signing_key {
  const auto key = key_of(numbers_of(name));
  const auto sink = detail::bio(BIO_new(BIO_s_mem()));
  insist(PEM_write_bio_PKCS8PrivateKey(
             sink.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1,
         "writing a named key");
  return signing_key::from_pem(detail::written(sink.get())).value();
}

} // namespace

auto named_key(const std::string& name) -> signing_key {
  static auto guard = std::mutex();
  static auto known = std::map<std::string, signing_key>();
  const auto lock = std::lock_guard(guard);
  auto found = known.find(name);
  if (found == known.end()) {
    found = known.emplace(name, make_named_key(name)).first;
  }
  return found->second;
}

} // namespace mock_graph::login
