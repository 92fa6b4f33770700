#include "mock_graph/odata/error_body.hpp"

namespace mock_graph::odata {
namespace {

auto joined(std::span<const std::string> names) -> std::string {
  auto out = std::string{};
  for (const auto& name : names) {
    out += (out.empty() ? "" : ",") + name;
  }
  return out;
}

} // namespace

auto error_date(seams::instant at) -> std::string {
  auto text = seams::to_rfc3339(std::chrono::floor<std::chrono::seconds>(at));
  text.pop_back();
  return text;
}

auto error_body(const api_error& error, const request_ids& ids) -> nlohmann::ordered_json {
  auto inside = nlohmann::ordered_json::object();
  inside["code"] = error.code;
  inside["message"] = error.message;
  if (error.with_details) {
    inside["details"] = nlohmann::ordered_json::array();
  }
  auto& inner = inside["innerError"] = nlohmann::ordered_json::object();
  inner["date"] = error_date(ids.at);
  inner["request-id"] = ids.request_id;
  inner["client-request-id"] = ids.client_request_id;
  auto out = nlohmann::ordered_json::object();
  out["error"] = std::move(inside);
  return out;
}

auto throttle_body(const request_ids& ids) -> nlohmann::ordered_json {
  auto inner = nlohmann::ordered_json::object();
  inner["code"] = "429";
  inner["date"] = error_date(ids.at);
  inner["message"] = "Please retry after";
  inner["request-id"] = ids.request_id;
  inner["status"] = "429";
  auto inside = nlohmann::ordered_json::object();
  inside["code"] = "TooManyRequests";
  inside["innerError"] = std::move(inner);
  inside["message"] = "Please retry again later.";
  auto out = nlohmann::ordered_json::object();
  out["error"] = std::move(inside);
  return out;
}

auto to_bytes(const nlohmann::ordered_json& body) -> std::string {
  return body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

auto token_missing() -> api_error {
  return {401, "InvalidAuthenticationToken", "Access token is empty."};
}

auto token_expired() -> api_error {
  return {401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired."};
}

auto token_for_another_audience() -> api_error {
  return {401, "InvalidAuthenticationToken", "Access token validation failure. Invalid audience."};
}

auto token_malformed() -> api_error {
  return {401, "Authentication_MissingOrMalformed", "Access token validation failure."};
}

auto account_not_provisioned() -> api_error {
  return {401, "Unauthorized", "Unauthorized request - Account is not provisioned."};
}

auto roles_missing(std::span<const std::string> required, std::span<const std::string> held)
    -> api_error {
  return {403,
          "Forbidden",
          "Missing application roles. API required roles: " + joined(required) +
              ", application roles: " + joined(held) + "."};
}

auto privileges_missing() -> api_error {
  return {403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation."};
}

auto graph_permission_missing(const std::string& role) -> api_error {
  return {403,
          "Authentication_MSGraphPermissionMissing",
          "The principal does not have required Microsoft Graph permission(s): " + role};
}

auto mailbox_access_denied() -> api_error {
  return {403, "ErrorAccessDenied", "Access is denied. Check credentials and try again."};
}

auto segment_not_found(const std::string& name) -> api_error {
  return {400, "BadRequest", "Resource not found for the segment '" + name + "'."};
}

auto method_not_allowed() -> api_error {
  return {
      405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target."};
}

auto resource_not_found(const std::string& id, std::string_view code) -> api_error {
  return {404,
          std::string(code),
          "Resource '" + id +
              "' does not exist or one of its queried reference-property objects are not present."};
}

} // namespace mock_graph::odata
