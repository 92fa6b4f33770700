#include "mock_graph/login/sts_error.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdio>
#include <stdexcept>

namespace mock_graph::login {
namespace {

constexpr auto has_error_page(int code) -> bool {
  return code == 7000215 || code == 500011 || code == 50049;
}

/// Untrusted bytes may be no UTF-8: they become U+FFFD instead of an exception.
auto printed(const nlohmann::ordered_json& document) -> std::string {
  return document.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

} // namespace

void throw_exception_from_error(const sts_error& error, const boost::source_location&) {
  throw std::logic_error("value() of a refused login: AADSTS" + std::to_string(error.code));
}

auto token_response(int status, std::string body, const answer_frame& frame) -> seams::response {
  auto out = seams::response{status, {}, std::move(body)};
  out.fields = {{"Cache-Control", "no-store, no-cache"},
                {"Pragma", "no-cache"},
                {"Content-Type", "application/json; charset=utf-8"},
                {"Expires", "-1"},
                {"Strict-Transport-Security", "max-age=31536000; includeSubDomains"},
                {"X-Content-Type-Options", "nosniff"},
                {"P3P", "CP=\"DSP CUR OTPi IND OTRi ONL FIN\""},
                {"x-ms-request-id", frame.trace_id},
                {"x-ms-ests-server", "2.1.11722.21 - WUS2 ProdSlices"},
                {"Set-Cookie", "fpc=" + frame.cookie + "; path=/; secure; HttpOnly; SameSite=None"},
                {"Set-Cookie", "x-ms-gateway-slice=estsfd; path=/; secure; httponly"},
                {"Set-Cookie", "stsservicecookie=estsfd; path=/; secure; httponly"}};
  return out;
}

auto error_body(const sts_error& error, const answer_frame& frame) -> std::string {
  const auto code = std::to_string(error.code);
  const auto stamp = sts_time(frame.now);
  auto body = nlohmann::ordered_json();
  body["error"] = error.error;
  body["error_description"] = "AADSTS" + code + ": " + error.text + " Trace ID: " + frame.trace_id +
                              " Correlation ID: " + frame.correlation_id + " Timestamp: " + stamp;
  body["error_codes"] = nlohmann::ordered_json::array({error.code});
  body["timestamp"] = stamp;
  body["trace_id"] = frame.trace_id;
  body["correlation_id"] = frame.correlation_id;
  if (has_error_page(error.code)) {
    body["error_uri"] = frame.base + "/error?code=" + code;
  }
  return printed(body);
}

auto error_response(const sts_error& error, const answer_frame& frame) -> seams::response {
  return token_response(error.status, error_body(error, frame), frame);
}

auto shown_value(std::string_view value) -> std::string {
  constexpr auto longest = std::size_t{256};
  auto out = std::string(value.substr(0, longest));
  for (auto& c : out) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      c = '?';
    }
  }
  return out;
}

auto sts_time(seams::instant at) -> std::string {
  const auto second = std::chrono::floor<std::chrono::seconds>(at);
  auto text = seams::to_rfc3339(second);
  text[text.find('T')] = ' ';
  return text;
}

namespace errors {

auto only_post(std::string_view method) -> sts_error {
  return {900561,
          400,
          "invalid_request",
          "The endpoint only accepts POST requests. Received a " + shown_value(method) +
              " request."};
}

auto malformed_request() -> sts_error {
  return {9002313, 400, "invalid_request", "Invalid request. Request is malformed or invalid."};
}

auto missing_parameter(std::string_view name) -> sts_error {
  return {900144,
          400,
          "invalid_request",
          "The request body must contain the following parameter: '" + shown_value(name) + "'."};
}

auto unsupported_grant(std::string_view grant_type) -> sts_error {
  return {70003,
          400,
          "unsupported_grant_type",
          "The app requested an unsupported grant type '" + shown_value(grant_type) + "'."};
}

auto resource_on_v2() -> sts_error {
  return {901002, 400, "invalid_request", "The 'resource' request parameter isn't supported."};
}

auto invalid_scope(std::string_view scope) -> sts_error {
  return {70011,
          400,
          "invalid_scope",
          "The provided value for the input parameter 'scope' is not valid. The scope " +
              shown_value(scope) + " is not valid."};
}

auto scope_not_default(std::string_view scope) -> sts_error {
  return {1002012,
          400,
          "invalid_scope",
          "The provided value for scope " + shown_value(scope) +
              " is not valid. Client credential flows must have a scope value with /.default "
              "suffixed to the resource identifier (application ID URI)."};
}

auto several_resources(std::string_view scope) -> sts_error {
  return {700022,
          400,
          "invalid_scope",
          "The provided value for the input parameter 'scope' is not valid because it contains "
          "more than one resource. Scope " +
              shown_value(scope) + " is not valid."};
}

auto shared_tenant() -> sts_error {
  return {9001023,
          400,
          "invalid_request",
          "The grant type is not supported over the /common or /consumers endpoints. Please use "
          "the /organizations or tenant-specific endpoint."};
}

auto unknown_tenant(std::string_view name) -> sts_error {
  return {90002,
          400,
          "invalid_request",
          "Tenant '" + shown_value(name) +
              "' not found. Check to make sure you have the correct tenant ID and are signing "
              "into the correct cloud. Check with your subscription administrator, this may "
              "happen if there are no active subscriptions for the tenant."};
}

auto unknown_tenant_document(std::string_view name) -> sts_error {
  auto out = unknown_tenant(name);
  out.error = "invalid_tenant";
  return out;
}

auto wrong_cloud() -> sts_error {
  return {900382,
          400,
          "invalid_request",
          "Confidential Client is not supported in Cross Cloud request."};
}

auto impossible_client(std::string_view client_id) -> sts_error {
  return {700038,
          400,
          "unauthorized_client",
          shown_value(client_id) + " is not a valid application identifier."};
}

auto unknown_client(std::string_view client_id, std::string_view tenant) -> sts_error {
  return {700016,
          400,
          "unauthorized_client",
          "Application with identifier '" + shown_value(client_id) +
              "' was not found in the directory '" + shown_value(tenant) +
              "'. This can happen if the application has not been installed by the "
              "administrator of the tenant or consented to by any user in the tenant. You may "
              "have sent your authentication request to the wrong tenant."};
}

auto no_service_principal(std::string_view client_id, std::string_view tenant_id) -> sts_error {
  return {7000229,
          401,
          "invalid_client",
          "The client application " + shown_value(client_id) +
              " is missing service principal in the tenant " + shown_value(tenant_id) +
              ". See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119"};
}

auto disabled_client(std::string_view client_id, std::string_view name) -> sts_error {
  return {7000112,
          400,
          "unauthorized_client",
          "Application '" + shown_value(client_id) + "'(" + shown_value(name) + ") is disabled."};
}

auto no_credential() -> sts_error {
  return {7000216,
          401,
          "invalid_client",
          "'client_assertion', 'client_secret' or 'request' is required for the "
          "'client_credentials' grant type"};
}

auto incomplete_credential() -> sts_error {
  return {7000218,
          401,
          "invalid_client",
          "The request body must contain the following parameter: 'client_assertion' or "
          "'client_secret'."};
}

auto wrong_secret(std::string_view client_id) -> sts_error {
  return {7000215,
          401,
          "invalid_client",
          "Invalid client secret provided. Ensure the secret being sent in the request is the "
          "client secret value, not the client secret ID, for a secret added to app '" +
              shown_value(client_id) + "'."};
}

auto expired_secret(std::string_view client_id) -> sts_error {
  return {7000222,
          401,
          "invalid_client",
          "The provided client secret keys for app '" + shown_value(client_id) +
              "' are expired. Visit the Azure portal to create new keys for your app: "
              "https://aka.ms/NewClientSecret, or consider using certificate credentials for "
              "added security: https://aka.ms/certCreds."};
}

auto invalid_assertion(std::string_view reason) -> sts_error {
  return {50027, 400, "invalid_request", "Invalid JWT token. " + std::string(reason)};
}

auto unknown_certificate(std::string_view thumbprint_hex, std::string_view client_id) -> sts_error {
  return {700027,
          401,
          "invalid_client",
          "The certificate with identifier used to sign the client assertion is not registered "
          "on application. [Reason - The key was not found., Thumbprint of key used by client: '" +
              std::string(thumbprint_hex) +
              "', Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see "
              "configured keys for app Id '" +
              shown_value(client_id) + "'.]"};
}

auto wrong_signature(std::string_view thumbprint_hex) -> sts_error {
  return {700027,
          401,
          "invalid_client",
          "Client assertion contains an invalid signature. [Reason - The key was found, but use "
          "of the key to verify the signature failed., Thumbprint of key used by client: '" +
              std::string(thumbprint_hex) + "']"};
}

auto certificate_out_of_date() -> sts_error {
  return {1000502,
          401,
          "invalid_client",
          "The provided certificate is not within its specified validity period. Ensure that "
          "the certificate is valid and not expired."};
}

auto assertion_out_of_date(seams::instant now, std::string_view span) -> sts_error {
  return {700024,
          401,
          "invalid_client",
          "Client assertion is not within its valid time range. Current time: " +
              seams::to_rfc3339(now) + ", " + std::string(span) + "."};
}

auto unknown_resource(std::string_view resource, std::string_view tenant) -> sts_error {
  return {500011,
          400,
          "invalid_resource",
          "The resource principal named " + shown_value(resource) +
              " was not found in the tenant named " + shown_value(tenant) +
              ". This can happen if the application has not been installed by the administrator "
              "of the tenant or consented to by any user in the tenant. You might have sent your "
              "authentication request to the wrong tenant."};
}

auto unknown_instance() -> sts_error {
  return {50049, 400, "invalid_instance", "Unknown or invalid instance."};
}

} // namespace errors

} // namespace mock_graph::login
