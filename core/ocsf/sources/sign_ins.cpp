// Graph auditLogs/signIns (sheet, section 5.1).
#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/schema.hpp"
#include "core/ocsf/sources/shared.hpp"
#include "core/ocsf/sources/sources.hpp"

#include <algorithm>

namespace core::ocsf {
namespace {

using nlohmann::json;

constexpr auto sign_in_risks =
    std::to_array<word>({{"none", 0}, {"low", 1}, {"medium", 2}, {"high", 3}});

/// A protocol that is none of them becomes 99 and itself.
constexpr auto protocols = std::to_array<word>(
    {{"none", 0}, {"oAuth2", 6}, {"ropc", 6}, {"deviceCode", 6}, {"saml20", 5}});

constexpr auto sign_in_fields = std::to_array<field>({
    {"createdDateTime", "time", as_time},
    {"id", "metadata.original_event_uid"},
    {"correlationId", "metadata.correlation_uid"},
    {"userId", "user.uid"},
    {"servicePrincipalId", "user.uid"},
    {"userPrincipalName", "user.name"},
    {"servicePrincipalName", "user.name"},
    {"userPrincipalName", "user.email_addr", as_mail},
    {"userDisplayName", "user.full_name"},
    {"appDisplayName", "actor.app_name"},
    {"appId", "actor.app_uid"},
    {"resourceDisplayName", "service.name"},
    {"resourceId", "service.uid"},
    {"ipAddress", "src_endpoint.ip", as_ip},
    {"location.city", "src_endpoint.location.city"},
    {"location.state", "src_endpoint.location.region"},
    {"location.countryOrRegion", "src_endpoint.location.country"},
    {"location.geoCoordinates.latitude", "src_endpoint.location.lat", as_fraction},
    {"location.geoCoordinates.longitude", "src_endpoint.location.long", as_fraction},
    {"deviceDetail.deviceId", "device.uid"},
    {"deviceDetail.displayName", "device.name"},
    {"deviceDetail.operatingSystem", "device.os.name"},
    {"deviceDetail.isCompliant", "device.is_compliant", as_truth},
    {"deviceDetail.isManaged", "device.is_managed", as_truth},
    {"status.errorCode", "status_code"},
    {"riskDetail", "risk_details"},
    {"userAgent", "http_request.user_agent"},
    {"authenticationProtocol", "auth_protocol_id", protocols},
    {"sessionId", "session.uid"},
});

/// `authenticationMethodsUsed[]` and `authenticationDetails[].authenticationMethod`; what is none
/// of them becomes 99 and itself. In this order: "Mobile app notification" before "Mobile app".
constexpr auto methods = std::to_array<word>({{"SMS", 1},
                                              {"Text message", 1},
                                              {"Phone call", 3},
                                              {"notification", 5},
                                              {"Authenticator App", 5},
                                              {"verification code", 7},
                                              {"OATH", 7},
                                              {"FIDO", 10},
                                              {"Password", 11},
                                              {"PTA", 11},
                                              {"PHS", 11}});

void put_result(draft& of) {
  const auto code = of.text("status.errorCode");
  if (!code.empty()) {
    of.choose("status_id", code == "0" ? status::success : status::failure);
  }
  const auto reason = of.text("status.failureReason");
  const auto more = of.text("status.additionalDetails");
  const auto both = reason + (reason.empty() || more.empty() ? "" : "; ") + more;
  if (!both.empty()) {
    of.put("status_detail", both);
    of.take("status.failureReason");
    of.take("status.additionalDetails");
  }
  const auto failed = of.number("status_id") == status::failure;
  of.choose("severity_id", failed ? severity::low : severity::informational);
}

void put_conditional_access(draft& of) {
  constexpr auto unauthorized = 26;
  const auto word = of.text("conditionalAccessStatus");
  if (same_word(word, "success")) {
    of.choose("action_id", action::allowed);
    of.choose("disposition_id", 1);
    of.take("conditionalAccessStatus");
  } else if (same_word(word, "failure")) {
    of.choose("action_id", action::denied);
    of.choose("disposition_id", unauthorized);
    of.take("conditionalAccessStatus");
  }
  auto policies = of.list("appliedConditionalAccessPolicies");
  if (policies.empty()) {
    policies = of.list("appliedConditionalAccessPolicy");
  }
  auto out = json::array();
  for (const auto& one : policies) {
    const auto view = record_view(one);
    auto policy = json::object();
    put_at(policy, "policy.uid", as_text(view.text("id")));
    put_at(policy, "policy.name", as_text(view.text("displayName")));
    put_at(policy, "decision", as_text(view.text("result")));
    out.push_back(std::move(policy));
  }
  if (!out.empty()) {
    of.put("authorizations", std::move(out));
  }
}

void put_risk(draft& of) {
  const auto word = of.text("riskLevelDuringSignIn");
  if (!word.empty() && !same_word(word, "hidden")) {
    of.choose("risk_level_id", id_of(sign_in_risks, word, other), word);
    of.take("riskLevelDuringSignIn");
  }
}

void put_factors(draft& of) {
  auto names = std::vector<std::string>();
  for (const auto& one : of.list("authenticationMethodsUsed")) {
    names.push_back(to_text(one).value_or(""));
  }
  for (const auto& one : of.list("authenticationDetails")) {
    names.push_back(record_view(one).text("authenticationMethod"));
  }
  auto factors = json::array();
  for (const auto& name : names) {
    const auto found =
        std::ranges::find_if(methods, [&](const word& one) { return mentions(name, one.text); });
    auto factor = json::object();
    put_choice(factor, "factor_type_id", found == methods.end() ? other : found->id, name);
    if (!name.empty() && std::ranges::find(factors, factor) == factors.end()) {
      factors.push_back(std::move(factor));
    }
  }
  if (!factors.empty()) {
    of.put("auth_factors", std::move(factors));
    of.take("authenticationMethodsUsed");
  }
}

void put_multi_factor(draft& of) {
  const auto word = of.text("authenticationRequirement");
  if (same_word(word, "multiFactorAuthentication") ||
      same_word(word, "singleFactorAuthentication")) {
    of.put("is_mfa", same_word(word, "multiFactorAuthentication"));
    of.take("authenticationRequirement");
  }
}

/// OCSF's "Interactive" means a local console, so the source's own words stand (sheet, 10).
void put_logon_type(draft& of) {
  const auto kinds = of.list("signInEventTypes");
  if (!kinds.empty()) {
    of.choose("logon_type_id", other, to_text(kinds.front()).value_or("unknown"));
    of.take("signInEventTypes");
    return;
  }
  const auto* said = of.record().find("isInteractive");
  const auto interactive = said == nullptr ? std::nullopt : to_truth(*said);
  if (interactive) {
    of.choose("logon_type_id", other, *interactive ? "interactiveUser" : "nonInteractiveUser");
    of.take("isInteractive");
  }
}

void put_people_and_places(draft& of) {
  const auto is_user = of.text("servicePrincipalId").empty() || !of.text("userId").empty();
  constexpr auto user = 1;
  constexpr auto service = 4;
  type_user(of, "user", is_user ? user : service);
  if (const auto* who = find_at(of.event(), "user")) {
    of.put("actor.user", *who);
  }
  if (!of.has("service")) {
    of.put("service.name", as_text(of.text("appDisplayName")));
    of.put("service.uid", as_text(of.text("appId")));
  }
  if (!of.has("service")) {
    of.put("service.name", "Microsoft Entra ID");
  }
  if (of.has("device.uid") || of.has("device.name")) {
    of.put("device.type_id", 0);
    put_os(of.event(), "device.os", of.text("deviceDetail.operatingSystem"));
  } else {
    of.event().erase("device");
  }
}

auto shape_sign_in(draft& of) -> std::optional<std::string> {
  constexpr auto logon = 1;
  of.is(classes::authentication, logon);
  of.put("is_remote", true);
  of.take("@odata.type");
  put_result(of);
  put_conditional_access(of);
  put_risk(of);
  put_factors(of);
  put_multi_factor(of);
  put_logon_type(of);
  put_people_and_places(of);
  return of.has("user.name") || of.has("user.uid")
             ? std::nullopt
             : std::optional<std::string>(
                   "a sign-in of nobody: neither user nor service principal");
}

constexpr auto sign_in_identity = std::to_array<std::string_view>({"id"});

} // namespace

constinit const source sources::sign_ins = {.name = "auditLogs/signIns",
                                            .provider = graph,
                                            .product = "Microsoft Entra ID",
                                            .prefix = "signin",
                                            .identity = sign_in_identity,
                                            .time = "createdDateTime",
                                            .fields = sign_in_fields,
                                            .shape = shape_sign_in};

} // namespace core::ocsf
