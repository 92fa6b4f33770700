#include "core/auth/diagnosis.hpp"

#include <algorithm>
#include <array>

namespace core::auth {
namespace {

struct meaning {
  std::string_view code;
  std::string_view text;
};

/// Codes a connector meets (identity sheet, 5.2;
/// learn.microsoft.com/entra/identity-platform/reference-error-codes).
constexpr auto meanings = std::to_array<meaning>({
    {"AADSTS7000215",
     "The client secret is wrong. Paste the secret's Value, not its Secret ID; a secret made "
     "moments ago may still be replicating."},
    {"AADSTS7000222",
     "The client secret has expired. Create a new one under Certificates & secrets of the app "
     "registration and configure its Value."},
    {"AADSTS7000218", "No client secret was sent: none is configured."},
    {"AADSTS7000216", "No client secret was sent: none is configured."},
    {"AADSTS700025",
     "The app is registered as a public client: allow it a secret under Authentication."},
    {"AADSTS700027", "The certificate used is not registered on the app, or does not fit its key."},
    {"AADSTS700024", "The assertion is outside its valid time: check this machine's clock."},
    {"AADSTS700016",
     "The client id is not known in this tenant: the client id or the tenant id is wrong, or the "
     "app was never consented to here."},
    {"AADSTS700038", "The client id is not a valid application id."},
    {"AADSTS7000229",
     "The app has no service principal in this tenant: an administrator must grant consent there."},
    {"AADSTS7000112", "The app is disabled in this tenant (Enterprise applications, Properties)."},
    {"AADSTS90002",
     "The tenant is not known to this cloud: the tenant id is wrong, or the tenant lives in "
     "another cloud."},
    {"AADSTS900382", "The tenant lives in a US Government cloud: select that region."},
    {"AADSTS900432", "The tenant lives in a US Government cloud: select that region."},
    {"AADSTS500011",
     "The API is not provisioned in this tenant, or it is asked for in the wrong cloud."},
    {"AADSTS500014",
     "The API is disabled in this tenant (Enterprise applications, Properties of the API)."},
    {"AADSTS650052", "The tenant has no subscription for the API that is asked for."},
    {"AADSTS53003",
     "A Conditional Access policy for workload identities blocks the app: exclude it, or connect "
     "from an allowed place."},
    {"AADSTS70011", "The scope asked for is not valid."},
    {"AADSTS1002012", "The scope asked for is not valid."},
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

} // namespace

auto diagnose(const http::error_words& refusal) -> diagnosis {
  if (std::ranges::find(passing, refusal.code) != passing.end()) {
    return {true, false, "The login has trouble of its own (" + refusal.code + ")."};
  }
  const auto narrow = std::ranges::find(of_one_api, refusal.code) != of_one_api.end();
  const auto found = std::ranges::find(meanings, refusal.code, &meaning::code);
  if (found != meanings.end()) {
    return {false, narrow, std::string(found->text)};
  }
  const auto words = own_words(refusal.message);
  return {false, narrow, "The login refused the app: " + (words.empty() ? refusal.code : words)};
}

} // namespace core::auth
