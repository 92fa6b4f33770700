#pragma once
// The tenant that is served, on its clock: what clients talk to and what watches and controls act
// on.
#include "core/adapters/socket/paced_clock.hpp"
#include "scenarios/audit/connector_audit.hpp"
#include "scenarios/audit/watched_tenant.hpp"
#include "scenarios/model/scenario.hpp"
#include "scenarios/run/world.hpp"

namespace scenarios::serve {

class stage final : public mock_graph::service {
public:
  /// The clock starts at `now`. Only a stage that is `watched` can be audited. The key outlives it.
  /// What `before` makes, if it is given, answers in place of the tenant.
  stage(model::scenario what,
        const mock_graph::login::signing_key& key,
        seams::instant now,
        double speed,
        bool watched,
        const run::service_wrap& before = {});

  auto answer(const seams::request& query) -> mock_graph::reply override;

  /// As it was at the start: clock, tenant and journal.
  void reset();

  [[nodiscard]] auto scenario() const -> const model::scenario& { return what_; }
  /// How many requests were answered, those before a reset too.
  [[nodiscard]] auto answered() const -> std::size_t { return answered_; }
  auto clock() -> core::adapters::paced_clock& { return clock_; }
  auto tenant() -> mock_graph::server::mock_tenant& { return *tenant_; }
  /// Of what has become visible until now.
  [[nodiscard]] auto make_audit() -> audit::connector_audit;
  /// When the last record becomes visible, if nothing else is made to happen.
  [[nodiscard]] auto last_visible() -> seams::instant;

private:
  void open();

  model::scenario what_;
  const mock_graph::login::signing_key& key_;
  seams::instant first_now_;
  bool is_watched_;
  core::adapters::paced_clock clock_;
  std::unique_ptr<mock_graph::server::mock_tenant> tenant_;
  std::unique_ptr<audit::watched_tenant> seen_;
  std::unique_ptr<mock_graph::service> before_;
  std::size_t answered_ = 0;
  std::optional<seams::instant> rehearsed_; ///< when the last scripted record becomes visible
};

} // namespace scenarios::serve
