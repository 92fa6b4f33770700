#pragma once
// The rules of inboxes, as they come, change and go.
#include "mock_graph/mailboxes/mail_store.hpp"

#include <nlohmann/json.hpp>

#include <map>

namespace mock_graph::mailboxes {

/// One rule as it stands; `document` is what Graph shows of it.
struct standing_rule {
  std::string id;
  nlohmann::ordered_json document;

  [[nodiscard]] auto is_read_only() const -> bool { return document.value("isReadOnly", false); }
};

/// Rules that stand from the start leave no record; one that somebody makes later leaves
/// New-InboxRule (form: management-activity-api sheet, 8.8).
class rule_book final : public tenant::listener {
public:
  rule_book(tenant::tenant& owner, const mail_store& store);

  void on(const tenant::event& what) override;

  /// The rules of a user, by name, in their sequence.
  [[nodiscard]] auto of(const std::string& user) const -> const std::vector<standing_rule>&;
  [[nodiscard]] auto find(const std::string& user, std::string_view id) -> standing_rule*;
  /// Adds a rule with these members under a new id.
  auto add(const std::string& user, nlohmann::ordered_json members) -> const standing_rule&;
  void remove(const std::string& user, std::string_view id);

private:
  auto put(const tenant::inbox_rule& what) -> const standing_rule&;

  tenant::tenant& owner_;
  const mail_store& store_;
  std::map<std::string, std::vector<standing_rule>> by_user_;
  std::uint64_t made_ = 0;
};

} // namespace mock_graph::mailboxes
