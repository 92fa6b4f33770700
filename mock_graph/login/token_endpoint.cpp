#include "mock_graph/login/token_endpoint.hpp"

#include "core/seams/choices.hpp"
#include "core/seams/letters.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace mock_graph::login {
namespace {

constexpr auto jwt_bearer =
    std::string_view("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
constexpr auto default_scope = std::string_view("/.default");

auto is_form(const seams::headers& fields) -> bool {
  constexpr auto type = std::string_view("application/x-www-form-urlencoded");
  const auto sent = fields.find("Content-Type").value_or("");
  return seams::equal_ignoring_case(sent.substr(0, type.size()), type);
}

/// The words of a scope without those of OpenID, which MSAL Go sends with every request.
auto scope_words(std::string_view scope) -> std::vector<std::string_view> {
  constexpr auto openid =
      std::array<std::string_view, 4>{"openid", "offline_access", "profile", "email"};
  auto out = std::vector<std::string_view>();
  while (!scope.empty()) {
    const auto word = scope.substr(0, scope.find(' '));
    scope.remove_prefix(std::min(scope.size(), word.size() + 1));
    if (!word.empty() && std::ranges::find(openid, word) == openid.end()) {
      out.push_back(word);
    }
  }
  return out;
}

/// RFC 6749, 3.3: printable ASCII without '"' and '\'.
auto is_scope_word(std::string_view word) -> bool {
  return std::ranges::all_of(word,
                             [](char c) { return c > 0x20 && c < 0x7f && c != '"' && c != '\\'; });
}

/// The one resource that a v2 scope names.
auto resource_of_scope(const std::string& scope) -> granted<std::string> {
  auto found = std::string_view();
  const auto words = scope_words(scope);
  for (const auto word : words) {
    if (!is_scope_word(word) || word == default_scope) {
      return errors::invalid_scope(scope);
    }
    if (!word.ends_with(default_scope)) {
      return errors::scope_not_default(scope);
    }
    const auto resource = word.substr(0, word.size() - default_scope.size());
    if (!found.empty() && found != resource) {
      return errors::several_resources(scope);
    }
    found = resource;
  }
  return words.empty() ? granted<std::string>(errors::scope_not_default(scope))
                       : std::string(found);
}

auto requested_resource(const form& fields, endpoint_version version) -> granted<std::string> {
  const auto* resource = field(fields, "resource");
  if (version == endpoint_version::v1) {
    return resource != nullptr && !resource->empty() ? granted<std::string>(*resource)
                                                     : errors::missing_parameter("resource");
  }
  if (resource != nullptr) {
    return errors::resource_on_v2();
  }
  const auto* scope = field(fields, "scope");
  return scope != nullptr && !scope->empty() ? resource_of_scope(*scope)
                                             : errors::missing_parameter("scope");
}

auto quoted_name(const tenant_info& where) -> const std::string& {
  return where.organisation.empty() ? where.id : where.organisation;
}

/// v1 writes its numbers as strings; v2 as numbers.
auto success_body(const issued_token& token, const std::string& resource, endpoint_version version)
    -> std::string {
  auto body = nlohmann::ordered_json();
  body["token_type"] = "Bearer";
  if (version == endpoint_version::v1) {
    body["expires_in"] = std::to_string(token.expires_in);
    body["expires_on"] = std::to_string(token.expires_on);
    body["not_before"] = std::to_string(token.not_before);
    body["resource"] = resource;
  } else {
    body["expires_in"] = token.expires_in;
    body["ext_expires_in"] = token.expires_in;
  }
  body["access_token"] = token.jwt;
  return body.dump();
}

auto is_token_path(const std::vector<std::string>& path) -> bool {
  const auto is = [&](std::size_t at, std::string_view word) {
    return seams::lower_case(path[at]) == word;
  };
  return (path.size() == 3 && is(1, "oauth2") && is(2, "token")) ||
         (path.size() == 4 && is(1, "oauth2") && is(2, "v2.0") && is(3, "token"));
}

} // namespace

struct token_endpoint::asked {
  std::string client_id; ///< lower case
  std::string resource;
  std::optional<std::string> secret;
  std::optional<std::string> assertion;
  std::optional<std::string> assertion_type;
};

auto is_shared_tenant(std::string_view name) -> bool {
  return name == "common" || name == "organizations" || name == "consumers";
}

auto tenant_at(const directory& tenants, std::string_view name, std::string_view host)
    -> granted<tenant_info> {
  auto found = tenants.find_tenant(name);
  if (!found) {
    return errors::unknown_tenant(name);
  }
  const auto* asked = cloud_at_login(host);
  const auto* home = find_cloud(found->cloud_name);
  if (asked == nullptr || home == nullptr || same_login(*asked, *home)) {
    return std::move(*found);
  }
  const auto government = home->instance == "microsoftonline.us";
  return government && asked->name == "global" ? errors::wrong_cloud()
                                               : errors::unknown_tenant(name);
}

auto correlation_id_of(const seams::request& query, const url_parts& url)
    -> std::optional<std::string> {
  constexpr auto name = std::string_view("client-request-id");
  auto candidates = std::vector<std::string>{std::string(query.fields.find(name).value_or(""))};
  for (const auto text : {std::string_view(query.body), url.query}) {
    const auto fields = parse_form(text);
    const auto* value = fields ? field(*fields, name) : nullptr;
    candidates.push_back(value != nullptr ? *value : "");
  }
  const auto found = std::ranges::find_if(candidates, is_guid);
  return found == candidates.end() ? std::nullopt : std::optional(*found);
}

auto token_endpoint::read(const seams::request& query, endpoint_version version) const
    -> granted<asked> {
  if (query.method != "POST") {
    return errors::only_post(query.method);
  }
  const auto fields = is_form(query.fields) ? parse_form(query.body) : form();
  if (!fields) {
    return errors::malformed_request();
  }
  const auto text = [&](std::string_view name) -> std::optional<std::string> {
    const auto* value = field(*fields, name);
    return value == nullptr ? std::nullopt : std::optional(*value);
  };
  const auto grant = text("grant_type").value_or("");
  if (grant != "client_credentials") {
    return grant.empty() ? errors::missing_parameter("grant_type")
                         : errors::unsupported_grant(grant);
  }
  auto out = asked{.client_id = text("client_id").value_or(""),
                   .resource = {},
                   .secret = text("client_secret"),
                   .assertion = text("client_assertion"),
                   .assertion_type = text("client_assertion_type")};
  const auto basic = parse_basic(query.fields);
  if (basic && (out.client_id.empty() || out.client_id == basic->user) && !out.assertion) {
    out.client_id = basic->user;
    out.secret = out.secret.value_or(basic->password);
  }
  if (out.client_id.empty()) {
    return errors::missing_parameter("client_id");
  }
  auto resource = requested_resource(*fields, version);
  if (!resource) {
    return resource.error();
  }
  out.resource = std::move(*resource);
  return out;
}

auto token_endpoint::find_client(const asked& what,
                                 const tenant_info& where,
                                 seams::instant now) const -> granted<const tenant::application*> {
  constexpr auto zeros = std::string_view("00000000-0000-0000-0000-000000000000");
  if (!is_guid(what.client_id) || what.client_id == zeros) {
    return errors::impossible_client(what.client_id);
  }
  const auto* app = tenants_.find_application(where.id, seams::lower_case(what.client_id));
  if (app == nullptr) {
    return errors::unknown_client(what.client_id, quoted_name(where));
  }
  if (!app->has_service_principal) {
    return errors::no_service_principal(app->client_id, where.id);
  }
  if (!app->enabled_at(now)) {
    return errors::disabled_client(app->client_id, app->display_name);
  }
  return app;
}

auto token_endpoint::prove(const asked& what,
                           const tenant::application& app,
                           const login_place& place,
                           const tenant_info& where,
                           seams::instant now) const -> granted<client_proof> {
  if (!what.secret && !what.assertion && !what.assertion_type) {
    return errors::no_credential();
  }
  if (what.assertion.value_or("").empty()) {
    return what.secret.value_or("").empty() ? errors::incomplete_credential()
                                            : check_secret(app, *what.secret, now);
  }
  if (!what.assertion_type) {
    return errors::missing_parameter("client_assertion_type");
  }
  if (*what.assertion_type != jwt_bearer) {
    return errors::malformed_request();
  }
  const auto is_own_url = [&](std::string_view audience) {
    const auto url = split_url(audience);
    if (!url || !is_token_path(url->path)) {
      return false;
    }
    const auto* its_cloud = cloud_at_login(url->host);
    const auto* home = find_cloud(where.cloud_name);
    const auto here = url->authority == place.url.authority ||
                      (its_cloud != nullptr && home != nullptr && same_login(*its_cloud, *home));
    const auto named = tenants_.find_tenant(seams::lower_case(url->path.front()));
    return here && named && named->id == where.id;
  };
  return check_assertion(app, *what.assertion, now, is_own_url);
}

auto token_endpoint::order(const asked& what, const login_place& place, seams::instant now) const
    -> granted<token_order> {
  if (is_shared_tenant(place.tenant_name)) {
    return errors::shared_tenant();
  }
  const auto where = tenant_at(tenants_, place.tenant_name, place.url.host);
  if (!where) {
    return where.error();
  }
  const auto app = find_client(what, *where, now);
  if (!app) {
    return app.error();
  }
  const auto proof = prove(what, **app, place, *where, now);
  if (!proof) {
    return proof.error();
  }
  const auto* home = find_cloud(where->cloud_name);
  const auto resource = resolve_resource(what.resource, home ? *home : clouds().front());
  if (!resource || !tenants_.is_provisioned(where->id, *resource)) {
    return errors::unknown_resource(what.resource, quoted_name(*where));
  }
  return token_order{*app, *where, *resource, what.resource, *proof};
}

auto token_endpoint::answer(const seams::request& query,
                            const login_place& place,
                            endpoint_version version,
                            const answer_frame& frame,
                            std::uint64_t seed,
                            std::uint64_t serial) const -> login_answer {
  auto out = login_answer{};
  out.note.subject = "token";
  out.note.trace_id = frame.trace_id;
  const auto refuse = [&](const sts_error& why) {
    out.note.outcome = "AADSTS" + std::to_string(why.code);
    out.what.response = error_response(why, frame);
    return out;
  };
  const auto what = read(query, version);
  if (!what) {
    return refuse(what.error());
  }
  out.note.client_id = is_guid(what->client_id) ? what->client_id : "";
  if (const auto where = tenants_.find_tenant(place.tenant_name)) {
    out.note.tenant_id = where->id;
  }
  out.note.resource = resolve_anywhere(what->resource) ? what->resource : "";
  const auto accepted = order(*what, place, frame.now);
  if (!accepted) {
    return refuse(accepted.error());
  }
  const auto span =
      static_cast<std::uint64_t>(std::max<std::int64_t>(lifetime_.most - lifetime_.least, 0)) + 1;
  const auto drawn = seams::mix(seed, "token lifetime " + std::to_string(serial)) % span;
  auto token = issue_token(
      *accepted, key_, frame.now, lifetime_.least + static_cast<std::int64_t>(drawn), seed, serial);
  out.what.response = token_response(200, success_body(token, what->resource, version), frame);
  out.note.outcome = "ok";
  out.note.roles = std::move(token.roles);
  return out;
}

} // namespace mock_graph::login
