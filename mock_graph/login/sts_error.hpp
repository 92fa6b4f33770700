#pragma once
// Refusals of the login as values, one maker per AADSTS code, and the body they travel in.
#include "core/seams/http.hpp"
#include "core/seams/time.hpp"

#include <boost/system/result.hpp>

#include <string>
#include <string_view>

namespace mock_graph::login {

/// A refusal. `text` is what follows "AADSTS{code}: ".
struct sts_error {
  sts_error() = default;
  sts_error(int aadsts, int http_status, std::string word, std::string what)
      : code(aadsts), status(http_status), error(std::move(word)), text(std::move(what)) {}

  int code = 0;
  int status = 0;
  std::string error; ///< the word programs go by: "invalid_client", ...
  std::string text;
};

[[noreturn]] void throw_exception_from_error(const sts_error& error,
                                             const boost::source_location& where);

template <class T> using granted = boost::system::result<T, sts_error>;

/// What every answer of the login carries.
struct answer_frame {
  seams::instant now;
  std::string base;           ///< "https://login.microsoftonline.com", as the client wrote it
  std::string trace_id;       ///< also `x-ms-request-id`
  std::string correlation_id; ///< the caller's `client-request-id`, if it sent one
  std::string cookie;         ///< opaque part of the cookie `fpc`
};

/// A JSON answer with the headers of the token endpoint, `Cache-Control: no-store` among them.
auto token_response(int status, std::string body, const answer_frame& frame) -> seams::response;
/// The error as JSON, fields in the order of captures of August 2026. `error_uri` is there for the
/// codes that were seen with it: 7000215, 500011, 50049.
auto error_body(const sts_error& error, const answer_frame& frame) -> std::string;
auto error_response(const sts_error& error, const answer_frame& frame) -> seams::response;

/// A value of the request as error texts quote it: at most 256 bytes, no control characters.
auto shown_value(std::string_view value) -> std::string;
/// "2026-03-10 08:29:16Z".
auto sts_time(seams::instant at) -> std::string;

namespace errors {

auto only_post(std::string_view method) -> sts_error;             // 900561
auto malformed_request() -> sts_error;                            // 9002313
auto missing_parameter(std::string_view name) -> sts_error;       // 900144
auto unsupported_grant(std::string_view grant_type) -> sts_error; // 70003
auto resource_on_v2() -> sts_error;                               // 901002
auto invalid_scope(std::string_view scope) -> sts_error;          // 70011
auto scope_not_default(std::string_view scope) -> sts_error;      // 1002012
auto several_resources(std::string_view scope) -> sts_error;      // 700022
auto shared_tenant() -> sts_error;                                // 9001023
auto unknown_tenant(std::string_view name) -> sts_error;          // 90002, token
auto unknown_tenant_document(std::string_view name) -> sts_error; // 90002, discovery
auto wrong_cloud() -> sts_error;                                  // 900382
auto impossible_client(std::string_view client_id) -> sts_error;  // 700038
auto unknown_client(std::string_view client_id, std::string_view tenant) -> sts_error; // 700016
auto no_service_principal(std::string_view client_id, std::string_view tenant_id)
    -> sts_error;                                                                     // 7000229
auto disabled_client(std::string_view client_id, std::string_view name) -> sts_error; // 7000112
auto no_credential() -> sts_error;                                                    // 7000216
auto incomplete_credential() -> sts_error;                                            // 7000218
auto wrong_secret(std::string_view client_id) -> sts_error;                           // 7000215
auto expired_secret(std::string_view client_id) -> sts_error;                         // 7000222
/// `reason` is a sentence of our own: "No certificate thumbprint ...".
auto invalid_assertion(std::string_view reason) -> sts_error; // 50027
auto unknown_certificate(std::string_view thumbprint_hex, std::string_view client_id)
    -> sts_error;                                                                       // 700027
auto wrong_signature(std::string_view thumbprint_hex) -> sts_error;                     // 700027
auto certificate_out_of_date() -> sts_error;                                            // 1000502
auto assertion_out_of_date(seams::instant now, std::string_view span) -> sts_error;     // 700024
auto unknown_resource(std::string_view resource, std::string_view tenant) -> sts_error; // 500011
auto unknown_instance() -> sts_error;                                                   // 50049

} // namespace errors

} // namespace mock_graph::login
