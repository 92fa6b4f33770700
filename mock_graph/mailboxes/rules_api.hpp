#pragma once
// Microsoft Graph's rules of the inbox: listed, switched off, deleted, made again.
#include "mock_graph/door.hpp"
#include "mock_graph/mailboxes/mailbox_door.hpp"
#include "mock_graph/mailboxes/rule_book.hpp"

namespace mock_graph::mailboxes {

/// GET and POST /users/{id}/mailFolders/inbox/messageRules; GET, PATCH (200 and the rule) and
/// DELETE (204, then 404 `ErrorItemNotFound`) of one. Not in the v1.0 of China's cloud. A read-only
/// rule refuses both changes; how, is not documented: 403 `ErrorAccessDenied`.
///
/// Exchange records changes as cmdlets: New-InboxRule, Disable- and Enable-InboxRule,
/// Set-InboxRule, Remove-InboxRule. That Graph's changes look like it is inferred.
/// Source: learn.microsoft.com/graph/api/mailfolder-list-messagerules, messagerule-update,
/// messagerule-delete, mailfolder-post-messagerules (graph-directory sheet, 2.9, 3.8, 5.7).
class rules_api final : public door {
public:
  rules_api(rule_book& rules, const directory::user_book& users, acts::performer& acts)
      : rules_(rules), acts_(acts), gate_(users, acts.state()) {}

  [[nodiscard]] auto routes() const -> std::span<const std::string_view> override;
  [[nodiscard]] auto route_of(const odata::target& target) const -> std::string_view override;
  auto answer(call& what) -> seams::response override;

private:
  auto list(call& what, const tenant::user& owner) const -> seams::response;
  auto create(call& what, const tenant::user& owner) -> seams::response;
  auto update(call& what, const tenant::user& owner, standing_rule& rule) -> seams::response;
  auto remove(call& what, const tenant::user& owner, const standing_rule& rule) -> seams::response;
  /// Counts the change and leaves its record.
  void record(const call& what,
              const tenant::user& owner,
              const std::string& rule_name,
              const std::string& cmdlet);

  rule_book& rules_;
  acts::performer& acts_;
  mailbox_gate gate_;
};

} // namespace mock_graph::mailboxes
