#include "core/live/credential.hpp"

#include "core/adapters/files/text_file.hpp"

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

auto secret_in_file(const std::string& path) -> seams::result<std::string> {
  auto file = adapters::read_text_file(path, secret_bytes_max);
  if (!file.wrong.empty()) {
    return no_secret("the secret's file " + path + " " + file.wrong);
  }
  for (const auto end : {'\n', '\r'}) {
    if (file.text.ends_with(end)) {
      file.text.pop_back();
    }
  }
  if (file.text.empty()) {
    return no_secret("the secret's file " + path + " is empty");
  }
  return std::move(file.text);
}

} // namespace

void connect_credential(const credential_places& places, variables env, connector_config& out) {
  if (!places.secret_env.empty()) {
    out.client_secret = [name = places.secret_env, env = std::move(env)] {
      return secret_in_variable(name, env);
    };
  } else {
    out.client_secret = [path = places.secret_file] { return secret_in_file(path); };
  }
}

auto check_credential(const connector_config& config) -> seams::result<void> {
  const auto secret = config.client_secret();
  if (!secret) {
    return secret.error();
  }
  return {};
}

} // namespace core::live
