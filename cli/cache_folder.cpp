#include "cli/cache_folder.hpp"

namespace cli {

auto cache_folder(const environment& env) -> std::string {
  const auto cache = env("XDG_CACHE_HOME").value_or("");
  const auto home = env("HOME").value_or("");
  const auto folder = cache.empty() ? (home.empty() ? "" : home + "/.cache") : cache;
  return folder.empty() ? "" : folder + "/offtenant";
}

auto key_cache(const environment& env) -> std::string {
  const auto folder = cache_folder(env);
  return folder.empty() ? "" : folder + "/signing-key.pem";
}

auto state_folder(const environment& env) -> std::string {
  const auto folder = cache_folder(env);
  return (folder.empty() ? "/tmp/offtenant" : folder) + "/serve";
}

} // namespace cli
