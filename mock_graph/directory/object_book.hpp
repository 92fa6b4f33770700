#pragma once
// Groups, their members, and devices, as the directory shows them through all that happens.
#include "mock_graph/directory/tracked_log.hpp"
#include "mock_graph/tenant/tenant.hpp"

#include <set>

namespace mock_graph::directory {

/// Every property of `group` and `device` that this directory knows, in the order in which it
/// prints them (directory sheet, 3.10 and 3.11).
auto group_properties() -> const std::vector<std::string>&;
auto device_properties() -> const std::vector<std::string>&;

/// `deviceId` of a device by its name in the scenario: other APIs know it as `aadDeviceId`.
auto device_id_of(const std::string& name) -> std::string;

/// Memberships stand in the ledger under "group id/user id".
class object_book final : public tenant::listener {
public:
  object_book(tenant::tenant& owner, ledger& book);

  void on(const tenant::event& what) override;

  [[nodiscard]] auto groups() const -> const tracked_log& { return groups_; }
  [[nodiscard]] auto devices() const -> const tracked_log& { return devices_; }
  /// The ids of who is in the group at `as_of`, sorted.
  [[nodiscard]] auto members_of(const std::string& group_id, seams::instant as_of) const
      -> std::vector<std::string>;
  /// The ids of a user's devices.
  [[nodiscard]] auto devices_of(const std::string& user_id, seams::instant as_of) const
      -> std::vector<std::string>;

private:
  void put_members(const std::vector<std::string>& names,
                   const std::string& group_id,
                   seams::instant at,
                   const std::string& story);
  void keep(const tenant::verbatim_record& what, seams::instant at);
  void change(const tenant::group_change& how, seams::instant at, const std::string& origin);
  void change(const tenant::device_change& how, seams::instant at, const std::string& origin);
  void change(const tenant::user_change& how, seams::instant at, const std::string& origin);
  void put_device(const tenant::device& what, seams::instant at, const std::string& story);
  [[nodiscard]] auto id_of_user(const std::string& name) const -> std::string;

  tenant::tenant& owner_;
  tracked_log groups_;
  tracked_log members_;
  tracked_log devices_;
  std::map<std::string, std::set<std::string>> in_groups_; ///< group name to user names
  std::map<std::string, tenant::device> known_devices_;    ///< by name, in their present state
};

} // namespace mock_graph::directory
