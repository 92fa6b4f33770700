#include "mock_graph/server/token_refusals.hpp"

#include "mock_graph/errors/service_errors.hpp"
#include "mock_graph/graph/answers.hpp"
#include "mock_graph/mail_flow/reporting_api.hpp"

namespace mock_graph::server {
namespace {

using login::token_fault;

auto note_of(token_fault why) -> std::string {
  switch (why) {
  case token_fault::missing:
    return "token missing";
  case token_fault::malformed:
    return "token malformed";
  case token_fault::bad_signature:
    return "token with a bad signature";
  case token_fault::wrong_audience:
    return "token for another audience";
  case token_fault::wrong_tenant:
    return "token of another tenant";
  case token_fault::expired:
    return "token expired";
  case token_fault::not_yet_valid:
    return "token not yet valid";
  }
  return "token refused";
}

auto graph_error_of(token_fault why) -> odata::api_error {
  switch (why) {
  case token_fault::missing:
    return odata::token_missing();
  case token_fault::expired:
  case token_fault::not_yet_valid:
    return odata::token_expired();
  case token_fault::wrong_audience:
    return odata::token_for_another_audience();
  case token_fault::malformed:
  case token_fault::bad_signature:
  case token_fault::wrong_tenant:
    return odata::token_malformed();
  }
  return odata::token_malformed();
}

/// 401, a challenge, no body: what the Management API, Exchange's admin API and Defender for Cloud
/// Apps answer to a bad token is not documented.
auto bearer_challenge() -> seams::response {
  auto out = seams::response();
  out.status = 401;
  out.fields.set("WWW-Authenticate", "Bearer");
  return out;
}

/// "3/19/2023 8:55:46 AM", as Resource Manager writes times.
auto american_time(seams::instant at) -> std::string {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const auto date = std::chrono::year_month_day(day);
  const auto time = std::chrono::hh_mm_ss(std::chrono::floor<std::chrono::seconds>(at - day));
  const auto two = [](auto part) {
    const auto text = std::to_string(part.count());
    return text.size() < 2 ? "0" + text : text;
  };
  const auto hour = std::chrono::make12(time.hours()).count();
  return std::to_string(unsigned{date.month()}) + "/" + std::to_string(unsigned{date.day()}) + "/" +
         std::to_string(int{date.year()}) + " " + std::to_string(hour) + ":" + two(time.minutes()) +
         ":" + two(time.seconds()) + (std::chrono::is_am(time.hours()) ? " AM" : " PM");
}

auto wrong_audience_text(const login::token_refusal& why, const token_demand& wanted)
    -> std::string {
  auto allowed = std::string();
  for (const auto& one : wanted.audiences) {
    allowed += (allowed.empty() ? "'" : ",'") + one + "'";
  }
  return "The access token has been obtained for wrong audience or resource '" + why.audience +
         "'. It should exactly match with one of the allowed audiences " + allowed + ".";
}

auto wrong_tenant_text(const login::token_refusal& why, std::string_view tenant_id) -> std::string {
  const auto wanted = std::string(tenant_id);
  return "The access token is from the wrong issuer '" + why.issuer +
         "'. It must match the tenant 'https://sts.windows.net/" + wanted +
         "/' associated with this subscription. Please use the authority (URL) "
         "'https://login.windows.net/" +
         wanted + "' to get the token.";
}

/// Resource Manager's envelope. Code and text of a missing token: hashicorp/
/// terraform-provider-azurerm issue 3612; expired: issue 20867 of the same; wrong audience:
/// JetBrains/azure-tools-for-intellij issue 16; invalid: Azure/azure-powershell issue 27882. Of
/// another tenant: Azure/azure-sdk-for-net issue 49391. A token that is not valid yet is not
/// documented: taken as invalid.
auto resource_manager_refusal(const call& what,
                              const login::token_refusal& why,
                              const token_demand& wanted) -> seams::response {
  switch (why.kind) {
  case token_fault::missing:
    return errors::resource_manager(401,
                                    "AuthenticationFailed",
                                    "Authentication failed. The 'Authorization' header is "
                                    "missing.");
  case token_fault::expired:
    return errors::resource_manager(
        401,
        "ExpiredAuthenticationToken",
        "The access token expiry UTC time '" + american_time(why.expired_at) +
            "' is earlier than current UTC time '" + american_time(what.now) + "'.");
  case token_fault::wrong_audience:
    return errors::resource_manager(
        401, "InvalidAuthenticationTokenAudience", wrong_audience_text(why, wanted));
  case token_fault::wrong_tenant:
    return errors::resource_manager(
        401, "InvalidAuthenticationTokenTenant", wrong_tenant_text(why, wanted.tenant_id));
  case token_fault::malformed:
  case token_fault::bad_signature:
  case token_fault::not_yet_valid:
    break;
  }
  return errors::resource_manager(
      401, "InvalidAuthenticationToken", "The access token is invalid.");
}

} // namespace

auto refuse_token(call& what, const login::token_refusal& why, const token_demand& wanted)
    -> seams::response {
  auto out = bearer_challenge();
  if (what.api == login::api::graph) {
    out = graph::refuse(what, graph_error_of(why.kind));
  } else if (what.api == login::api::resource_manager) {
    out = resource_manager_refusal(what, why, wanted);
    out.fields.set("WWW-Authenticate", "Bearer");
  } else if (what.api == login::api::defender) {
    out = errors::defender(401, "Unauthorized", note_of(why.kind), what.request_id);
    out.fields.set("WWW-Authenticate", "Bearer");
  } else if (what.route == "exchange.reporting") {
    out = mail_flow::unauthorized_page();
  }
  what.note = note_of(why.kind);
  return out;
}

} // namespace mock_graph::server
