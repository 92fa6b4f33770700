#pragma once
// The accounts of the tenant as the directory shows them, through all that happens to them.
#include "mock_graph/directory/tracked_log.hpp"
#include "mock_graph/tenant/tenant.hpp"

namespace mock_graph::directory {

/// Every property of `user` that this directory knows, in the order in which it prints them; the
/// first eleven are what Graph shows without `$select`.
/// Source: learn.microsoft.com/graph/api/user-list, resources/user (directory sheet, 3.6).
auto user_properties() -> const std::vector<std::string>&;
auto usual_user_properties() -> const std::vector<std::string>&;

class user_book final : public tenant::listener {
public:
  /// Accounts that exist from the start are in the book at once.
  user_book(tenant::tenant& owner, ledger& book);

  void on(const tenant::event& what) override;

  [[nodiscard]] auto users() const -> const tracked_log& { return log_; }
  /// The object id of a user given by object id or user principal name; "" if there is none.
  [[nodiscard]] auto find(std::string_view id_or_upn, seams::instant as_of) const -> std::string;

private:
  void create(const tenant::user& who, seams::instant visible);
  void change(tenant::user& who, const tenant::user_change& how, const std::string& story);

  tenant::tenant& owner_;
  tracked_log log_;
  std::map<std::string, tenant::user> accounts_; ///< by name, in their present state
  seams::instant now_;                           ///< when the present change shows
  seams::instant happened_;                      ///< when it came about
};

} // namespace mock_graph::directory
