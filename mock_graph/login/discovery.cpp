#include "mock_graph/login/discovery.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace mock_graph::login {
namespace {

using json = nlohmann::ordered_json;

auto document_response(int status, std::string body, const answer_frame& frame) -> seams::response {
  auto out = token_response(status, std::move(body), frame);
  out.fields.set("Cache-Control", "max-age=86400, private");
  out.fields.set("Access-Control-Allow-Origin", "*");
  out.fields.remove("Pragma");
  out.fields.remove("Expires");
  return out;
}

/// Parts of the request's URL need not be UTF-8.
auto printed(const json& body) -> std::string {
  return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

auto served(const char* subject, std::string body, const answer_frame& frame) -> login_answer {
  auto out = login_answer{};
  out.what.response = document_response(200, std::move(body), frame);
  out.note.subject = subject;
  out.note.outcome = "ok";
  out.note.trace_id = frame.trace_id;
  return out;
}

auto refused(const char* subject, const sts_error& why, const answer_frame& frame) -> login_answer {
  auto out = login_answer{};
  out.what.response = document_response(why.status, error_body(why, frame), frame);
  out.note.subject = subject;
  out.note.outcome = "AADSTS" + std::to_string(why.code);
  out.note.trace_id = frame.trace_id;
  return out;
}

/// Paths below the tenant, per version of the endpoint.
struct endpoint_paths {
  std::string_view token;
  std::string_view keys;
  std::string_view authorize;
  std::string_view device;
  std::string_view logout;
};

constexpr auto v1_paths = endpoint_paths{"/oauth2/token",
                                         "/discovery/keys",
                                         "/oauth2/authorize",
                                         "/oauth2/devicecode",
                                         "/oauth2/logout"};
constexpr auto v2_paths = endpoint_paths{"/oauth2/v2.0/token",
                                         "/discovery/v2.0/keys",
                                         "/oauth2/v2.0/authorize",
                                         "/oauth2/v2.0/devicecode",
                                         "/oauth2/v2.0/logout"};

void add_constants(json& out) {
  out["response_modes_supported"] = {"query", "fragment", "form_post"};
  out["subject_types_supported"] = {"pairwise"};
  out["id_token_signing_alg_values_supported"] = {"RS256"};
  out["response_types_supported"] = {"code", "id_token", "code id_token", "id_token token"};
  out["scopes_supported"] = {"openid", "profile", "email", "offline_access"};
  out["request_uri_parameter_supported"] = false;
  out["http_logout_supported"] = true;
  out["frontchannel_logout_supported"] = true;
  out["tls_client_certificate_bound_access_tokens"] = true;
  out["claims_supported"] = {"sub",
                             "iss",
                             "cloud_instance_name",
                             "aud",
                             "exp",
                             "iat",
                             "nonce",
                             "auth_time",
                             "acr",
                             "preferred_username",
                             "name",
                             "tid",
                             "ver",
                             "at_hash",
                             "c_hash",
                             "email"};
}

void add_cloud(json& out, const tenant_info& where) {
  const auto* named = find_cloud(where.cloud_name);
  const auto& home = named != nullptr ? *named : clouds().front();
  out["tenant_region_scope"] = where.region.empty() ? json() : json(where.region);
  out["cloud_instance_name"] = home.instance;
  out["cloud_graph_host_name"] = home.directory_host;
  out["msgraph_host"] = home.graph.front();
  out["rbac_url"] = home.rbac_url;
}

/// Known hosts as the service lists them: each login of the cloud table once.
auto instance_metadata() -> json {
  auto out = json::array();
  for (const auto& each : clouds()) {
    const auto preferred = each.login.front();
    const auto known = [&](const json& entry) { return entry["preferred_network"] == preferred; };
    if (std::ranges::any_of(out, known)) {
      continue;
    }
    auto aliases = json::array();
    for (const auto host : each.login) {
      if (!host.empty()) {
        aliases.push_back(host);
      }
    }
    const auto cache = each.name == "global" ? std::string_view("login.windows.net") : preferred;
    out.push_back({{"preferred_network", preferred}, {"preferred_cache", cache}});
    out.back()["aliases"] = std::move(aliases);
  }
  constexpr auto old_government = "login-us.microsoftonline.com";
  out.push_back({{"preferred_network", old_government}, {"preferred_cache", old_government}});
  out.back()["aliases"] = json::array({old_government});
  return out;
}

auto own_metadata(const std::string& authority) -> json {
  auto out = json{{"preferred_network", authority}, {"preferred_cache", authority}};
  out["aliases"] = json::array({authority});
  return out;
}

auto is_well_known(std::string_view host) -> bool {
  return cloud_at_login(host) != nullptr || host == "login-us.microsoftonline.com";
}

} // namespace

auto discovery::tenant_of(const login_place& place) const -> granted<tenant_info> {
  if (is_shared_tenant(place.tenant_name)) {
    const auto* here = cloud_at_login(place.url.host);
    return tenant_info{.id = "{tenantid}",
                       .organisation = {},
                       .cloud_name = std::string(here != nullptr ? here->name : "global"),
                       .region = {}};
  }
  auto found = tenant_at(tenants_, place.tenant_name, place.url.host);
  if (!found) {
    return errors::unknown_tenant_document(place.tenant_name);
  }
  return found;
}

auto discovery::openid_configuration(const login_place& place,
                                     endpoint_version version,
                                     const answer_frame& frame) const -> login_answer {
  constexpr auto subject = "openid_configuration";
  const auto where = tenant_of(place);
  if (!where) {
    return refused(subject, where.error(), frame);
  }
  const auto shared = is_shared_tenant(place.tenant_name);
  const auto root = frame.base + '/' + (shared ? place.tenant_name : where->id);
  const auto& paths = version == endpoint_version::v1 ? v1_paths : v2_paths;
  const auto at = [&](std::string_view path) { return root + std::string(path); };
  auto body = json();
  body["token_endpoint"] = at(paths.token);
  body["token_endpoint_auth_methods_supported"] = {
      "client_secret_post", "private_key_jwt", "client_secret_basic"};
  body["jwks_uri"] = at(paths.keys);
  body["issuer"] = version == endpoint_version::v1 ? "https://sts.windows.net/" + where->id + '/'
                                                   : frame.base + '/' + where->id + "/v2.0";
  body["userinfo_endpoint"] = frame.base + "/oidc/userinfo";
  body["authorization_endpoint"] = at(paths.authorize);
  body["device_authorization_endpoint"] = at(paths.device);
  body["end_session_endpoint"] = at(paths.logout);
  body["kerberos_endpoint"] = at("/kerberos");
  body["mtls_endpoint_aliases"] = {{"token_endpoint", at(paths.token)}};
  add_constants(body);
  add_cloud(body, *where);
  auto out = served(subject, printed(body), frame);
  out.note.tenant_id = shared ? "" : where->id;
  return out;
}

auto discovery::keys(const login_place& place, const answer_frame& frame) const -> login_answer {
  const auto where = tenant_of(place);
  if (!where) {
    return refused("keys", where.error(), frame);
  }
  return served("keys", key_set_json(key_, frame.base + "/{tenantid}/v2.0"), frame);
}

auto discovery::instance(const login_place& place, const answer_frame& frame) const
    -> login_answer {
  const auto fields = parse_form(place.url.query).value_or(form());
  const auto* wanted = field(fields, "authorization_endpoint");
  if (wanted == nullptr) {
    return refused("instance", errors::missing_parameter("authorization_endpoint"), frame);
  }
  const auto inner = split_url(*wanted);
  const auto own =
      inner && (inner->authority == place.url.authority ||
                std::ranges::find(own_authorities_, inner->authority) != own_authorities_.end());
  if (!inner || inner->path.empty() || (!own && !is_well_known(inner->host))) {
    return refused("instance", errors::unknown_instance(), frame);
  }
  const auto base = is_well_known(place.url.host) ? inner->base : frame.base;
  const auto* version = field(fields, "api-version");
  auto body = json();
  body["tenant_discovery_endpoint"] =
      base + '/' + shown_value(inner->path.front()) + "/v2.0/.well-known/openid-configuration";
  body["api-version"] = version != nullptr && *version == "1.0" ? "1.0" : "1.1";
  body["metadata"] = instance_metadata();
  if (own && !is_well_known(inner->host)) {
    body["metadata"].push_back(own_metadata(inner->authority));
  }
  return served("instance", printed(body), frame);
}

} // namespace mock_graph::login
