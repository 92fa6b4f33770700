#pragma once
// What Entra ID remembers: sign-ins, changes of the directory, risks and risky users.
#include "mock_graph/identity/documents.hpp"
#include "mock_graph/ledger/entity_log.hpp"

#include <deque>
#include <map>

namespace mock_graph::identity {

/// Turns events into the entities of four lists. Sign-ins and risks exist only where the tenant's
/// licence shows them. Every change of a risk is a version of its detection and of its user.
class identity_book final : public tenant::listener {
public:
  identity_book(tenant::tenant& owner, ledger& book);
  identity_book(const identity_book&) = delete;
  auto operator=(const identity_book&) -> identity_book& = delete;

  void on(const tenant::event& what) override;

  /// The list that a feed reads, or null.
  auto log_of(std::string_view feed) -> entity_log*;
  [[nodiscard]] auto sign_ins() const -> const entity_log& { return sign_ins_; }
  [[nodiscard]] auto directory_audits() const -> const entity_log& { return directory_audits_; }
  [[nodiscard]] auto risk_detections() const -> const entity_log& { return risk_detections_; }
  [[nodiscard]] auto risky_users() const -> const entity_log& { return risky_users_; }
  [[nodiscard]] auto owner() const -> const tenant::tenant& { return tenant_; }

private:
  void sign_in_step(seams::instant at,
                    const std::string& origin,
                    const tenant::sign_in& what,
                    std::uint64_t n);
  void signed_in(seams::instant at, const std::string& origin, const tenant::sign_in& what);
  /// What becomes of a sign-in that nothing but the tenant's own rules stands against.
  [[nodiscard]] auto met_rules(seams::instant at, const tenant::sign_in& what) -> tenant::sign_in;
  void changed(seams::instant at, const std::string& origin, const tenant::directory_change& what);
  void detected(seams::instant at, const std::string& origin, const tenant::risk& what);
  void dealt_with(seams::instant at, const tenant::risk_change& what);
  void publish(const detected_risk& what);
  void publish_user(seams::instant at, const detected_risk& cause);

  tenant::tenant& tenant_;
  entity_log sign_ins_;
  entity_log directory_audits_;
  entity_log risk_detections_;
  entity_log risky_users_;
  std::deque<detected_risk> risks_;
  std::map<std::string, seams::instant> signed_in_at_; ///< by scenario id
  /// When the sessions began that are open: by user, device and address.
  std::map<std::string, seams::instant> sessions_;
};

} // namespace mock_graph::identity
