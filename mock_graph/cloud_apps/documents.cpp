#include "mock_graph/cloud_apps/documents.hpp"

#include "core/seams/choices.hpp"
#include "core/seams/digest.hpp"

#include <array>

namespace mock_graph::cloud_apps {
namespace {

using ordered = nlohmann::ordered_json;

struct known_app {
  std::string_view name;
  std::int64_t id;
};

/// Numbers that the service gives apps, as in public answers (demisto/content, the same README).
constexpr auto known_apps = std::to_array<known_app>({{"Office 365", 11161},
                                                      {"Microsoft SharePoint Online", 20892},
                                                      {"Microsoft Exchange Online", 20893},
                                                      {"Microsoft OneDrive for Business", 15600}});

auto app_id(const tenant::standing& state, const std::string& name) -> std::int64_t {
  for (const auto& one : known_apps) {
    if (one.name == name) {
      return one.id;
    }
  }
  return static_cast<std::int64_t>(10'000 + seams::mix(state.seed, "app/" + name) % 10'000);
}

/// `length` hexadecimal digits that depend on the name alone.
auto hex_id(const tenant::standing& state, const std::string& name, std::size_t length)
    -> std::string {
  return seams::to_hex(seams::sha256(std::to_string(state.seed) + "/" + name)).substr(0, length);
}

auto address_of(const tenant::tenant& owner, const std::string& user) -> std::string {
  const auto* who = owner.find_user(user);
  return who == nullptr ? user : who->upn;
}

auto ip_of(const std::string& given) -> std::string {
  return given.empty() ? "198.51.100.23" : given;
}

auto entity(ordered id, const char* type, const std::string& label) -> ordered {
  auto out = ordered();
  out["id"] = std::move(id);
  out["type"] = type;
  out["label"] = label;
  return out;
}

auto entities_of(const tenant::tenant& owner, const tenant::cloud_app_alert& what) -> ordered {
  const auto& state = owner.state();
  auto out = ordered::array();
  if (!what.policy.empty()) {
    auto rule = entity(hex_id(state, "policy/" + what.policy, 24), "policyRule", what.policy);
    rule["policyType"] = "ANOMALY_DETECTION";
    out.push_back(std::move(rule));
  }
  out.push_back(entity(app_id(state, what.app), "service", what.app));
  out.push_back(entity(ip_of(what.ip), "ip", ip_of(what.ip)));
  if (!what.user.empty()) {
    const auto address = address_of(owner, what.user);
    auto account = entity(address, "account", address);
    account["inst"] = 0;
    account["pa"] = address;
    out.push_back(std::move(account));
  }
  return out;
}

} // namespace

auto milliseconds(seams::instant at) -> std::int64_t {
  return std::chrono::floor<std::chrono::milliseconds>(at.time_since_epoch()).count();
}

auto alert_document(const tenant::tenant& owner,
                    seams::instant at,
                    const tenant::cloud_app_alert& what) -> ordered {
  const auto& state = owner.state();
  const auto id = hex_id(state, "alert/" + what.id, 24);
  auto out = ordered();
  out["_id"] = id;
  out["contextId"] = state.tenant_id;
  out["timestamp"] = milliseconds(at);
  out["entities"] = entities_of(owner, what);
  out["title"] = what.title;
  out["description"] = what.description;
  out["isMarkdown"] = false;
  out["isSystemAlert"] = false;
  out["isPreview"] = false;
  out["statusValue"] = 0;
  out["severityValue"] = what.severity;
  out["resolutionStatusValue"] = 0;
  out["stories"] = ordered::array({0});
  out["intent"] = ordered::array({0});
  out["evidence"] = ordered::array();
  out["threatScore"] = 0;
  out["idValue"] = 15'859'716;
  out["comment"] = "";
  out["handledByUser"] = nullptr;
  out["resolveTime"] = nullptr;
  out["URL"] = "https://" + state.cloud_apps_host + "/#/alerts/" + id;
  return out;
}

auto activity_document(const tenant::tenant& owner,
                       seams::instant at,
                       seams::instant saved,
                       const tenant::cloud_app_activity& what) -> ordered {
  const auto& state = owner.state();
  const auto id = hex_id(state, "activity/" + what.id, 64);
  const auto app = app_id(state, what.app);
  auto out = ordered();
  out["_id"] = id;
  out["uid"] = id;
  out["tenantId"] = static_cast<std::int64_t>(seams::mix(1, state.tenant_id) % 100'000'000);
  out["aadTenantId"] = state.tenant_id;
  out["appId"] = app;
  out["saasId"] = app;
  out["appName"] = what.app;
  out["timestamp"] = milliseconds(at);
  out["timestampRaw"] = milliseconds(at);
  out["instantiation"] = milliseconds(saved);
  out["instantiationRaw"] = milliseconds(saved);
  out["created"] = milliseconds(saved);
  out["createdRaw"] = milliseconds(saved);
  out["eventTypeName"] = what.event;
  out["description"] = what.description;
  out["severity"] = "INFO";
  out["confidenceLevel"] = 30;
  out["classifications"] = ordered::array({"access"});
  out["device"] = ordered({{"clientIP", ip_of(what.ip)}, {"countryCode", what.country}});
  out["location"] = ordered({{"countryCode", what.country}, {"city", what.city}});
  out["user"] =
      ordered({{"userName", address_of(owner, what.user)}, {"userTags", ordered::array()}});
  return out;
}

} // namespace mock_graph::cloud_apps
