#include "mock_graph/mailboxes/rule_book.hpp"

#include "core/seams/choices.hpp"

#include <algorithm>

namespace mock_graph::mailboxes {
namespace {

using nlohmann::ordered_json;

auto joined_addresses(const std::vector<std::string>& all) -> std::string {
  auto out = std::string();
  for (const auto& one : all) {
    out += (out.empty() ? "" : ";") + one;
  }
  return out;
}

auto rule_recipients(const std::vector<std::string>& addresses) -> ordered_json {
  auto out = ordered_json::array();
  for (const auto& address : addresses) {
    out.push_back({{"emailAddress", {{"name", address}, {"address", address}}}});
  }
  return out;
}

/// What New-InboxRule was given; every value is a text (the sheet, 8.8).
auto rule_parameters(const tenant::inbox_rule& what) -> nlohmann::json {
  auto out = nlohmann::json::array();
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) {
      out.push_back({{"Name", name}, {"Value", value}});
    }
  };
  add("AlwaysDeleteOutlookRulesBlob", "False");
  add("Force", "False");
  add("Name", what.name);
  add("SubjectContainsWords", joined_addresses(what.subject_contains));
  add("ForwardTo", joined_addresses(what.forward_to));
  add("RedirectTo", joined_addresses(what.redirect_to));
  add("ForwardAsAttachmentTo", joined_addresses(what.forward_as_attachment_to));
  add("MoveToFolder", what.move_to);
  add("DeleteMessage", what.deletes ? "True" : "");
  add("StopProcessingRules", "True");
  return out;
}

} // namespace

rule_book::rule_book(tenant::tenant& owner, const mail_store& store)
    : owner_(owner), store_(store) {
  for (const auto& one : owner.state().inbox_rules) {
    put(one);
  }
}

auto rule_book::put(const tenant::inbox_rule& what) -> const standing_rule& {
  auto members = ordered_json();
  members["displayName"] = what.name;
  members["isEnabled"] = what.enabled;
  members["isReadOnly"] = what.read_only;
  members["conditions"] = nullptr;
  if (!what.subject_contains.empty()) {
    members["conditions"] = {{"subjectContains", what.subject_contains}};
  }
  auto actions = ordered_json();
  for (const auto& [name, addresses] :
       {std::pair{"forwardTo", &what.forward_to},
        std::pair{"redirectTo", &what.redirect_to},
        std::pair{"forwardAsAttachmentTo", &what.forward_as_attachment_to}}) {
    if (!addresses->empty()) {
      actions[name] = rule_recipients(*addresses);
    }
  }
  if (const auto* to = find_folder(what.move_to)) {
    actions["moveToFolder"] = store_.folder_id(what.user, *to);
  }
  if (what.deletes) {
    actions["delete"] = true;
  }
  actions["stopProcessingRules"] = true;
  members["actions"] = std::move(actions);
  return add(what.user, std::move(members));
}

void rule_book::on(const tenant::event& what) {
  const auto* rule = std::get_if<tenant::inbox_rule>(&what.what);
  const auto* who = rule == nullptr ? nullptr : owner_.find_user(rule->user);
  if (who == nullptr || !who->mailbox) {
    return;
  }
  put(*rule);
  const auto& state = owner_.state();
  const auto organisation = state.domain.substr(0, state.domain.find('.')) + ".onmicrosoft.com";
  auto record = tenant::audit_record();
  record.id = rule->id;
  record.content_type = "Audit.Exchange";
  record.fields = {{"Operation", "New-InboxRule"},
                   {"RecordType", 1},
                   {"ResultStatus", "True"},
                   {"UserType", 2},
                   {"UserId", who->upn},
                   {"UserKey", who->object_id},
                   {"Workload", "Exchange"},
                   {"ObjectId", who->name + "\\" + rule->name},
                   {"AppId", "00000002-0000-0ff1-ce00-000000000000"},
                   {"ClientAppId", ""},
                   {"ExternalAccess", false},
                   {"OrganizationName", organisation},
                   {"OriginatingServer", "AM0PR07MB5763 (15.20.9412.029)"},
                   {"Parameters", rule_parameters(*rule)},
                   {"SessionId", seams::named_guid(state.seed, "inbox rule/" + rule->id)}};
  owner_.schedule({what.at, what.origin, std::move(record)});
}

auto rule_book::of(const std::string& user) const -> const std::vector<standing_rule>& {
  static const auto none = std::vector<standing_rule>();
  const auto found = by_user_.find(user);
  return found == by_user_.end() ? none : found->second;
}

auto rule_book::find(const std::string& user, std::string_view id) -> standing_rule* {
  auto& all = by_user_[user];
  const auto found = std::ranges::find(all, id, &standing_rule::id);
  return found == all.end() ? nullptr : &*found;
}

auto rule_book::add(const std::string& user, ordered_json members) -> const standing_rule& {
  auto& all = by_user_[user];
  auto one = standing_rule();
  // Ids of live rules are short base64 of eight bytes, "AQAAAJ5dZqA=".
  const auto number = seams::mix(owner_.state().seed, "rule/" + std::to_string(made_++));
  one.id = "AQAAA" + std::to_string(number % 1'000'000) + "=";
  const auto sequence = static_cast<std::int64_t>(all.size()) + 1;
  one.document["id"] = one.id;
  one.document["displayName"] = members.value("displayName", "");
  one.document["sequence"] = members.value("sequence", sequence);
  one.document["isEnabled"] = members.value("isEnabled", true);
  one.document["hasError"] = false;
  one.document["isReadOnly"] = members.value("isReadOnly", false);
  for (const auto* name : {"conditions", "actions", "exceptions"}) {
    one.document[name] = members.contains(name) ? members[name] : ordered_json();
  }
  all.push_back(std::move(one));
  return all.back();
}

void rule_book::remove(const std::string& user, std::string_view id) {
  std::erase_if(by_user_[user], [&](const standing_rule& one) { return one.id == id; });
}

} // namespace mock_graph::mailboxes
