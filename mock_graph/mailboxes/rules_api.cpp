#include "mock_graph/mailboxes/rules_api.hpp"

#include "core/seams/choices.hpp"

#include <array>

namespace mock_graph::mailboxes {
namespace {

using nlohmann::ordered_json;

constexpr auto rule_members = std::to_array<std::string_view>(
    {"displayName", "sequence", "isEnabled", "conditions", "actions", "exceptions"});

auto rule_context(const call& what, const tenant::user& owner) -> std::string {
  return graph::service_root(what) + "/$metadata#users('" + owner.object_id +
         "')/mailFolders('inbox')/messageRules";
}

auto rule_body(const call& what, const tenant::user& owner, const standing_rule& rule)
    -> std::string {
  auto out = ordered_json();
  out["@odata.context"] = rule_context(what, owner) + "/$entity";
  out.update(rule.document);
  return out.dump();
}

auto fits(std::string_view member, const nlohmann::json& value) -> bool {
  return member == "displayName" ? value.is_string()
         : member == "sequence"  ? value.is_number_integer()
         : member == "isEnabled" ? value.is_boolean()
                                 : value.is_object() || value.is_null();
}

/// The members of a rule that the body gives; nothing where one is unknown or of another type.
auto members_in(const nlohmann::json& body) -> std::optional<ordered_json> {
  auto out = ordered_json::object();
  for (const auto& [name, value] : body.items()) {
    const auto known = std::ranges::find(rule_members, name) != rule_members.end();
    if (known && fits(name, value)) {
      out[name] = ordered_json(value);
    } else if (!name.starts_with('@')) {
      return std::nullopt;
    }
  }
  return out;
}

} // namespace

auto rules_api::routes() const -> std::span<const std::string_view> {
  static constexpr auto names = std::to_array<std::string_view>({"graph.inbox_rules"});
  return names;
}

auto rules_api::route_of(const odata::target& target) const -> std::string_view {
  const auto path = graph::below_version(target);
  const auto ours = (path.size() == 5 || path.size() == 6) && !path[0].called &&
                    odata::is_named(path[0], "users") && odata::is_named(path[2], "mailFolders") &&
                    (path[3].name == "inbox" || path[3].name == "Inbox") &&
                    odata::is_named(path[4], "messageRules");
  return ours ? routes().front() : std::string_view();
}

auto rules_api::answer(call& what) -> seams::response {
  const auto& method = what.query.method;
  const auto writes = what.has_role("MailboxSettings.ReadWrite");
  if (acts_.state().cloud == "china" && !odata::is_named(what.target.path.front(), "beta")) {
    return graph::refuse(what, odata::segment_not_found("messageRules"));
  }
  if (!writes && (method != "GET" || !what.has_role("MailboxSettings.Read"))) {
    return graph::refuse(what, odata::mailbox_access_denied());
  }
  const tenant::user* owner = nullptr;
  if (auto closed = gate_.closed(what, owner)) {
    return std::move(*closed);
  }
  if (what.step(6).empty()) {
    return method == "GET"    ? list(what, *owner)
           : method == "POST" ? create(what, *owner)
                              : graph::refuse(what, odata::method_not_allowed());
  }
  auto* rule = rules_.find(owner->name, what.step(6));
  if (rule == nullptr) {
    return graph::refuse(what, item_missing());
  }
  if (method == "GET") {
    return graph::ok(what, rule_body(what, *owner, *rule));
  }
  if (rule->is_read_only()) {
    return graph::refuse(what, odata::mailbox_access_denied());
  }
  return method == "PATCH"    ? update(what, *owner, *rule)
         : method == "DELETE" ? remove(what, *owner, *rule)
                              : graph::refuse(what, odata::method_not_allowed());
}

auto rules_api::list(call& what, const tenant::user& owner) const -> seams::response {
  auto body = ordered_json();
  body["@odata.context"] = rule_context(what, owner);
  body["value"] = ordered_json::array();
  for (const auto& rule : rules_.of(owner.name)) {
    body["value"].push_back(rule.document);
  }
  return graph::ok(what, body.dump());
}

auto rules_api::create(call& what, const tenant::user& owner) -> seams::response {
  const auto body = graph::json_body(what);
  auto members = body ? members_in(*body) : std::nullopt;
  if (!members || !members->contains("displayName")) {
    return graph::refuse(what, graph::unreadable_body());
  }
  const auto& rule = rules_.add(owner.name, std::move(*members));
  record(what, owner, rule.document.value("displayName", ""), "New-InboxRule");
  auto out = graph::ok(what, rule_body(what, owner, rule));
  out.status = 201;
  return out;
}

auto rules_api::update(call& what, const tenant::user& owner, standing_rule& rule)
    -> seams::response {
  const auto body = graph::json_body(what);
  const auto members = body ? members_in(*body) : std::nullopt;
  if (!members) {
    return graph::refuse(what, graph::unreadable_body());
  }
  const auto was_enabled = rule.document.value("isEnabled", true);
  const auto before = rule.document;
  rule.document.update(*members);
  const auto enabled = rule.document.value("isEnabled", true);
  if (rule.document != before) {
    record(what,
           owner,
           rule.document.value("displayName", ""),
           was_enabled == enabled ? "Set-InboxRule"
           : enabled              ? "Enable-InboxRule"
                                  : "Disable-InboxRule");
  }
  return graph::ok(what, rule_body(what, owner, rule));
}

auto rules_api::remove(call& what, const tenant::user& owner, const standing_rule& rule)
    -> seams::response {
  const auto id = rule.id;
  record(what, owner, rule.document.value("displayName", ""), "Remove-InboxRule");
  rules_.remove(owner.name, id);
  return graph::no_content(what);
}

void rules_api::record(const call& what,
                       const tenant::user& owner,
                       const std::string& rule_name,
                       const std::string& cmdlet) {
  const auto is_new = cmdlet == "New-InboxRule";
  acts_.effect(what,
               is_new                          ? "make inbox rule"
               : cmdlet == "Remove-InboxRule"  ? "delete inbox rule"
               : cmdlet == "Disable-InboxRule" ? "disable inbox rule"
               : cmdlet == "Enable-InboxRule"  ? "enable inbox rule"
                                               : "change inbox rule",
               rule_name + " of " + owner.upn);
  auto parameters = nlohmann::json::array();
  parameters.push_back({{"Name", is_new ? "Name" : "Identity"}, {"Value", rule_name}});
  parameters.push_back({{"Name", "Mailbox"}, {"Value", owner.upn}});
  acts_.audit_exchange(what,
                       cmdlet,
                       {{"RecordType", 1},
                        {"ResultStatus", "True"},
                        {"UserType", 2},
                        {"UserId", owner.upn},
                        {"UserKey", owner.object_id},
                        {"ObjectId", owner.name + "\\" + rule_name},
                        {"Parameters", std::move(parameters)}});
}

} // namespace mock_graph::mailboxes
