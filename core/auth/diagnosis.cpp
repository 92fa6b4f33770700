#include "core/auth/diagnosis.hpp"

#include "core/auth/clock_skew.hpp"

#include <algorithm>
#include <array>

namespace core::auth {
namespace {

struct meaning {
  std::string_view code;
  std::string_view text;
};

constexpr auto other_cloud =
    std::string_view("The tenant lives in another cloud than the one that is configured.");
constexpr auto scope_wrong = std::string_view("The scope asked for is not valid.");
constexpr auto nothing_sent =
    std::string_view("No client secret and no certificate was sent: none is configured.");

/// Codes a connector meets (identity sheet, 5.2;
/// learn.microsoft.com/entra/identity-platform/reference-error-codes).
constexpr auto meanings = std::to_array<meaning>({
    {"AADSTS7000215",
     "The client secret is wrong. Paste the secret's Value, not its Secret ID; a secret made "
     "moments ago may still be replicating."},
    {"AADSTS7000222",
     "The client secret has expired. Create a new one under Certificates & secrets of the app "
     "registration and configure its Value."},
    {"AADSTS7000218", nothing_sent},
    {"AADSTS7000216", nothing_sent},
    {"AADSTS700025",
     "The app is registered as a public client: allow it a secret under Authentication."},
    {"AADSTS700027",
     "The certificate is not registered on the app: upload it under Certificates & secrets, "
     "Certificates, of the app registration, or configure the one that is there."},
    {"AADSTS7000274",
     "The signature does not fit the certificate: configure the private key that belongs to it."},
    {"AADSTS700024", "The login finds the assertion out of its time: set this machine's clock."},
    {"AADSTS1000502",
     "The certificate is not within its validity period: make a new one and upload it under "
     "Certificates & secrets of the app registration."},
    {"AADSTS7000214", "The certificate has been revoked: make a new one and upload it."},
    {"AADSTS7000277", "The certificate has been revoked: make a new one and upload it."},
    {"AADSTS700030", "The certificate's subject is not the one that the app is configured for."},
    {"AADSTS50027", "The login cannot use the signed assertion."},
    {"AADSTS700016",
     "The client id is not known in this tenant: the client id is wrong, or it is right and "
     "belongs to another tenant than the one configured. Compare both with the app registration's "
     "Overview, and see that the app was consented to in this tenant."},
    {"AADSTS700038",
     "The client id is not a valid application id: copy the Application (client) ID of the app "
     "registration's Overview."},
    {"AADSTS7000229",
     "The app has no service principal in this tenant: an administrator must grant consent there."},
    {"AADSTS7000112",
     "The app is disabled in this tenant: enable it under Enterprise applications, Properties, "
     "'Enabled for users to sign-in'."},
    {"AADSTS90002",
     "The tenant is not known to this cloud: the tenant id is wrong, or the tenant lives in "
     "another cloud."},
    {"AADSTS900023", "The tenant id is neither a GUID nor a domain."},
    {"AADSTS900382", other_cloud},
    {"AADSTS900432", other_cloud},
    {"AADSTS90038", other_cloud},
    {"AADSTS90051", other_cloud},
    {"AADSTS500011",
     "The API is not provisioned in this tenant, or it is asked for in the wrong cloud."},
    {"AADSTS500014",
     "The API is disabled in this tenant (Enterprise applications, Properties of the API)."},
    {"AADSTS650052", "The tenant has no subscription for the API that is asked for."},
    {"AADSTS53003",
     "A Conditional Access policy for workload identities blocks the app: exclude it, or connect "
     "from an allowed place."},
    {"AADSTS70011", scope_wrong},
    {"AADSTS1002012", scope_wrong},
});

constexpr auto of_one_api = std::to_array<std::string_view>({"AADSTS500011",
                                                             "AADSTS500014",
                                                             "AADSTS650052",
                                                             "AADSTS70011",
                                                             "AADSTS1002012",
                                                             "invalid_resource",
                                                             "invalid_scope"});

/// Trouble of the login service itself (same section, "transient back-end trouble").
constexpr auto passing = std::to_array<std::string_view>({"temporarily_unavailable",
                                                          "AADSTS90055",
                                                          "AADSTS50033",
                                                          "AADSTS90006",
                                                          "AADSTS90012",
                                                          "AADSTS90024",
                                                          "AADSTS90033",
                                                          "AADSTS90090"});

/// Older answers end in "\r\nTrace ID: …", newer ones in " Trace ID: …".
auto own_words(const std::string& message) -> std::string {
  const auto tail = message.find("Trace ID: ");
  const auto text = message.substr(0, tail);
  return text.substr(0, text.find_last_not_of(" \r\n") + 1);
}

auto is_blank(char c) -> bool {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

auto is_hex(char c) -> bool {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

auto is_guid_shaped(std::string_view text) -> bool {
  constexpr auto form = std::string_view("hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh");
  return std::ranges::equal(
      text, form, [](char c, char wanted) { return wanted == 'h' ? is_hex(c) : c == wanted; });
}

auto ends_in_blank(std::string_view text) -> bool {
  return !text.empty() && (is_blank(text.front()) || is_blank(text.back()));
}

auto on_day(seams::instant at) -> std::string {
  return seams::to_rfc3339(std::chrono::floor<std::chrono::days>(at)).substr(0, 10);
}

/// What a refused certificate was, and when it ends.
auto pair_in(const refused_request& about) -> const key_pair* {
  return about.proof == nullptr ? nullptr : std::get_if<key_pair>(about.proof);
}

auto secret_in(const refused_request& about) -> std::string_view {
  const auto* secret = about.proof == nullptr ? nullptr : std::get_if<client_secret>(about.proof);
  return secret == nullptr ? std::string_view() : std::string_view(secret->value);
}

auto about_certificate(const http::error_words& refusal, const refused_request& about)
    -> std::string {
  const auto* pair = pair_in(about);
  if (pair == nullptr) {
    return {};
  }
  const auto mismatch =
      refusal.code == "AADSTS7000274" ||
      (refusal.message.find("signature") != std::string::npos &&
       refusal.message.find("not found") == std::string::npos && refusal.code == "AADSTS700027");
  return std::string(mismatch ? " The certificate is registered, but the signature is not made "
                                "with its key."
                              : "") +
         " Its thumbprint is " + pair->portal_thumbprint() + "; it is valid from " +
         on_day(pair->certificate().from) + " to " + on_day(pair->certificate().until) + ".";
}

auto about_cloud(const refused_request& about) -> std::string {
  const auto commercial = about.cloud == "global" || about.cloud == "gcc";
  return about.cloud.empty() ? ""
                             : " Configured is " + about.cloud +
                                   (commercial ? ": US Government tenants need gcc_high or dod."
                                               : ": select the cloud of the tenant.");
}

auto oddity_of_secret(std::string_view secret) -> std::string {
  if (ends_in_blank(secret)) {
    return " What is configured begins or ends with a blank or a line break: remove it.";
  }
  if (is_guid_shaped(secret)) {
    return " What is configured has the form of a Secret ID: the Value stands in the column "
           "beside it and is shown only once, so make a new secret if it was not kept.";
  }
  return {};
}

auto oddity_of_ids(const refused_request& about) -> std::string {
  const auto is_domain = about.tenant_id.find('.') != std::string::npos;
  if (ends_in_blank(about.client_id) || ends_in_blank(about.tenant_id)) {
    return " A configured id begins or ends with a blank: remove it.";
  }
  if (!about.client_id.empty() && about.client_id == about.tenant_id) {
    return " The same id is configured as client id and as tenant id.";
  }
  if (!about.client_id.empty() && !is_guid_shaped(about.client_id)) {
    return " The configured client id is no GUID.";
  }
  if (!about.tenant_id.empty() && !is_guid_shaped(about.tenant_id) && !is_domain) {
    return " The configured tenant id is neither a GUID nor a domain.";
  }
  return {};
}

/// What this very request adds to the general meaning of its code.
auto particulars(const http::error_words& refusal, const refused_request& about) -> std::string {
  const auto& code = refusal.code;
  if (code == "AADSTS7000215") {
    return oddity_of_secret(secret_in(about));
  }
  if (code == "AADSTS7000222") {
    return about.expires ? " It expired on " + on_day(*about.expires) + "." : "";
  }
  if (code == "AADSTS700027" || code == "AADSTS7000274" || code == "AADSTS1000502") {
    return about_certificate(refusal, about);
  }
  if (code == "AADSTS700024") {
    return " By the login's Date, " + clock_text(about.clock_offset) + ".";
  }
  if (code == "AADSTS700016" || code == "AADSTS700038" || code == "AADSTS90002" ||
      code == "AADSTS900023") {
    return oddity_of_ids(about);
  }
  return code.starts_with("AADSTS9003") || code.starts_with("AADSTS9004") ||
                 code == "AADSTS90038" || code == "AADSTS90051"
             ? about_cloud(about)
             : "";
}

} // namespace

auto diagnose(const http::error_words& refusal, const refused_request& about) -> diagnosis {
  if (std::ranges::find(passing, refusal.code) != passing.end()) {
    return {true, false, "The login has trouble of its own (" + refusal.code + ")."};
  }
  const auto narrow = std::ranges::find(of_one_api, refusal.code) != of_one_api.end();
  const auto found = std::ranges::find(meanings, refusal.code, &meaning::code);
  if (found != meanings.end()) {
    return {false, narrow, std::string(found->text) + particulars(refusal, about)};
  }
  const auto words = own_words(refusal.message);
  return {false, narrow, "The login refused the app: " + (words.empty() ? refusal.code : words)};
}

} // namespace core::auth
