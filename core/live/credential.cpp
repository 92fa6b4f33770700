#include "core/live/credential.hpp"

#include "core/adapters/files/text_file.hpp"
#include "core/auth/key_files.hpp"

namespace core::live {
namespace {

/// A secret is a line of text; what is longer is another file.
constexpr auto secret_bytes_max = std::size_t{64} << 10U;

auto no_secret(std::string why) -> seams::failure {
  return {seams::reaction::stop_and_diagnose, "secret_unavailable", std::move(why)};
}

auto secret_in_variable(const std::string& name, const variables& env)
    -> seams::result<std::string> {
  auto value = env(name);
  if (!value || value->empty()) {
    return no_secret("the environment variable " + name + (value ? " is empty" : " is not set"));
  }
  return std::move(*value);
}

auto bytes_in_file(const std::string& path) -> seams::result<std::string> {
  auto file = adapters::read_text_file(path, secret_bytes_max);
  if (!file.wrong.empty()) {
    return no_secret("the secret's file " + path + " " + file.wrong);
  }
  return std::move(file.text);
}

auto secret_in_file(const std::string& path) -> seams::result<std::string> {
  auto text = bytes_in_file(path);
  if (!text) {
    return text;
  }
  for (const auto end : {'\n', '\r'}) {
    if (text->ends_with(end)) {
      text->pop_back();
    }
  }
  if (text->empty()) {
    return no_secret("the secret's file " + path + " is empty");
  }
  return text;
}

/// "" where the config names no passphrase.
auto passphrase_of(const credential_places& places, const variables& env)
    -> seams::result<std::string> {
  if (!places.passphrase_env.empty()) {
    return secret_in_variable(places.passphrase_env, env);
  }
  return places.passphrase_file.empty() ? seams::result<std::string>(std::string())
                                        : secret_in_file(places.passphrase_file);
}

/// A key or a certificate: PEM, or PFX as bytes or base64.
auto key_text(const credential_places& places, const variables& env) -> seams::result<std::string> {
  if (!places.pfx_base64_env.empty()) {
    return secret_in_variable(places.pfx_base64_env, env);
  }
  return bytes_in_file(places.pfx_file.empty() ? places.key_file : places.pfx_file);
}

auto read_pair(const credential_places& places, const variables& env)
    -> seams::result<auth::credential> {
  const auto passphrase = passphrase_of(places, env);
  const auto key = key_text(places, env);
  if (!passphrase || !key) {
    return !passphrase ? passphrase.error() : key.error();
  }
  const auto is_pem = !places.key_file.empty();
  const auto certificate = is_pem ? bytes_in_file(places.certificate_file) : key;
  if (!certificate) {
    return certificate.error();
  }
  auto pair =
      is_pem ? auth::read_pem(*key, *certificate, *passphrase) : auth::read_pfx(*key, *passphrase);
  return pair ? seams::result<auth::credential>(std::move(*pair))
              : seams::result<auth::credential>(pair.error());
}

auto read_secret(const credential_places& places, const variables& env)
    -> seams::result<auth::credential> {
  auto secret = places.secret_env.empty() ? secret_in_file(places.secret_file)
                                          : secret_in_variable(places.secret_env, env);
  return secret ? seams::result<auth::credential>(auth::client_secret{std::move(*secret)})
                : seams::result<auth::credential>(secret.error());
}

} // namespace

void connect_credential(const credential_places& places, variables env, connector_config& out) {
  out.credential = [places, env = std::move(env)] {
    const auto is_secret = !places.secret_env.empty() || !places.secret_file.empty();
    return is_secret ? read_secret(places, env) : read_pair(places, env);
  };
}

auto check_credential(const connector_config& config) -> seams::result<void> {
  const auto found = config.credential();
  return found ? seams::result<void>() : seams::result<void>(found.error());
}

} // namespace core::live
