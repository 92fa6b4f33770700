#pragma once
// Lets what an app does come about, and keeps the traces that it leaves in the tenant.
#include "mock_graph/call.hpp"
#include "mock_graph/effects.hpp"
#include "mock_graph/tenant/tenant.hpp"

namespace mock_graph::acts {

/// An act on one object of the directory, as the audit logs tell it.
struct directory_act {
  std::string activity; ///< activityDisplayName: "Disable account"
  tenant::directory_target target;
  std::string category = "UserManagement";
  std::string service = "Core Directory";
  std::string operation = "Update";
};

/// What doors that act have in common. Everything is done in the name of the app that called.
class performer {
public:
  performer(tenant::tenant& owner, effect_log& effects) : owner_(owner), effects_(effects) {}
  performer(const performer&) = delete;
  auto operator=(const performer&) -> performer& = delete;

  [[nodiscard]] auto state() const -> const tenant::standing& { return owner_.state(); }

  /// One thing has changed: "disable user", "dana@contoso.com".
  void effect(const call& by, std::string what, std::string target);

  /// Happens now, before this returns.
  template <class kind> void happen(const call& by, kind what) {
    owner_.schedule({by.now, origin_of(by), std::move(what)});
    owner_.advance(by.now);
  }

  /// A record in Entra's audit log.
  /// Source: learn.microsoft.com/entra/identity/monitoring-health/reference-audit-activities; form
  /// of app-initiated records: graph-directory sheet, 3.3.
  void audit_directory(const call& by, const directory_act& what);
  /// The same act on a user in the unified audit log, where the activity ends in a full stop.
  /// Form: panther's and splunk's public records of "Update user." (RecordType 8).
  void audit_account(const call& by, const directory_act& what);
  /// A record of Exchange's in the unified audit log; `fields` without the common ones.
  void audit_exchange(const call& by, const std::string& operation, nlohmann::json fields);

private:
  [[nodiscard]] static auto origin_of(const call& by) -> std::string;

  tenant::tenant& owner_;
  effect_log& effects_;
  std::uint64_t records_ = 0;
};

} // namespace mock_graph::acts
