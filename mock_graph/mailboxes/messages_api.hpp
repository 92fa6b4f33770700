#pragma once
// Microsoft Graph's messages: found in a mailbox, moved, deleted, deleted for good.
#include "mock_graph/door.hpp"
#include "mock_graph/mailboxes/mail_store.hpp"
#include "mock_graph/mailboxes/mailbox_door.hpp"
#include "mock_graph/odata/options.hpp"

namespace mock_graph::mailboxes {

/// GET /users/{id}/messages, /users/{id}/mailFolders/{folder}/messages and one item below either;
/// DELETE of it (204, into the recoverable items), `move` (201, under a new id), `permanentDelete`
/// (204, out of reach; worldwide clouds only). A message that is gone is 404 `ErrorItemNotFound`.
///
/// The whole mailbox is searched but for the recoverable items, newest first, ten a page. Ids are
/// those of the moment, or immutable ones where `Prefer: IdType="ImmutableId"` asks for them; a
/// path may name a message by either. `$search` is refused: the tenant does not search.
/// Source: learn.microsoft.com/graph/api/user-list-messages, message-delete, message-move,
/// message-permanentdelete, graph/outlook-immutable-id (graph-directory sheet, 2.8, 4.1, 5.1).
class messages_api final : public door {
public:
  messages_api(mail_store& store, const directory::user_book& users, acts::performer& acts)
      : store_(store), acts_(acts), gate_(users, acts.state()) {}

  [[nodiscard]] auto routes() const -> std::span<const std::string_view> override;
  [[nodiscard]] auto route_of(const odata::target& target) const -> std::string_view override;
  auto answer(call& what) -> seams::response override;

private:
  struct place;
  auto list(call& what, const place& where) -> seams::response;
  auto item(call& what, const place& where, const stored_message& one) -> seams::response;
  auto remove(call& what, const place& where, stored_message& one) -> seams::response;
  auto purge(call& what, const place& where, stored_message& one) -> seams::response;
  auto move(call& what, const place& where, stored_message& one) -> seams::response;
  /// One message as the caller may see it.
  [[nodiscard]] auto shown(const call& what, const place& where, const stored_message& one) const
      -> nlohmann::ordered_json;
  void audit(const call& what,
             const place& where,
             const stored_message& one,
             const std::string& operation,
             const folder* to);

  mail_store& store_;
  acts::performer& acts_;
  mailbox_gate gate_;
};

} // namespace mock_graph::mailboxes
