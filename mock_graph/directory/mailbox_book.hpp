#pragma once
// Settings of mailboxes: who is out of office, from when until when.
#include "mock_graph/directory/tracked_log.hpp"
#include "mock_graph/tenant/tenant.hpp"

namespace mock_graph::directory {

/// The ledger knows the settings without the texts of the replies: a connector may not keep them
/// (design: named cuts).
/// Source: learn.microsoft.com/graph/api/resources/mailboxsettings, automaticrepliessetting.
class mailbox_book final : public tenant::listener {
public:
  mailbox_book(tenant::tenant& owner, ledger& book);

  void on(const tenant::event& what) override;

  /// The settings of that user's mailbox now, with `@odata.context`; "" if there is no mailbox.
  /// `root` as "https://graph.microsoft.com/v1.0".
  [[nodiscard]] auto settings_of(const std::string& user_id, const std::string& root) const
      -> std::string;
  [[nodiscard]] auto replies_of(const std::string& user_id, const std::string& root) const
      -> std::string;

private:
  void put(const std::string& name, seams::instant at, const std::string& story);
  [[nodiscard]] auto user_named(const std::string& user_id) const -> std::string;

  tenant::tenant& owner_;
  tracked_log log_;
  std::map<std::string, tenant::out_of_office> replies_; ///< by name of the user
};

} // namespace mock_graph::directory
