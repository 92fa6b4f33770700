#pragma once
// The config file of a live connector: TOML in, what to run out, or what is wrong with it.
#include "core/config.hpp"
#include "core/toml_reading/node.hpp"

#include <optional>
#include <string>
#include <vector>

namespace core::live {

/// Where the app's credential is looked up: exactly one way is set. Values never stand in a config.
struct credential_places {
  std::string secret_env;
  std::string secret_file;
  std::string certificate_file; ///< PEM; together with `key_file`
  std::string key_file;
  std::string pfx_file;
  std::string pfx_base64_env;
  std::string passphrase_env; ///< of a key or PFX
  std::string passphrase_file;
};

struct settings {
  std::string file;           ///< the config itself
  connector_config connector; ///< all but the credential
  credential_places credential;
  std::string store;   ///< path of the SQLite file
  std::string ndjson;  ///< path, "-" for standard output, "" for none
  std::string ca_file; ///< PEM roots to believe instead of the system's, or ""
};

struct loaded_settings {
  std::optional<settings> what; ///< absent when `wrong` says why
  std::vector<toml_reading::diagnostic> wrong;
};

/// Whether a parsed file is a config: it has `tenant_id` at the top level, which no scenario has.
auto is_settings(const toml_reading::node& root) -> bool;

/// The same of a file; false if it cannot be read or parsed.
auto is_settings_file(const std::string& path) -> bool;

/// `path` names the file in diagnostics; relative paths inside count from its folder. No diagnostic
/// repeats a value that could be a secret.
auto read_settings(const std::string& text, const std::string& path) -> loaded_settings;

/// The same from the file itself.
auto load_settings(const std::string& path) -> loaded_settings;

/// "table.key" of every key that a config may have, for the test of its reference.
auto settings_keys() -> std::vector<std::string>;

} // namespace core::live
