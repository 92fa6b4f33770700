#include "mock_graph/mailboxes/mail_store.hpp"

#include "core/seams/digest.hpp"
#include "core/seams/letters.hpp"
#include "mock_graph/login/base64url.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::mailboxes {
namespace {

constexpr auto known_folders = std::to_array<folder>({
    {"inbox", "\\Inbox"},
    {"junkemail", "\\Junk Email"},
    {"sentitems", "\\Sent Items"},
    {"deleteditems", "\\Deleted Items"},
    {"archive", "\\Archive"},
    {"recoverableitemsdeletions", "\\Recoverable Items\\Deletions", true},
});

} // namespace

auto folders() -> std::span<const folder> {
  return known_folders;
}

auto find_folder(std::string_view name) -> const folder* {
  const auto found = std::ranges::find_if(
      known_folders, [&](const folder& one) { return seams::equal_ignoring_case(one.name, name); });
  return found == known_folders.end() ? nullptr : &*found;
}

auto mail_store::id_of(const std::string& what) const -> std::string {
  const auto digest = seams::sha256(std::to_string(owner_.state().seed) + "/" + what);
  return login::base64url_encode({reinterpret_cast<const char*>(digest.data()), digest.size()}) +
         "AAA=";
}

void mail_store::put(const tenant::user& who, const tenant::mail_fact& mail, const folder& where) {
  if (!who.mailbox) {
    return;
  }
  auto& all = by_user_[who.name];
  auto one = stored_message();
  const auto number = who.name + "/" + std::to_string(all.size());
  one.mail = &mail;
  one.immutable_id = "AAkALg" + id_of("immutable " + number);
  one.id = "AAMkAG" + id_of("0 " + number);
  one.in = &where;
  one.changed = mail.at;
  all.push_back(std::move(one));
}

void mail_store::on(const tenant::mail_fact& mail) {
  if (const auto* sender = owner_.find_user(mail.what.from)) {
    put(*sender, mail, *find_folder("sentitems"));
  }
  if (mail.what.location == "Quarantine") {
    return;
  }
  const auto* where = find_folder(mail.what.location == "Junk" ? "junkemail" : "inbox");
  for (const auto& who : mail.recipients) {
    put(who, mail, *where);
  }
}

void mail_store::on(const tenant::purge_fact& purge) {
  if (purge.in_mail == nullptr) {
    return;
  }
  for (const auto& who : purge.in_mail->recipients) {
    for (auto& one : by_user_[who.name]) {
      if (one.mail == purge.in_mail && one.in != nullptr && one.in->name != "sentitems") {
        move(who.name, one, nullptr, purge.at);
      }
    }
  }
}

auto mail_store::of(const std::string& user) const -> const std::deque<stored_message>& {
  static const auto none = std::deque<stored_message>();
  const auto found = by_user_.find(user);
  return found == by_user_.end() ? none : found->second;
}

auto mail_store::find(const std::string& user, std::string_view id) -> stored_message* {
  auto& all = by_user_[user];
  const auto found = std::ranges::find_if(all, [&](const stored_message& one) {
    return one.in != nullptr && (one.id == id || one.immutable_id == id);
  });
  return found == all.end() ? nullptr : &*found;
}

void mail_store::move(const std::string& user,
                      stored_message& what,
                      const folder* to,
                      seams::instant at) {
  what.in = to;
  what.changed = at;
  ++what.moves;
  what.id = "AAMkAG" + id_of(std::to_string(what.moves) + " " + user + "/" + what.immutable_id);
}

auto mail_store::folder_id(const std::string& user, const folder& which) const -> std::string {
  return "AAMkAG" + id_of("folder " + user + "/" + std::string(which.name));
}

auto mail_store::folder_named(const std::string& user, std::string_view id_or_name) const
    -> const folder* {
  if (const auto* known = find_folder(id_or_name)) {
    return known;
  }
  const auto found = std::ranges::find_if(
      known_folders, [&](const folder& one) { return folder_id(user, one) == id_or_name; });
  return found == known_folders.end() ? nullptr : &*found;
}

} // namespace mock_graph::mailboxes
