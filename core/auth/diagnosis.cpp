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
    {"AADSTS70011", "The scope asked for is not valid."},
    {"AADSTS1002012", "The scope asked for is not valid."},
});

} // namespace

auto diagnose(const http::error_words& refusal) -> std::string {
  const auto found = std::ranges::find(meanings, refusal.code, &meaning::code);
  if (found != meanings.end()) {
    return std::string(found->text);
  }
  const auto tail = refusal.message.find(" Trace ID:");
  return "The login refused the app: " +
         (refusal.message.empty() ? refusal.code : refusal.message.substr(0, tail));
}

} // namespace core::auth
