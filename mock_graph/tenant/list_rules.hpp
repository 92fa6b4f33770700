#pragma once
// What the Tenant Allow/Block List takes, and what its entries do to mail and clicks.
#include "mock_graph/tenant/facts.hpp"

namespace mock_graph::tenant {

/// What is wrong with the value of an entry; "" if nothing is. Lengths and forms are those of
/// learn.microsoft.com/powershell/module/exchangepowershell/new-tenantallowblocklistitems and of
/// learn.microsoft.com/defender-office-365/tenant-allow-block-list-urls-configure, "URL syntax for
/// the Tenant Allow/Block List". The wording is composed; the service's is not known.
auto what_is_wrong_with(const list_entry& entry) -> std::string;

/// Whether a URL entry means this URL: the table "URL entry scenarios" of the same page. A block
/// without wildcards includes subdomains and paths, an allow does not. That a lone slash after the
/// host counts as no path is [inferred].
auto means_url(const list_entry& entry, std::string_view url) -> bool;

/// Whether a sender entry means this address: an address itself, a domain without its subdomains,
/// "*.contoso.com" a domain with them
/// (learn.microsoft.com/defender-office-365/tenant-allow-block-list-email-spoof-configure).
auto means_sender(const list_entry& entry, std::string_view address) -> bool;

/// What the list says about a click on a URL. Blocks come before allows
/// (learn.microsoft.com/defender-office-365/tenant-allow-block-list-about).
enum class list_says { nothing, allow, block };
auto list_on_click(const std::vector<list_entry>& list, std::string_view url) -> list_says;

/// What the user meets because of the list; nothing where the list does not decide. An allow entry
/// made by a cmdlet does not overrule malware (New-TenantAllowBlockListItems, example 4).
auto outcome_by_list(list_says said, threat known) -> std::optional<click_outcome>;

/// The entry that keeps a mail from its recipients, or null. Entries of senders hold for mail from
/// inside too, those of URLs and files for mail from outside alone (same page). Allow entries let
/// nothing through here, and entries of IPv6 addresses meet no mail: its senders have IPv4 ones.
auto entry_against(const std::vector<list_entry>& list, const mail_fact& mail) -> const list_entry*;

/// Quarantines the mail: from a blocked sender or with a blocked URL as high confidence phishing,
/// with a blocked file as malware (same page); what the filters found on their own stays.
void stop_mail(mail_fact& mail, const list_entry& entry);

/// An id in the shape of live ones: 98 letters, "RgAAAA" before and "AAAA0" behind.
auto list_entry_id(std::uint64_t seed, std::string_view name) -> std::string;

/// The next moment at which an entry expires.
auto next_expiry(const std::vector<list_entry>& list) -> std::optional<instant>;

} // namespace mock_graph::tenant
