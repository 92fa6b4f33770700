#include "core/live/setting_readers.hpp"

#include "core/adapters/socket/request_text.hpp"
#include "core/clouds.hpp"

#include <algorithm>
#include <array>

namespace core::live {
namespace {

using toml_reading::in_quotes;
using toml_reading::need;
using toml_reading::node;
using toml_reading::table_reader;

constexpr auto ways_text =
    "exactly one of secret_env, secret_file, certificate_file with key_file, pfx_file and "
    "pfx_base64_env";

/// What people would write a secret under.
constexpr auto literal_keys =
    std::to_array<std::string_view>({"secret", "client_secret", "passphrase", "password"});

auto is_variable_name(std::string_view text) -> bool {
  const auto letter = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
  };
  return !text.empty() && letter(text.front()) &&
         std::ranges::all_of(text, [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

/// The value is not repeated: it may be the secret itself, pasted into the wrong place.
auto variable_name(table_reader& read, std::string_view key) -> std::string {
  const auto name = read.text(key);
  if (name && !is_variable_name(*name)) {
    read.shared().complain(read.at(key),
                           in_quotes(key) + " is no name of an environment variable",
                           "a name such as \"OFFTENANT_SECRET\", not the secret itself");
  }
  return name.value_or("");
}

void refuse_literals(table_reader& read, const node& table) {
  for (const auto key : literal_keys) {
    if (const auto* found = table.find(key)) {
      (void)read.raw(key);
      read.shared().complain(found->at,
                             in_quotes(key) + " stands in the config, where it would be copied, "
                                              "backed up and committed",
                             key.starts_with("pass") ? "passphrase_env or passphrase_file"
                                                     : "secret_env or secret_file");
    }
  }
}

auto ways_of(const credential_places& what) -> int {
  auto out = 0;
  for (const auto* one : {&what.secret_env,
                          &what.secret_file,
                          &what.certificate_file,
                          &what.pfx_file,
                          &what.pfx_base64_env}) {
    out += one->empty() ? 0 : 1;
  }
  return out;
}

void check_parts(table_reader& read, const credential_places& what) {
  auto& shared = read.shared();
  if (ways_of(what) != 1) {
    shared.complain(read.at(),
                    "[credential] says " + std::to_string(ways_of(what)) + " credentials",
                    ways_text);
  }
  if (what.certificate_file.empty() != what.key_file.empty()) {
    shared.complain(
        read.at(), "a certificate in PEM needs both its parts", "certificate_file and key_file");
  }
  const auto has_passphrase = !what.passphrase_env.empty() || !what.passphrase_file.empty();
  if (has_passphrase && (!what.secret_env.empty() || !what.secret_file.empty())) {
    shared.complain(read.at(), "a client secret has no passphrase");
  }
  if (!what.passphrase_env.empty() && !what.passphrase_file.empty()) {
    shared.complain(read.at("passphrase_file"),
                    "there are two passphrases",
                    "passphrase_env or passphrase_file");
  }
}

auto is_loopback(std::string_view host) -> bool {
  return host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") ||
         host == "::1";
}

/// What is wrong with `url` as the root of an API, or "".
auto root_problem(const std::string& url) -> std::string {
  const auto to = adapters::split_url(url);
  if (!to || url.ends_with('/') || url.find_first_of("?#") != std::string::npos) {
    return "is no root of an API";
  }
  if (!to->encrypted && !is_loopback(to->host)) {
    return "would send secrets in plain text";
  }
  return "";
}

auto roots_of(const cloud& where) -> std::vector<std::string> {
  return {where.login,
          where.graph.root,
          where.management.root,
          where.exchange.root,
          where.cloud_apps.root,
          where.resource_manager.root,
          where.endpoint.root};
}

/// The cloud other than `chosen` that `url` is a documented root of, or null: settings of two
/// clouds never work together (incident-catalogue sheet, 12).
auto foreign_cloud(const std::string& url, const cloud& chosen) -> const cloud* {
  const auto knows = [&](const cloud& one) { return std::ranges::count(roots_of(one), url) > 0; };
  if (knows(chosen)) {
    return nullptr;
  }
  const auto found = std::ranges::find_if(clouds(), knows);
  return found == clouds().end() ? nullptr : &*found;
}

} // namespace

auto folded_guid(std::string text) -> std::optional<std::string> {
  for (auto& c : text) {
    c = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return toml_reading::is_guid(text) ? std::optional(std::move(text)) : std::nullopt;
}

auto read_guid(table_reader& top, std::string_view key) -> std::string {
  const auto text = top.text(key, need::required);
  const auto id = text ? folded_guid(*text) : std::nullopt;
  if (text && !id) {
    top.shared().complain(top.at(key), in_quotes(key) + " is no GUID", guid_form);
  }
  return id.value_or("");
}

void read_credential(table_reader& top, credential_places& out) {
  const auto* table = top.table("credential");
  if (table == nullptr) {
    if (top.raw("credential") == nullptr) {
      top.shared().complain(top.at(),
                            "the config has no [credential]",
                            "[credential] with secret_env = \"NAME\" or secret_file = \"PATH\"");
    }
    return;
  }
  auto read = table_reader(top.shared(), *table, "credential");
  const auto before = top.shared().wrong.size();
  refuse_literals(read, *table);
  out.secret_env = variable_name(read, "secret_env");
  out.secret_file = read.text("secret_file").value_or("");
  out.certificate_file = read.text("certificate_file").value_or("");
  out.key_file = read.text("key_file").value_or("");
  out.pfx_file = read.text("pfx_file").value_or("");
  out.pfx_base64_env = variable_name(read, "pfx_base64_env");
  out.passphrase_env = variable_name(read, "passphrase_env");
  out.passphrase_file = read.text("passphrase_file").value_or("");
  read.finish();
  if (top.shared().wrong.size() == before) {
    check_parts(read, out);
  }
}

auto read_base_urls(table_reader& top, cloud& where) -> std::string {
  const auto* table = top.table("base_urls");
  if (table == nullptr) {
    return "";
  }
  auto read = table_reader(top.shared(), *table, "base_urls");
  const auto chosen = where;
  const auto put = [&](std::string_view key, std::string& root) {
    const auto url = read.text(key);
    if (!url) {
      return;
    }
    if (const auto problem = root_problem(*url); !problem.empty()) {
      read.shared().complain(
          read.at(key),
          in_quotes(key) + " " + problem,
          "https://host, https://host:port or https://host/path, without a slash at the end");
    } else if (const auto* other = foreign_cloud(*url, chosen)) {
      read.shared().complain(read.at(key),
                             in_quotes(key) + " is of the cloud " + in_quotes(other->name) +
                                 ", and the connector's cloud is " + in_quotes(chosen.name),
                             "cloud = " + in_quotes(other->name));
    } else {
      root = *url;
    }
  };
  put("login", where.login);
  put("graph", where.graph.root);
  put("management", where.management.root);
  put("exchange", where.exchange.root);
  put("cloud_apps", where.cloud_apps.root);
  put("resource_manager", where.resource_manager.root);
  put("endpoint", where.endpoint.root);
  auto roots = read.text("ca_file").value_or("");
  read.finish();
  return roots;
}

} // namespace core::live
