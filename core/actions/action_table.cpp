#include "core/actions/action_table.hpp"

#include <algorithm>

namespace core::actions {
namespace {

constexpr auto enable_or_disable =
    need{workload::graph,
         {"User.EnableDisableAccount.All", "User.ReadWrite.All", "Directory.ReadWrite.All"}};
constexpr auto read_users =
    need{workload::graph,
         {"User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"}};
constexpr auto revoke = need{
    workload::graph, {"User.RevokeSessions.All", "User.ReadWrite.All", "Directory.ReadWrite.All"}};
constexpr auto set_password =
    need{workload::graph,
         {"User-PasswordProfile.ReadWrite.All", "User.ReadWrite.All", "Directory.ReadWrite.All"}};
constexpr auto change_rules = need{workload::graph, {"MailboxSettings.ReadWrite"}};
constexpr auto run_cmdlets = need{workload::exchange, {"Exchange.ManageAsApp"}};
constexpr auto set_indicators = need{workload::endpoint, {"Ti.ReadWrite", "Ti.ReadWrite.All"}};
constexpr auto isolate = need{workload::endpoint, {"Machine.Isolate"}};
constexpr auto read_machines =
    need{workload::endpoint, {"Machine.Read.All", "Machine.ReadWrite.All"}};

constexpr auto exchange_role = std::string_view(
    "the directory role Security Administrator or Exchange Administrator of the service principal");
constexpr auto mailbox_role = std::string_view(
    "the directory role Exchange Administrator or Exchange Recipient Administrator "
    "of the service principal");
constexpr auto user_role = std::string_view(
    "for targets with an admin role a directory role that outranks it: Privileged Authentication "
    "Administrator covers all");
constexpr auto indicator_removal =
    std::string_view("DELETE {endpoint}/api/indicators/{id}, or in the Defender portal");
constexpr auto list_removal = std::string_view("Remove-TenantAllowBlockListItems");
constexpr auto post_indicator = std::string_view("POST {endpoint}/api/indicators");
constexpr auto new_list_item =
    std::string_view("POST {exchange}/adminapi/beta/{tenant}/InvokeCommand "
                     "New-TenantAllowBlockListItems");

constexpr auto table = std::to_array<action_facts>({
    {"hard_delete_message",
     "Find a message in mailboxes and delete it for good",
     "mailboxes",
     "a mailbox",
     reach::mailboxes,
     "POST /users/{id}/messages/{id}/permanentDelete",
     {{{workload::graph, {"Mail.ReadWrite"}}}}},
    {"block_url",
     "Block a URL in mail, Teams and Office apps",
     "entries",
     "a URL",
     reach::nothing,
     new_list_item,
     {{run_cmdlets}},
     exchange_role,
     list_removal},
    {"block_sender",
     "Block a sender or a sender's domain in mail",
     "entries",
     "an address or a domain",
     reach::nothing,
     new_list_item,
     {{run_cmdlets}},
     exchange_role,
     list_removal},
    {"block_domain",
     "Block a domain on endpoints",
     "entries",
     "a domain",
     reach::nothing,
     post_indicator,
     {{set_indicators}},
     "network protection in block mode on the endpoints",
     indicator_removal},
    {"block_file",
     "Block a file on endpoints",
     "entries",
     "a SHA-256, SHA-1 or MD5",
     reach::nothing,
     post_indicator,
     {{set_indicators}},
     "",
     indicator_removal},
    {"block_ip_on_endpoints",
     "Block an IP address on endpoints",
     "addresses",
     "an IP address",
     reach::nothing,
     post_indicator,
     {{set_indicators}},
     "network protection in block mode on the endpoints",
     indicator_removal},
    {"block_ip",
     "Block sign-ins from IP addresses",
     "addresses",
     "IP addresses or ranges, all in one change",
     reach::nothing,
     "POST or PATCH /identity/conditionalAccess/namedLocations and /policies",
     {{{workload::graph, {"Policy.Read.All"}},
       {workload::graph, {"Policy.ReadWrite.ConditionalAccess"}},
       {workload::graph, {"Application.Read.All"}},
       read_users}},
     "Entra ID P1",
     "PATCH of the named location without the address"},
    {"isolate_device",
     "Cut a device off from the network",
     "machine_ids",
     "a machine id, a DNS name or an Entra device id",
     reach::nothing,
     "POST {endpoint}/api/machines/{id}/isolate",
     {{isolate, read_machines}},
     "",
     "release_device"},
    {"release_device",
     "Release a device from isolation",
     "machine_ids",
     "a machine id, a DNS name or an Entra device id",
     reach::nothing,
     "POST {endpoint}/api/machines/{id}/unisolate",
     {{isolate, read_machines}},
     "",
     "isolate_device"},
    {"disable_user",
     "Disable a user and end the sessions",
     "users",
     "a user",
     reach::users,
     "PATCH /users/{id} accountEnabled false, then POST /users/{id}/revokeSignInSessions",
     {{enable_or_disable, read_users, revoke}},
     user_role,
     "enable_user"},
    {"enable_user",
     "Enable a user",
     "users",
     "a user",
     reach::users,
     "PATCH /users/{id} accountEnabled true",
     {{enable_or_disable, read_users}},
     user_role,
     "disable_user"},
    {"reset_password",
     "Give a user a new password",
     "users",
     "a user",
     reach::users,
     "PATCH /users/{id} passwordProfile",
     {{set_password, read_users}},
     "a directory role of the service principal: User Administrator for users, Privileged "
     "Authentication Administrator for administrators"},
    {"revoke_sessions",
     "End the sessions of a user",
     "users",
     "a user",
     reach::users,
     "POST /users/{id}/revokeSignInSessions",
     {{revoke, read_users}}},
    {"disable_forwarding_rules",
     "Disable inbox rules that forward, and the forwarding of the mailbox",
     "users",
     "a user",
     reach::mailboxes,
     "PATCH /users/{id}/mailFolders/inbox/messageRules/{id} isEnabled false; Set-Mailbox",
     {{change_rules, run_cmdlets}},
     mailbox_role,
     "PATCH isEnabled true; Set-Mailbox with the forwarding that the log holds"},
    {"delete_external_forwarding_rules",
     "Delete inbox rules that forward outside the organisation",
     "users",
     "a user",
     reach::mailboxes,
     "DELETE /users/{id}/mailFolders/inbox/messageRules/{id}",
     {{change_rules}},
     "Domain.Read.All, to know the tenant's domains, or all of them as --internal-domain",
     "POST of the rule that the log holds"},
});

} // namespace

auto values_of(const parameter_list& all, std::string_view name) -> std::vector<std::string> {
  const auto found = std::ranges::find(all, name, &parameter_list::value_type::first);
  return found == all.end() ? std::vector<std::string>() : found->second;
}

auto action_table() -> std::span<const action_facts> {
  return table;
}

auto find_action(std::string_view name) -> const action_facts* {
  const auto* found = std::ranges::find(table, name, &action_facts::name);
  return found == table.end() ? nullptr : found;
}

auto permissions_of(const action_facts& what) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& one : what.needs) {
    if (!one.any_of.front().empty()) {
      out.emplace_back(one.any_of.front());
    }
  }
  return out;
}

auto satisfies(const std::set<std::string>& roles, const need& what) -> bool {
  return what.any_of.front().empty() ||
         std::ranges::any_of(what.any_of, [&](std::string_view role) {
           return !role.empty() && roles.contains(std::string(role));
         });
}

auto is_granted(const action_facts& what, const std::set<std::string>& roles) -> bool {
  return std::ranges::all_of(what.needs, [&](const need& one) { return satisfies(roles, one); });
}

} // namespace core::actions
