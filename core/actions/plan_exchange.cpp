#include "core/actions/planners.hpp"
#include "core/exchange/cmdlet_runner.hpp"
#include "core/seams/letters.hpp"

#include <algorithm>

namespace core::actions {
namespace {

using exchange::object;
using seams::failure;
using seams::reaction;

/// New-TenantAllowBlockListItems, -Entries.
constexpr auto url_bytes_max = std::size_t{250};

auto cmdlets_of(const tools& with) -> exchange::cmdlet_runner {
  return {with.config, with.api, with.tokens};
}

/// Changes go by the same route as reads, but once.
auto cmdlet_change(const tools& with, std::string_view cmdlet, const object& parameters)
    -> api::call {
  auto out = cmdlets_of(with).call_for(cmdlet, parameters);
  auto how = change(workload::exchange, out.method, out.url, out.body);
  how.fields = std::move(out.fields);
  return how;
}

auto is_blocked_entry(const object& row, std::string_view entry) -> bool {
  return text_in(row, "Action") == "Block" &&
         seams::equal_ignoring_case(text_in(row, "Value"), entry);
}

/// A URL as the list takes it: protocols, user names and ports are not supported
/// (New-TenantAllowBlockListItems, -Entries).
auto url_entry(std::string_view url) -> std::string {
  const auto scheme = url.find("://");
  const auto rest = scheme < url.find_first_of("/?#") ? url.substr(scheme + 3) : url;
  const auto host_end = std::min(rest.find_first_of("/?#"), rest.size());
  auto host = rest.substr(0, host_end);
  host.remove_prefix(host.rfind('@') + 1);
  const auto colon = host.find(':');
  const auto has_port = colon != std::string_view::npos && colon == host.rfind(':');
  const auto path = rest.substr(host_end, rest.find('#') - host_end);
  return std::string(host.substr(0, has_port ? colon : host.size())) +
         std::string(path == "/" ? "" : path);
}

auto text_or_null(const std::string& text) -> object {
  return text.empty() ? object() : object(text);
}

auto note_of(const act_request& what) -> std::string {
  return what.case_id.empty() ? "offtenant" : "offtenant, case " + what.case_id;
}

} // namespace

auto plan_list_entry(const tools& with, const act_request& what, std::string target)
    -> boost::asio::awaitable<planned> {
  const auto type = std::string(what.name == "block_url" ? "Url" : "Sender");
  const auto entry = type == "Url" ? url_entry(target) : target;
  if (type == "Url" && entry.size() > url_bytes_max) {
    co_return failure(reaction::stop_and_diagnose,
                      "url_too_long",
                      "an entry of the Tenant Allow/Block List has 250 characters at most: block a "
                      "shorter part with wildcards");
  }
  auto cmdlets = cmdlets_of(with);
  auto asked = object{{"ListType", type}, {"Entry", entry}};
  const auto known = co_await cmdlets.run("Get-TenantAllowBlockListItems", std::move(asked));
  if (!known) {
    co_return known.error();
  }
  auto out = step();
  out.id = "list " + type + " " + entry;
  out.target = target;
  out.does = "puts it on the Tenant Allow/Block List, without an end";
  out.already = std::ranges::any_of(
      known->rows, [&](const object& row) { return is_blocked_entry(row, entry); });
  const auto entries = object::array({entry});
  out.call = cmdlet_change(with,
                           "New-TenantAllowBlockListItems",
                           {{"ListType", type},
                            {"Entries", entries},
                            {"Block", true},
                            {"NoExpiration", true},
                            {"Notes", note_of(what)}});
  out.undo = object{
      {"cmdlet", "Remove-TenantAllowBlockListItems"},
      {"ListType", type},
      {"Entries",
       entries}}.dump();
  co_return std::vector{std::move(out)};
}

auto plan_mailbox_forwarding(const tools& with, std::string user)
    -> boost::asio::awaitable<planned> {
  auto cmdlets = cmdlets_of(with);
  auto asked = object{{"Identity", user}};
  const auto found = co_await cmdlets.run("Get-Mailbox", std::move(asked));
  if (!found) {
    co_return found.error();
  }
  auto out = std::vector<step>();
  for (const auto& mailbox : found->rows) {
    const auto inside = text_in(mailbox, "ForwardingAddress");
    const auto outside = text_in(mailbox, "ForwardingSmtpAddress");
    if (inside.empty() && outside.empty()) {
      continue;
    }
    auto one = step();
    one.id = "stop forwarding of " + user;
    one.target = user;
    one.does = "stops the forwarding of the mailbox to " + (inside.empty() ? outside : inside);
    one.call = cmdlet_change(with,
                             "Set-Mailbox",
                             {{"Identity", user},
                              {"ForwardingSmtpAddress", nullptr},
                              {"ForwardingAddress", nullptr},
                              {"DeliverToMailboxAndForward", false}});
    one.undo =
        object{{"cmdlet", "Set-Mailbox"},
               {"Identity", user},
               {"ForwardingSmtpAddress", text_or_null(outside)},
               {"ForwardingAddress", text_or_null(inside)},
               {"DeliverToMailboxAndForward", is_true(mailbox, "DeliverToMailboxAndForward")}}
            .dump();
    out.push_back(std::move(one));
  }
  co_return out;
}

} // namespace core::actions
