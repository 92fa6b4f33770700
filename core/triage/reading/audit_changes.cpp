#include "core/seams/letters.hpp"
#include "core/triage/reading/readers.hpp"
#include "core/triage/words.hpp"

namespace core::triage {
namespace {

constexpr auto exchange_admin = 1;
constexpr auto exchange_item = 2;
constexpr auto entra_change = 8;
constexpr auto entra_sign_in = 15;
constexpr auto exchange_items_read = 50;

using pairs = std::vector<std::string_view>;

auto without_port(std::string address) -> std::string {
  const auto colon = address.find(':');
  const auto is_v4 =
      colon != std::string::npos && address.find(':', colon + 1) == std::string::npos;
  if (is_v4) {
    address.erase(colon);
  }
  return address;
}

auto first_of(const pairs& parameters, std::initializer_list<std::string_view> names)
    -> std::string {
  for (const auto name : names) {
    auto value = value_of_pair(parameters, name);
    if (!value.empty() && seams::lower_case(value) != "false" &&
        seams::lower_case(value) != "$null") {
      return value;
    }
  }
  return {};
}

/// Rules made in Outlook on the web or by cmdlet (management-activity-api sheet, 8.8).
void read_rule(const pairs& parameters, change said, loose_facts& out) {
  said.detail = value_of_pair(parameters, "Name");
  said.target =
      address_key(first_of(parameters, {"ForwardTo", "RedirectTo", "ForwardAsAttachmentTo"}));
  const auto deletes = !first_of(parameters, {"DeleteMessage"}).empty();
  const auto moves = !first_of(parameters, {"MoveToFolder"}).empty();
  const auto reads = !first_of(parameters, {"MarkAsRead"}).empty();
  if (!said.target.empty()) {
    said.what = change_kind::forwarding_rule;
    out.known.changes.push_back(std::move(said));
  } else if (deletes || (moves && reads)) {
    said.what = change_kind::hiding_rule;
    out.known.changes.push_back(std::move(said));
  }
}

void read_admin_change(const object& what, change said, loose_facts& out) {
  const auto operation = what.word("Operation");
  const auto parameters = what.list("Parameters");
  const auto mailbox = first_of(parameters, {"Mailbox", "Identity"});
  if (holds(mailbox, "@") && !holds(mailbox, "\\")) {
    said.user = address_key(mailbox);
  }
  if (operation == "new-inboxrule" || operation == "set-inboxrule" ||
      operation == "enable-inboxrule") {
    return read_rule(parameters, std::move(said), out);
  }
  if (operation == "set-mailbox") {
    said.target = address_key(first_of(parameters, {"ForwardingSmtpAddress", "ForwardingAddress"}));
    said.what = change_kind::mailbox_forwarding;
    if (!said.target.empty()) {
      out.known.changes.push_back(std::move(said));
    }
  }
}

/// Rules made in desktop Outlook show as RuleActions, JSON within a string (8.9).
void read_outlook_rule(const pairs& properties, change said, loose_facts& out) {
  if (holds(seams::lower_case(value_of_pair(properties, "RuleOperation")), "remove")) {
    return;
  }
  said.detail = value_of_pair(properties, "RuleName");
  const auto actions = value_of_pair(properties, "RuleActions");
  for (const auto one : elements_of(actions)) {
    const auto action = object(one);
    const auto type = action.word("ActionType");
    const auto people = action.texts("Recipients");
    if (holds(type, "forward") || holds(type, "redirect")) {
      said.what = change_kind::forwarding_rule;
      said.target = people.empty() ? "" : address_key(people.front());
      out.known.changes.push_back(said);
    } else if (holds(type, "delete")) {
      said.what = change_kind::hiding_rule;
      out.known.changes.push_back(said);
    }
  }
}

/// One operation covers at most 1,000 mails before auditing is throttled (8.11).
void read_items_accessed(const object& what, change said, loose_facts& out) {
  const auto properties = what.list("OperationProperties");
  const auto whole = value_of_pair(properties, "MailAccessType") == "Sync" ||
                     seams::lower_case(value_of_pair(properties, "IsThrottled")) == "true";
  said.what = whole ? change_kind::mail_read_all : change_kind::mail_read;
  said.amount = what.number("OperationCount").value_or(1);
  said.detail = what.text("ClientInfoString");
  out.known.changes.push_back(std::move(said));
}

auto common_part(const object& what, const record_id& from) -> std::optional<change> {
  const auto at = what.time("CreationTime");
  auto said = change();
  said.user = address_key(what.text("UserId"));
  const auto failed = what.word("ResultStatus") == "false" || what.word("ResultStatus") == "failed";
  if (!at || failed || !holds(said.user, "@")) {
    return std::nullopt;
  }
  said.at = *at;
  const auto address = what.text("ClientIPAddress");
  said.address = without_port(address.empty() ? what.text("ClientIP") : address);
  said.from = from;
  return said;
}

auto named_target(const object& what) -> std::string {
  constexpr auto display_name = std::int64_t{1};
  for (const auto one : what.list("Target")) {
    const auto target = object(one);
    if (target.number("Type").value_or(0) == display_name) {
      return target.text("ID");
    }
  }
  return {};
}

auto new_value(const object& what, std::string_view name) -> std::string {
  for (const auto one : what.list("ModifiedProperties")) {
    const auto property = object(one);
    if (property.text("Name") == name) {
      const auto now = property.text("NewValue");
      return now.empty() ? property.text("OldValue") : now;
    }
  }
  return {};
}

void read_login(const object& what, const change& common, loose_facts& out) {
  auto said = sign_in();
  said.user = common.user;
  said.at = common.at;
  said.error = what.number("ErrorNumber").value_or(0);
  said.address = common.address;
  const auto device = what.list("DeviceProperties");
  const auto managed = seams::lower_case(value_of_pair(device, "IsCompliantAndManaged"));
  const auto compliant = seams::lower_case(value_of_pair(device, "IsCompliant"));
  if (!managed.empty() || !compliant.empty()) {
    said.managed = managed == "true" || compliant == "true";
  }
  said.system = value_of_pair(device, "OS");
  said.from = common.from;
  out.known.sign_ins.push_back(std::move(said));
}

} // namespace

void read_mailbox_audit(const object& what, const record_id& from, loose_facts& out) {
  const auto type = what.number("RecordType").value_or(0);
  auto common = common_part(what, from);
  if (!common || (type != exchange_admin && type != exchange_item && type != exchange_items_read)) {
    return;
  }
  const auto operation = what.word("Operation");
  if (type == exchange_admin) {
    return read_admin_change(what, std::move(*common), out);
  }
  const auto owner = address_key(what.text("MailboxOwnerUPN"));
  common->user = owner.empty() ? common->user : owner;
  if (operation == "updateinboxrules") {
    read_outlook_rule(what.list("OperationProperties"), std::move(*common), out);
  } else if (operation == "mailitemsaccessed") {
    read_items_accessed(what, std::move(*common), out);
  } else if (operation == "send") {
    common->what = change_kind::mail_sent;
    common->subject = what.child("Item").text("Subject");
    out.known.changes.push_back(std::move(*common));
  }
}

void read_entra_audit(const object& what, const record_id& from, loose_facts& out) {
  const auto type = what.number("RecordType").value_or(0);
  auto common = common_part(what, from);
  if (!common || (type != entra_change && type != entra_sign_in)) {
    return;
  }
  if (type == entra_sign_in) {
    return read_login(what, *common, out);
  }
  const auto operation = what.word("Operation");
  if (operation.starts_with("consent to application")) {
    common->what = change_kind::app_consent;
    common->detail = named_target(what);
    out.known.changes.push_back(std::move(*common));
  } else if (holds(operation, "member to role") || holds(operation, "member from role")) {
    common->what = holds(operation, "remove") ? change_kind::role_removed : change_kind::role_added;
    common->detail = new_value(what, "Role.DisplayName");
    common->user = address_key(what.text("ObjectId"));
    out.known.changes.push_back(std::move(*common));
  }
}

} // namespace core::triage
