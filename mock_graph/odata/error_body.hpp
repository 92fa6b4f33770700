#pragma once
// Error bodies as Graph prints them: member order and spelling included.
#include "core/seams/time.hpp"
#include "mock_graph/odata/error.hpp"

#include <nlohmann/json.hpp>

#include <span>
#include <string>

namespace mock_graph::odata {

/// What every error body says of its request. `client_request_id` equals `request_id` when the
/// client sent none.
struct request_ids {
  seams::instant at;
  std::string request_id;
  std::string client_request_id;
};

/// `2026-03-10T12:51:51`: seconds, no 'Z' (graph-security sheet, 5.2).
auto error_date(seams::instant at) -> std::string;

/// `{"error":{"code","message",("details":[]),"innerError":{"date","request-id",
/// "client-request-id"}}}`.
auto error_body(const api_error& error, const request_ids& ids) -> nlohmann::ordered_json;

/// The throttling body of the documentation (D-thr), to be sent with 429 and Retry-After: its
/// members stand in alphabetical order and the inner error repeats code and status.
auto throttle_body(const request_ids& ids) -> nlohmann::ordered_json;

/// The bytes of a body; broken UTF-8 in an echoed value becomes U+FFFD instead of an exception.
auto to_bytes(const nlohmann::ordered_json& body) -> std::string;

// 401 and 403, with their codes and texts (graph-security sheet, 5.3).
auto token_missing() -> api_error;
auto token_expired() -> api_error;
auto token_for_another_audience() -> api_error;
auto token_malformed() -> api_error;
auto account_not_provisioned() -> api_error;
/// Security routes: `Missing application roles. API required roles: A,B, application roles: .`
auto roles_missing(std::span<const std::string> required, std::span<const std::string> held)
    -> api_error;
/// Directory routes.
auto privileges_missing() -> api_error;
/// Sign-in and audit logs; `role` such as `AuditLog.Read.All`.
auto graph_permission_missing(const std::string& role) -> api_error;
auto mailbox_access_denied() -> api_error;

// Routes.
auto segment_not_found(const std::string& name) -> api_error;
auto method_not_allowed() -> api_error;
/// An entity that is not there; unless told otherwise with the directory's code.
auto resource_not_found(const std::string& id, std::string_view code = "Request_ResourceNotFound")
    -> api_error;

} // namespace mock_graph::odata
