#include "core/health/remedy.hpp"

#include <algorithm>
#include <array>

namespace core::health {
namespace {

struct advice {
  std::string_view key; ///< a code, or a state
  std::string_view text;
};

/// By code first: what one code means is narrower than its state (identity sheet, 5.2;
/// management-activity-api sheet, 4).
constexpr auto by_code = std::to_array<advice>({
    {"AADSTS7000215",
     "Entra admin centre, App registrations, the app, Certificates & secrets: create a secret and "
     "configure its Value (not the Secret ID), without spaces around it."},
    {"AADSTS7000222",
     "Entra admin centre, App registrations, the app, Certificates & secrets: the secret has "
     "expired; create a new one, configure its Value, delete the old one."},
    {"AADSTS7000218", "Configure a credential: [credential] in the config."},
    {"AADSTS7000216", "Configure a credential: [credential] in the config."},
    {"AADSTS700027",
     "Entra admin centre, App registrations, the app, Certificates & secrets, Certificates: upload "
     "the certificate whose key is configured."},
    {"AADSTS7000274", "Configure the key that belongs to the certificate of the app."},
    {"AADSTS700024", "Set this machine's clock (NTP), then try again."},
    {"AADSTS1000502",
     "Make a new certificate, upload it to the app and configure it: this one is outside its "
     "dates."},
    {"AADSTS700016",
     "Compare client_id and tenant_id with the app's Overview in the Entra admin centre; if both "
     "are right, have an administrator of this tenant consent to the app."},
    {"AADSTS700038", "Configure the Application (client) ID from the app's Overview as client_id."},
    {"AADSTS7000229",
     "Have an administrator of this tenant grant admin consent: the app has no service principal "
     "here."},
    {"AADSTS7000112",
     "Entra admin centre, Enterprise applications, the app, Properties: set 'Enabled for users to "
     "sign-in' to Yes."},
    {"AADSTS90002",
     "Compare tenant_id with the Directory (tenant) ID in the Entra admin centre's Overview, and "
     "cloud with the portal that it was read in."},
    {"AADSTS900382", "Set cloud to gcc_high or dod: the tenant lives in a US Government cloud."},
    {"AADSTS900432", "Set cloud to gcc_high or dod: the tenant lives in a US Government cloud."},
    {"AADSTS500014",
     "Entra admin centre, Enterprise applications, the API, Properties: enable it."},
    {"AADSTS53003",
     "Entra admin centre, Conditional Access: exclude the app from the policy for workload "
     "identities, or connect from an allowed address."},
    {"secret_unavailable",
     "Set the variable or file that [credential] names, readable for the connector's user."},
    {"audit_disabled",
     "Microsoft Purview portal, Audit: start recording user and admin activity; it takes up to an "
     "hour."},
    {"AF20023",
     "Nothing: the connector starts the subscription again; whoever stopped it should know that "
     "the time between is lost."},
    {"AF20022", "Nothing: the connector starts the subscription; content begins to flow in hours."},
    {"directory_role_missing",
     "Entra admin centre, Roles and administrators: assign Security Reader or Global Reader to the "
     "app's service principal; Exchange takes a while to notice."},
    {"AuthorizationFailed",
     "Azure portal, the subscription, Access control (IAM): assign the role Reader to the app."},
    {"no_subscriptions", "Name the Azure subscriptions to read in subscriptions."},
    {"blobs_waiting",
     "Nothing at once: each is asked for again. If it lasts, report the content that the line "
     "names "
     "to Microsoft."},
    {"blob_never_served",
     "Nothing brings it back: report the content that the line names to Microsoft, and tell "
     "whoever "
     "relies on it."},
    {"list_cut", "Nothing at once; if it lasts, report that Exchange refuses its own next links."},
    {"tls_failed",
     "If a proxy inspects TLS, give its root certificates as ca_file in [base_urls]; otherwise "
     "update this machine's certificates and check its clock."},
    {"connect_failed",
     "Check this machine's DNS, firewall and the hosts in [base_urls]; the APIs are reached on "
     "port 443."},
    {"no_answer", "Check the network and whether a firewall swallows answers."},
    {"store_full", "Free space on the disk of the store, then start again: nothing was lost."},
    {"store_damaged", "Restore the store from a backup, or move it away to begin a new one."},
});

constexpr auto by_state = std::to_array<advice>({
    {"authentication_failed",
     "Compare tenant_id, client_id, cloud and [credential] with the app registration in the Entra "
     "admin centre."},
    {"wrong_region", "Set cloud to the one that the tenant lives in."},
    {"throttled",
     "Nothing at once: the connector waits as long as it is told. If it lasts, poll more rarely or "
     "look for other apps that read the same API."},
    {"service_unavailable",
     "Nothing: the service has trouble and the connector tries again; see the Microsoft 365 admin "
     "centre, Health, Service health."},
    {"subscription_disabled",
     "Microsoft Purview portal, Audit: check that auditing is on; the connector starts the "
     "subscription by itself."},
    {"retired_api", "Update the connector's config: this API answers no more."},
    {"clock_skew", "Set this machine's clock (NTP)."},
    {"schema_drift",
     "Nothing: records are kept as they are; tell whoever reads them that their form has changed."},
    {"bad_answer", "Nothing at once; if it lasts, report the answer that the line names."},
    {"stalled",
     "It has not passed by itself for a day: see the Microsoft 365 admin centre, Health, Service "
     "health; if nothing is said there, report the line to Microsoft. What the service does not "
     "keep until the feed reads on is lost."},
    {"gap", "Nothing brings the span back: tell whoever relies on it."},
    {"delayed", "Nothing: the source is late, and what is late is read when it comes."},
    {"store_failed", "Check the disk and the permissions of the store's folder."},
    {"request_refused",
     "The line names the call and the service's words; if they do not help, report them."},
});

template <class list> auto look_up(const list& all, std::string_view key) -> std::string_view {
  const auto found = std::ranges::find(all, key, &advice::key);
  return found == all.end() ? std::string_view() : found->text;
}

auto grant_advice(const feed_needs& of) -> std::string {
  if (of.permissions.empty()) {
    return of.also.empty() ? "Grant the app access to " + of.api + "."
                           : "Grant the app what this feed needs: " + of.also + ".";
  }
  return "Entra admin centre, App registrations, the app, API permissions: add " + of.permissions +
         " of " + of.api + " as application permission (not delegated) and grant admin consent" +
         (of.also.empty() ? "." : "; it also needs " + of.also + ".");
}

auto licence_advice(const feed_needs& of) -> std::string {
  return of.also.empty()
             ? "The tenant has no licence for this source: buy it or leave the feed out."
             : "The tenant needs " + of.also + ": license it or leave the feed out.";
}

} // namespace

auto remedy(std::string_view state, std::string_view code, const feed_needs& of) -> std::string {
  const auto text = look_up(by_code, code);
  const auto to_wait = text.starts_with("Nothing");
  if (!text.empty() && !(to_wait && state == "stalled")) {
    return std::string(text);
  }
  if (state == "insufficient_permissions") {
    return grant_advice(of);
  }
  if (state == "not_licensed") {
    return licence_advice(of);
  }
  return std::string(look_up(by_state, state));
}

} // namespace core::health
