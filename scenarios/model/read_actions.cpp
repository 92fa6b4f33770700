#include "core/clouds.hpp"
#include "core/seams/letters.hpp"
#include "scenarios/model/readers.hpp"

#include <algorithm>
#include <array>

namespace scenarios::model {
namespace {

namespace actions = core::actions;
namespace tenant = mock_graph::tenant;

constexpr auto reach_max = std::int64_t{1'000'000};

/// A key that only some actions look at. What triage recommends may be any of them.
struct narrow_key {
  const char* key;
  std::vector<std::string_view> only_for;
};

auto name_in(const planned_act& what) -> std::string_view {
  const auto run = std::string_view(what.run);
  return run.starts_with(action_prefix) ? run.substr(action_prefix.size()) : "";
}

/// The action of the table; null for `case_act`, `resume_act` and other themes.
auto facts_of(const planned_act& what) -> const actions::action_facts* {
  return actions::find_action(name_in(what));
}

void check_narrow_keys(table_reader& read, const planned_act& what) {
  static const auto keys =
      std::array{narrow_key{"messages", {"hard_delete_message"}},
                 narrow_key{"exclude_users", {"block_ip", "case"}},
                 narrow_key{"internal_domains", {"delete_external_forwarding_rules", "case"}},
                 narrow_key{"hiding", {"disable_forwarding_rules", "case"}},
                 narrow_key{"comment", {"isolate_device", "release_device", "case"}},
                 narrow_key{"where", {"case"}}};
  const auto complain = [&](const char* key) {
    read.shared().complain(read.at(key),
                           in_quotes(key) + " means nothing for run = " + in_quotes(what.run));
  };
  for (const auto& one : keys) {
    if (read.raw(one.key) != nullptr &&
        std::ranges::find(one.only_for, name_in(what)) == one.only_for.end()) {
      complain(one.key);
    }
  }
  if (facts_of(what) == nullptr && read.raw("targets") != nullptr) {
    complain("targets");
  }
  if (what.run == resume_act && what.what_if) {
    complain("what_if");
  }
}

/// The address of a user of the scenario, or any address.
auto address_in(table_reader& read, const placed_text& who, const scenario& whole) -> std::string {
  auto names = std::vector<std::string>();
  for (const auto& user : whole.standing.users) {
    if (user.name == who.text) {
      return user.upn;
    }
    names.push_back(user.name);
  }
  if (who.text.find('@') == std::string::npos) {
    read.shared().check_known(who, "user", names);
  }
  return who.text;
}

/// The object id of a user of the scenario, by which policies name people.
auto object_id_in(table_reader& read, const placed_text& who, const scenario& whole)
    -> std::string {
  auto names = std::vector<std::string>();
  for (const auto& user : whole.standing.users) {
    if (user.name == who.text) {
      return user.object_id;
    }
    names.push_back(user.name);
  }
  read.shared().check_known(who, "user", names);
  return who.text;
}

/// A device of the scenario: its name is the one it has in the DNS.
auto device_in(table_reader& read, const placed_text& what, const scenario& whole) -> std::string {
  auto names = std::vector<std::string>();
  for (const auto& device : whole.standing.devices) {
    names.push_back(device.name);
  }
  read.shared().check_known(what, "device", names);
  return what.text;
}

auto targets_in(table_reader& read, const scenario& whole, const actions::action_facts* facts)
    -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& one : read.placed_texts("targets")) {
    const auto kind = facts == nullptr ? std::string_view() : facts->targets;
    out.push_back(kind == "users" || kind == "mailboxes" ? address_in(read, one, whole)
                  : kind == "machine_ids"                ? device_in(read, one, whole)
                                                         : one.text);
  }
  return out;
}

/// Mails that have come by then.
auto mails_in(table_reader& read, const scenario& whole, seams::instant at)
    -> std::vector<std::string> {
  auto known = std::vector<std::string>();
  for (const auto& one : whole.events) {
    const auto* mail = std::get_if<tenant::mail>(&one.what);
    if (mail != nullptr && one.at <= at) {
      known.push_back(mail->id);
    }
  }
  auto out = std::vector<std::string>();
  for (const auto& one : read.placed_texts("messages")) {
    read.shared().check_known(one, "earlier mail", known);
    out.push_back(one.text);
  }
  return out;
}

auto parameters_in(table_reader& read, const scenario& whole, const planned_act& what)
    -> actions::parameter_list {
  auto out = actions::parameter_list();
  const auto add = [&](std::string_view name, std::vector<std::string> values) {
    if (!values.empty()) {
      out.emplace_back(name, std::move(values));
    }
  };
  const auto* facts = facts_of(what);
  add(facts == nullptr ? "" : facts->targets, targets_in(read, whole, facts));
  auto excluded = std::vector<std::string>();
  for (const auto& one : read.placed_texts("exclude_users")) {
    excluded.push_back(object_id_in(read, one, whole));
  }
  add("exclude_users", std::move(excluded));
  add("internal_domains", read.texts("internal_domains"));
  if (read.flag("hiding").value_or(false)) {
    add("hiding", {"yes"});
  }
  if (auto comment = read.text("comment")) {
    add("comment", {std::move(*comment)});
  }
  return out;
}

/// The least permission for each need, as an administrator would consent to it.
void grant_needed(const actions::action_facts& what, tenant::application& app) {
  for (const auto& one : what.needs) {
    if (!one.any_of.front().empty()) {
      app.grants.push_back(
          {core::find_cloud("global")->of(one.of).audience, std::string(one.any_of.front())});
    }
  }
}

} // namespace

auto action_operations() -> std::vector<std::string> {
  auto out = std::vector{std::string(case_act), std::string(resume_act)};
  for (const auto& one : actions::action_table()) {
    out.push_back(std::string(action_prefix) + std::string(one.name));
  }
  return out;
}

auto action_keys() -> std::span<const std::string> {
  static const auto keys = std::vector<std::string>{"targets",
                                                    "messages",
                                                    "exclude_users",
                                                    "internal_domains",
                                                    "hiding",
                                                    "comment",
                                                    "where",
                                                    "most_users",
                                                    "most_mailboxes",
                                                    "again",
                                                    "wait"};
  return keys;
}

void read_action(table_reader& read, scenario& whole, planned_act& out) {
  auto& action = out.action;
  action.parameters = parameters_in(read, whole, out);
  action.mails = mails_in(read, whole, out.at);
  action.of_case = read_conditions(read);
  const auto limit = [&](std::string_view key) {
    const auto most = read.whole(key, 0, reach_max);
    return most ? std::optional(static_cast<std::size_t>(*most)) : std::nullopt;
  };
  action.most_users = limit("most_users");
  action.most_mailboxes = limit("most_mailboxes");
  action.again = read.flag("again").value_or(false);
  action.wait = read.span("wait");
  if (!out.run.starts_with(action_prefix)) {
    return;
  }
  check_narrow_keys(read, out);
  const auto* facts = facts_of(out);
  if (facts != nullptr && whole.grants_needed) {
    grant_needed(*facts, whole.standing.applications.front());
  }
}

} // namespace scenarios::model
