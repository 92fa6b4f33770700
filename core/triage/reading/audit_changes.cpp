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

/// A parameter that is set, or "".
auto set_value(const pairs& parameters, std::string_view name) -> std::string {
  auto value = value_of_pair(parameters, name);
  const auto word = seams::lower_case(value);
  return word == "false" || word == "$null" ? std::string() : value;
}

auto addresses_of(const pairs& parameters, std::initializer_list<std::string_view> names)
    -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto name : names) {
    append(out, addresses_in(set_value(parameters, name)));
  }
  settle(out);
  return out;
}

/// The mailbox a cmdlet is about: an address, or the last part of a distinguished name in either
/// form ("…/contoso.onmicrosoft.com/dana", "CN=dana,OU=…"), or a display name. A rule's identity
/// begins with its mailbox ("dana\\17").
auto mailbox_in(const std::string& identity) -> std::string {
  auto out = seams::lower_case(identity.substr(0, identity.find('\\')));
  if (out.starts_with("cn=")) {
    out = out.substr(3, out.find(',') - 3);
  }
  return holds(out, "@") ? address_key(out) : out.substr(out.rfind('/') + 1);
}

/// What rules do with mail, however they were made.
struct rule_effect {
  bool forwards = false;
  std::vector<std::string> targets;
  bool deletes = false;
  bool moves = false;
  bool marks_as_read = false;
  std::string folder;
};

void add_rule(rule_effect effect, change said, loose_facts& out) {
  said.folder = seams::lower_case(effect.folder);
  said.targets = std::move(effect.targets);
  settle(said.targets);
  if (effect.forwards || !said.targets.empty()) {
    said.what = change_kind::forwarding_rule;
    out.known.changes.push_back(said);
  }
  if (effect.deletes || (effect.moves && effect.marks_as_read)) {
    said.what = change_kind::hiding_rule;
    out.known.changes.push_back(std::move(said));
  } else if (effect.moves) {
    said.what = change_kind::moving_rule;
    out.known.changes.push_back(std::move(said));
  }
}

/// Rules made in Outlook on the web or by cmdlet (management-activity-api sheet, 8.8).
void read_rule(const pairs& parameters, change said, loose_facts& out) {
  said.detail = value_of_pair(parameters, "Name");
  auto effect = rule_effect();
  effect.targets = addresses_of(parameters, {"ForwardTo", "RedirectTo", "ForwardAsAttachmentTo"});
  effect.deletes = !set_value(parameters, "DeleteMessage").empty();
  effect.folder = set_value(parameters, "MoveToFolder");
  effect.moves = !effect.folder.empty();
  effect.marks_as_read = !set_value(parameters, "MarkAsRead").empty();
  add_rule(std::move(effect), std::move(said), out);
}

void read_admin_change(const object& what, change said, loose_facts& out) {
  const auto operation = what.word("Operation");
  const auto parameters = what.list("Parameters");
  said.by = said.user;
  if (operation == "new-inboxrule" || operation == "set-inboxrule" ||
      operation == "enable-inboxrule") {
    const auto named = set_value(parameters, "Mailbox");
    const auto identity = set_value(parameters, "Identity");
    const auto mailbox = mailbox_in(!named.empty() || !holds(identity, "\\") ? named : identity);
    said.user = mailbox.empty() ? said.by : mailbox;
    return read_rule(parameters, std::move(said), out);
  }
  if (operation == "set-mailbox") {
    const auto named = set_value(parameters, "Identity");
    said.user = mailbox_in(named.empty() ? what.text("ObjectId") : named);
    said.targets = addresses_of(parameters, {"ForwardingSmtpAddress", "ForwardingAddress"});
    said.what = change_kind::mailbox_forwarding;
    if (!said.targets.empty() && !said.user.empty()) {
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
  auto effect = rule_effect();
  for (const auto one : elements_of(actions)) {
    const auto action = object(one);
    const auto type = action.word("ActionType");
    if (holds(type, "forward") || holds(type, "redirect")) {
      effect.forwards = true;
      for (const auto& who : action.texts("Recipients")) {
        append(effect.targets, addresses_in(who));
      }
    }
    effect.deletes = effect.deletes || holds(type, "delete");
    effect.marks_as_read = effect.marks_as_read || holds(type, "markasread");
    if (holds(type, "move")) {
      effect.moves = true;
      effect.folder = action.text("FolderName");
    }
  }
  add_rule(std::move(effect), std::move(said), out);
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
