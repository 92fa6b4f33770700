#include "scenarios/serve/sample_config.hpp"

#include "core/clouds.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace scenarios::serve {
namespace {

/// A TOML basic string is written as a JSON string.
auto quoted(const std::string& text) -> std::string {
  return nlohmann::json(text).dump();
}

auto names_of_feeds(const model::scenario& what) -> std::string {
  auto out = std::string();
  for (const auto& one : what.feeds) {
    out += (out.empty() ? "" : ", ") + quoted(one.name);
  }
  return out;
}

/// `root` ("https://graph.microsoft.com") as a base URL of the stand-in.
auto served_at(const std::string& address, const std::string& root) -> std::string {
  return "https://" + address + "/" + root.substr(root.find("//") + 2);
}

} // namespace

auto sample_config(const model::scenario& what,
                   const std::string& address,
                   const std::string& root_file,
                   const std::string& secret_file) -> std::string {
  const auto& tenant = what.standing;
  const auto& cloud = *core::find_cloud(tenant.cloud);
  auto out = "tenant_id = " + quoted(tenant.tenant_id) +
             "\nclient_id = " + quoted(tenant.applications.front().client_id) +
             "\ncloud = " + quoted(tenant.cloud) + "\nfeeds = [" + names_of_feeds(what) +
             "]\nstore = \"connector.db\"\nndjson = \"connector.ndjson\"\n";
  if (!what.subscriptions.empty()) {
    out += "subscriptions = " + nlohmann::json(what.subscriptions).dump() + "\n";
  }
  out += "\n[credential]\nsecret_file = " + quoted(secret_file) +
         "\n\n[base_urls]\nca_file = " + quoted(root_file) + "\n";
  const auto add = [&](const char* key, const std::string& root) {
    if (!root.empty()) {
      out += std::string(key) + " = " + quoted(served_at(address, root)) + "\n";
    }
  };
  add("login", cloud.login);
  add("graph", cloud.graph.root);
  add("management", cloud.management.root);
  add("exchange", cloud.exchange.root);
  add("cloud_apps", "https://" + tenant.cloud_apps_host);
  add("resource_manager", cloud.resource_manager.root);
  add("endpoint", cloud.endpoint.root);
  return out;
}

} // namespace scenarios::serve
