#include "core/seams/choices.hpp"
#include "core/seams/letters.hpp"
#include "mock_graph/exchange/cmdlets.hpp"
#include "mock_graph/exchange/typed_fields.hpp"

#include <algorithm>

namespace mock_graph::exchange {
namespace {

using nlohmann::ordered_json;
using seams::equal_ignoring_case;
using tenant::user;

constexpr auto smtp = std::string_view("smtp:");
constexpr auto age_of_mailboxes = std::chrono::days{30};

auto alias_of(const user& who) -> std::string {
  return who.upn.substr(0, who.upn.find('@'));
}

auto exchange_guid(const workplace& place, const user& who) -> std::string {
  return seams::named_guid(place.book.state().seed, "mailbox/" + who.name);
}

auto has_mailbox(const workplace& place, const user& who) -> bool {
  return who.mailbox && !who.deleted && who.from <= place.now;
}

/// By address, alias, or one of the ids.
auto is_mailbox_of(const workplace& place, const user& who, std::string_view identity) -> bool {
  return has_mailbox(place, who) &&
         (equal_ignoring_case(identity, who.upn) || equal_ignoring_case(identity, alias_of(who)) ||
          equal_ignoring_case(identity, who.object_id) ||
          equal_ignoring_case(identity, exchange_guid(place, who)));
}

auto mailbox_owner(const workplace& place, std::string_view identity) -> const user* {
  const auto& users = place.book.state().users;
  const auto found = std::ranges::find_if(
      users, [&](const user& who) { return is_mailbox_of(place, who, identity); });
  return found == users.end() ? nullptr : &*found;
}

/// The same to an unknown name and to a user without a mailbox: 404, code NotFound; text of live
/// refusals (learn.microsoft.com/answers, questions 2108696 and 1029077).
auto no_mailbox(std::string_view identity) -> cmdlet_outcome {
  auto out = not_found(std::string(identity));
  out.wrong->text = "The operation couldn't be performed because object '" + std::string(identity) +
                    "' couldn't be found on 'AM0PR04A009DC01.EURPR04A009.PROD.OUTLOOK.COM'.";
  return out;
}

auto text_or_null(const std::string& text) -> ordered_json {
  return text.empty() ? ordered_json() : ordered_json(text);
}

/// Some of the 336 fields of a live row, with the values of a plain user mailbox
/// (rknightion/graph2otel, exchangemailboxes_test.go; Alias, RecipientType: demisto/content, README
/// of the EWS extension). Their order, and the identity of the recipient as `ForwardingAddress`,
/// are [inferred]; `Identity` is the object id in Entra.
auto mailbox_row(const workplace& place, const user& who) -> ordered_json {
  const auto earliest = place.book.state().start - age_of_mailboxes;
  const auto& outside = who.forwarding.smtp_address;
  auto row = ordered_json();
  row["UserPrincipalName"] = who.upn;
  row["DisplayName"] = who.display_name;
  row["Alias"] = alias_of(who);
  row["PrimarySmtpAddress"] = who.upn;
  row["RecipientType"] = "UserMailbox";
  row["RecipientTypeDetails"] = "UserMailbox";
  add_guid(row, "ExchangeGuid", exchange_guid(place, who));
  row["ExternalDirectoryObjectId"] = who.object_id;
  row["ForwardingAddress"] = text_or_null(who.forwarding.address);
  row["ForwardingSmtpAddress"] = text_or_null(outside.empty() ? "" : std::string(smtp) + outside);
  row["DeliverToMailboxAndForward"] = who.forwarding.and_deliver;
  row["HiddenFromAddressListsEnabled"] = false;
  row["IsMailboxEnabled"] = true;
  row["AccountDisabled"] = !who.enabled;
  add_moment(row, "WhenMailboxCreated", std::max(who.from, earliest), "+00:00");
  row["IsDirSynced"] = who.synced;
  row["IsShared"] = false;
  row["IsResource"] = false;
  row["IsInactiveMailbox"] = false;
  add_list(row, "EmailAddresses", {"SMTP:" + who.upn});
  row["Identity"] = who.object_id;
  return row;
}

/// Without an identity every mailbox, in pages as all rows are, or as many as ResultSize says.
auto list_mailboxes(workplace& place, const arguments& given) -> cmdlet_outcome {
  auto out = cmdlet_outcome();
  if (const auto identity = given.text("Identity").value_or(""); !identity.empty()) {
    const auto* who = mailbox_owner(place, identity);
    if (who == nullptr) {
      return no_mailbox(identity);
    }
    out.rows.push_back(mailbox_row(place, *who));
    return out;
  }
  const auto most = given.size("ResultSize");
  for (const auto& who : place.book.state().users) {
    if (!has_mailbox(place, who)) {
      continue;
    }
    if (most && out.rows.size() == *most) {
      out.cut = true;
      break;
    }
    out.rows.push_back(mailbox_row(place, who));
  }
  return out;
}

/// The identity of a recipient of the organisation: a mailbox or a group.
auto recipient_identity(const workplace& place, std::string_view wanted) -> std::string {
  if (const auto* who = mailbox_owner(place, wanted)) {
    return who->object_id;
  }
  const auto& groups = place.book.state().groups;
  const auto found = std::ranges::find_if(groups, [&](const tenant::group& one) {
    return equal_ignoring_case(one.name, wanted) || equal_ignoring_case(one.address, wanted);
  });
  return found == groups.end() ? std::string() : found->name;
}

/// "x@evil.example", with or without "smtp:" before it.
auto plain_address(std::string address) -> std::string {
  const auto is_prefixed =
      address.size() > smtp.size() && equal_ignoring_case(address.substr(0, smtp.size()), smtp);
  return is_prefixed ? address.substr(smtp.size()) : address;
}

/// Forwarding alone: of the other hundred settings of a mailbox none is kept here. Null and ""
/// clear an address.
auto change_mailbox(workplace& place, const arguments& given) -> cmdlet_outcome {
  const auto identity = given.text("Identity").value_or("");
  const auto* who = mailbox_owner(place, identity);
  if (who == nullptr) {
    return no_mailbox(identity);
  }
  auto becomes = who->forwarding;
  if (given.has("ForwardingAddress")) {
    const auto wanted = given.text("ForwardingAddress").value_or("");
    becomes.address = wanted.empty() ? "" : recipient_identity(place, wanted);
    if (becomes.address.empty() && !wanted.empty()) {
      return no_mailbox(wanted);
    }
  }
  if (given.has("ForwardingSmtpAddress")) {
    becomes.smtp_address = plain_address(given.text("ForwardingSmtpAddress").value_or(""));
    if (!becomes.smtp_address.empty() && becomes.smtp_address.find('@') == std::string::npos) {
      return refusal(
          "Microsoft.Exchange.AdminApi.CommandInvocation.ParameterTransformationException",
          "Cannot convert value \"" + becomes.smtp_address +
              "\" to type Microsoft.Exchange.Data.ProxyAddress.");
    }
  }
  becomes.and_deliver = given.flag("DeliverToMailboxAndForward").value_or(becomes.and_deliver);
  place.forwarding = tenant::forwarding_change{who->name, becomes, {}};
  auto out = cmdlet_outcome();
  out.target = who->upn;
  return out;
}

constexpr auto get_mailbox_parameters =
    std::to_array<parameter>({{"Identity"}, {"ResultSize", value_kind::size}});
constexpr auto set_mailbox_parameters = std::to_array<parameter>({
    {"Identity", value_kind::text, true},
    {"ForwardingAddress"},
    {"ForwardingSmtpAddress"},
    {"DeliverToMailboxAndForward", value_kind::flag},
    {"Force", value_kind::flag},
    {"Confirm", value_kind::flag},
});

constexpr auto mailbox_table = std::to_array<cmdlet>({
    {"Get-Mailbox", access::reads_mailboxes, get_mailbox_parameters, list_mailboxes, true},
    {"Set-Mailbox", access::changes_mailboxes, set_mailbox_parameters, change_mailbox, true},
});

} // namespace

auto mailbox_cmdlets() -> std::span<const cmdlet> {
  return mailbox_table;
}

} // namespace mock_graph::exchange
