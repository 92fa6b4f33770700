#include "tests/mock_graph/login/login_world.hpp"

#include <cstdio>

namespace login_tests {

using namespace std::chrono_literals;

auto start() -> seams::instant {
  return std::chrono::sys_days{2026y / 3 / 10} + 8h + 500ms;
}

auto the_key() -> const login::signing_key& {
  static const auto key = login::signing_key::generate().value();
  return key;
}

auto other_key() -> const login::signing_key& {
  static const auto key = login::signing_key::generate().value();
  return key;
}

auto small_directory::find_tenant(std::string_view name) const
    -> std::optional<login::tenant_info> {
  const auto found = by_name.find(name);
  return found == by_name.end() ? std::nullopt : std::optional(found->second);
}

auto small_directory::find_application(std::string_view, std::string_view client_id) const
    -> const tenant::application* {
  const auto found = applications.find(client_id);
  return found == applications.end() ? nullptr : &found->second;
}

auto small_directory::is_provisioned(std::string_view, login::api resource) const -> bool {
  return !missing.contains(resource);
}

auto usual_directory() -> small_directory {
  auto out = small_directory();
  const auto home = login::tenant_info{contoso, "Contoso", "global", "EU"};
  out.by_name = {{contoso, home},
                 {"contoso.com", home},
                 {fabrikam_gov, {fabrikam_gov, "Fabrikam", "gcc_high", ""}},
                 {china_tenant, {china_tenant, "", "china", "AS"}},
                 {gcc_tenant, {gcc_tenant, "Agency", "gcc", "NA"}}};
  auto app = tenant::application{};
  app.client_id = connector;
  app.display_name = "connector";
  app.service_principal_id = principal;
  app.secrets = {{"first", secret_id, secret, start() - 24h, start() + 30 * 24h}};
  app.grants = {{"https://graph.microsoft.com", "SecurityAlert.Read.All"},
                {"https://graph.microsoft.com/", "User.Read.All", start() + 1h, start() + 2h},
                {"https://manage.office.com", "ActivityFeed.Read"}};
  out.applications[connector] = app;
  auto without_principal = app;
  without_principal.client_id = orphan;
  without_principal.has_service_principal = false;
  out.applications[orphan] = without_principal;
  auto disabled = app;
  disabled.client_id = sleeper;
  disabled.enabled = false;
  out.applications[sleeper] = disabled;
  auto bare = app;
  bare.client_id = faded;
  bare.grants.clear();
  out.applications[faded] = bare;
  return out;
}

auto usual_fields() -> fields {
  return {{"client_id", connector},
          {"scope", "https://graph.microsoft.com/.default"},
          {"grant_type", "client_credentials"},
          {"client_secret", secret},
          {"client-request-id", correlation}};
}

auto with(fields from, const std::string& name, const std::string& value) -> fields {
  std::erase_if(from, [&](const auto& each) { return each.first == name; });
  if (value != "-") {
    from.emplace_back(name, value);
  }
  return from;
}

auto form_encoded(const fields& from) -> std::string {
  auto out = std::string();
  for (const auto& [name, value] : from) {
    out += (out.empty() ? "" : "&") + name + '=';
    for (const auto c : value) {
      char escaped[4];
      std::snprintf(escaped, sizeof escaped, "%%%02X", static_cast<unsigned char>(c));
      out += c == ' ' ? "+" : escaped;
    }
  }
  return out;
}

auto token_request(const std::string& url, const fields& form) -> seams::request {
  return {"POST",
          url,
          {{"Content-Type", "application/x-www-form-urlencoded;charset=utf-8"}},
          form_encoded(form)};
}

auto asker::v2(const fields& form, const std::string& tenant_name) -> login::login_answer {
  return send(token_request(
      "https://login.microsoftonline.com/" + tenant_name + "/oauth2/v2.0/token", form));
}

auto asker::v1(const fields& form) -> login::login_answer {
  return send(token_request(
      "https://login.microsoftonline.com/" + std::string(contoso) + "/oauth2/token", form));
}

auto asker::visit(const std::string& url) -> login::login_answer {
  return send({"GET", url, {}, ""});
}

auto body_of(const login::login_answer& answer) -> nlohmann::json {
  return nlohmann::json::parse(answer.what.response.body, nullptr, false);
}

auto summary(const login::login_answer& answer) -> std::string {
  const auto body = body_of(answer);
  const auto text = body.value("error_description", "");
  return std::to_string(answer.what.response.status) + ' ' + body.value("error", "") + ' ' +
         text.substr(0, text.find(" Trace ID: "));
}

auto claims_of(const login::login_answer& answer) -> nlohmann::json {
  return login::parse_jws(body_of(answer).at("access_token").get<std::string>()).value().claims;
}

} // namespace login_tests
