#pragma once
// What lies in the mailboxes of the tenant: every message where mail flow, Defender and apps left
// it.
#include "mock_graph/tenant/tenant.hpp"

#include <deque>
#include <unordered_map>

namespace mock_graph::mailboxes {

/// A folder with a name that Graph knows.
/// Source: learn.microsoft.com/graph/api/resources/mailfolder.
struct folder {
  std::string_view name;    ///< "inbox": what a path may say instead of an id
  std::string_view path;    ///< "\\Inbox": how audit records name it
  bool recoverable = false; ///< its items are in no search of the whole mailbox
};

/// The folder of that name, or null.
auto find_folder(std::string_view name) -> const folder*;
auto folders() -> std::span<const folder>;

/// A copy of a mail in one mailbox.
struct stored_message {
  const tenant::mail_fact* mail = nullptr;
  std::string immutable_id;   ///< stays through moves inside the mailbox
  std::string id;             ///< another one after each move
  const folder* in = nullptr; ///< null: purged, in nobody's reach
  seams::instant changed;
  std::uint64_t moves = 0;
};

/// Mails go to the inbox or the junk folder of each recipient who has a mailbox, as delivery
/// decided, and to the sent items of a sender of this tenant; quarantined mails lie in none.
/// Zero-hour purge takes them out of the recipients' mailboxes.
class mail_store final : public tenant::listener {
public:
  explicit mail_store(const tenant::tenant& owner) : owner_(owner) {}

  void on(const tenant::mail_fact& mail) override;
  void on(const tenant::purge_fact& purge) override;

  /// The messages of a user, by name, in order of arrival; those purged too.
  [[nodiscard]] auto of(const std::string& user) const -> const std::deque<stored_message>&;
  /// The message of either id that is still in reach, or null.
  auto find(const std::string& user, std::string_view id) -> stored_message*;
  /// Puts it elsewhere, under a new id; null: purges it.
  void move(const std::string& user, stored_message& what, const folder* to, seams::instant at);

  /// The id of a folder of that user's mailbox.
  [[nodiscard]] auto folder_id(const std::string& user, const folder& which) const -> std::string;
  /// The folder that a path or a body names by id or by well-known name, or null.
  [[nodiscard]] auto folder_named(const std::string& user, std::string_view id_or_name) const
      -> const folder*;

private:
  void put(const tenant::user& who, const tenant::mail_fact& mail, const folder& where);
  [[nodiscard]] auto id_of(const std::string& what) const -> std::string;

  const tenant::tenant& owner_;
  std::unordered_map<std::string, std::deque<stored_message>> by_user_;
};

} // namespace mock_graph::mailboxes
