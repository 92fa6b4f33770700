#include "mock_graph/directory/mailbox_book.hpp"

namespace mock_graph::directory {
namespace {

using json = nlohmann::ordered_json;
using tenant::out_of_office;

/// Where the ledger's records come from; other clouds have other roots.
constexpr auto global_root = "https://graph.microsoft.com/v1.0";

/// "2026-11-20T17:00:00.0000000": no offset, the zone stands beside it.
auto zone_time(seams::instant at) -> json {
  auto text = seams::to_rfc3339(std::chrono::floor<std::chrono::seconds>(at));
  text.pop_back();
  auto out = json();
  out["dateTime"] = text + ".0000000";
  out["timeZone"] = "UTC";
  return out;
}

auto render_replies(const out_of_office& what) -> json {
  auto out = json();
  out["status"] = what.status;
  out["externalAudience"] = what.audience;
  out["internalReplyMessage"] = what.message;
  out["externalReplyMessage"] = what.message;
  out["scheduledStartDateTime"] = zone_time(what.from);
  out["scheduledEndDateTime"] = zone_time(what.until);
  return out;
}

auto mailbox_context(const std::string& root, const std::string& user_id) -> std::string {
  return root + "/$metadata#users('" + user_id + "')/mailboxSettings";
}

auto render_settings(const out_of_office& replies,
                     const std::string& user_id,
                     const std::string& root) -> json {
  auto out = json();
  out["@odata.context"] = mailbox_context(root, user_id);
  out["archiveFolder"] = "";
  out["timeZone"] = "UTC";
  out["delegateMeetingMessageDeliveryOptions"] = "sendToDelegateOnly";
  out["dateFormat"] = "yyyy-MM-dd";
  out["timeFormat"] = "HH:mm";
  out["userPurpose"] = "user";
  out["automaticRepliesSetting"] = render_replies(replies);
  out["language"]["locale"] = "en-US";
  out["language"]["displayName"] = "English (United States)";
  return out;
}

} // namespace

mailbox_book::mailbox_book(tenant::tenant& owner, ledger& book)
    : owner_(owner), log_("mailbox_settings", book) {
  const auto start = owner.state().start;
  for (const auto& who : owner.state().users) {
    auto none = out_of_office();
    none.user = who.name;
    none.status = "disabled";
    none.from = start;
    none.until = start + std::chrono::days{1};
    if (!who.mailbox) {
      continue;
    }
    replies_[who.name] = none;
    if (who.from <= start) {
      put(who.name, start, "mailbox of " + who.name);
      continue;
    }
    owner.later().at(who.from, [this, name = who.name](seams::instant at) {
      put(name, at + owner_.state().delays.directory, "mailbox of " + name);
    });
  }
}

void mailbox_book::put(const std::string& name, seams::instant at, const std::string& story) {
  const auto found = replies_.find(name);
  const auto* who = owner_.find_user(name);
  if (found == replies_.end() || who == nullptr) {
    return;
  }
  auto kept = render_settings(found->second, who->object_id, global_root);
  kept["automaticRepliesSetting"]["internalReplyMessage"] = json::array();
  kept["automaticRepliesSetting"]["externalReplyMessage"] = json::array();
  log_.put(who->object_id, kept, at, story);
}

void mailbox_book::on(const tenant::event& what) {
  const auto story = [&](const std::string& name) {
    return "mailbox of " + name + " (" + what.origin + ")";
  };
  if (const auto* absence = std::get_if<out_of_office>(&what.what)) {
    if (replies_.contains(absence->user)) {
      replies_[absence->user] = *absence;
      put(absence->user, what.at, story(absence->user));
    }
    return;
  }
  const auto* change = std::get_if<tenant::user_change>(&what.what);
  if (change == nullptr) {
    return;
  }
  const auto visible = what.at + owner_.state().delays.directory;
  for (const auto& name : change->users) {
    const auto* who = owner_.find_user(name);
    if (who != nullptr && replies_.contains(name)) {
      if (change->what == tenant::user_change::act::deleted) {
        log_.remove(who->object_id, "deleted", visible, story(name));
      } else if (change->what == tenant::user_change::act::restored) {
        put(name, visible, story(name));
      }
    }
  }
}

auto mailbox_book::user_named(const std::string& user_id) const -> std::string {
  for (const auto& who : owner_.state().users) {
    if (who.object_id == user_id && replies_.contains(who.name)) {
      return who.name;
    }
  }
  return {};
}

auto mailbox_book::settings_of(const std::string& user_id, const std::string& root) const
    -> std::string {
  const auto name = user_named(user_id);
  return name.empty() ? std::string() : render_settings(replies_.at(name), user_id, root).dump();
}

auto mailbox_book::replies_of(const std::string& user_id, const std::string& root) const
    -> std::string {
  const auto name = user_named(user_id);
  if (name.empty()) {
    return {};
  }
  auto out = json();
  out["@odata.context"] = mailbox_context(root, user_id) + "/automaticRepliesSetting";
  out.update(render_replies(replies_.at(name)));
  return out.dump();
}

} // namespace mock_graph::directory
