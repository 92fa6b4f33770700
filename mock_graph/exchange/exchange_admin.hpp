#pragma once
// Runs cmdlets in somebody's name and lets their changes come about, with the traces they leave.
#include "mock_graph/effects.hpp"
#include "mock_graph/exchange/cmdlets.hpp"

namespace mock_graph::exchange {

/// In whose name a cmdlet runs.
struct actor {
  std::string user_id; ///< as audit records name it
  int user_type = 2;   ///< 2 an administrator, 6 a service principal
  std::string app_id;  ///< client id of an app
  std::string request_id;
  std::string origin; ///< scenario file:line, or the request
};

/// A cmdlet that changes something changes the tenant at once: clicks from then on follow the new
/// configuration (in life up to 30 minutes later for mail, up to a day for Teams). It is an effect
/// if anything differs afterwards, and leaves an audit record in any case; reading leaves none.
class exchange_admin final : public tenant::listener {
public:
  exchange_admin(tenant::tenant& owner,
                 const policy_book& book,
                 const click_report& clicks,
                 const mail_flow::trace_log& traces,
                 effect_log& effects)
      : owner_(owner), book_(book), clicks_(clicks), traces_{traces}, effects_(effects) {}

  /// Runs it, after a check of its parameters; what it changed has come about.
  auto
  run(const cmdlet& what, const nlohmann::json& parameters, seams::instant now, const actor& who)
      -> cmdlet_outcome;

  /// Administrators' own commands.
  void on(const tenant::event& what) override;

private:
  /// The same, for changes that come about after the present event.
  auto
  start(const cmdlet& what, const nlohmann::json& parameters, seams::instant now, const actor& who)
      -> cmdlet_outcome;
  void
  adopt(const cmdlet& what, const workplace& place, const std::string& target, const actor& who);
  void leave_audit_record(const cmdlet& what,
                          const nlohmann::json& parameters,
                          seams::instant now,
                          const std::string& target,
                          const actor& who);

  tenant::tenant& owner_;
  const policy_book& book_;
  const click_report& clicks_;
  trace_desk traces_;
  effect_log& effects_;
  std::uint64_t runs_ = 0;
};

} // namespace mock_graph::exchange
