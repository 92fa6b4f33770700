#pragma once
// Alerts of Defender for Cloud, about workloads in Azure, as Graph lists them beside all others.
#include "mock_graph/defender/alert_book.hpp"

namespace mock_graph::defender {

/// Each alert is in the ledger twice: it is listed for whoever reads all alerts, and for whoever
/// reads those of this service alone (feed "defender_for_cloud"). It belongs to no incident here
/// and never changes.
/// Source: learn.microsoft.com/graph/api/resources/security-alert (defender-cloudapps-azure
/// sheet, 4).
class workload_alerts final : public tenant::listener {
public:
  workload_alerts(tenant::tenant& owner, alert_book& alerts, ledger& book)
      : tenant_(owner), alerts_(alerts), ledger_(book) {}

  void on(const tenant::event& what) override;

private:
  void raise(seams::instant at,
             seams::instant happened,
             const std::string& origin,
             const tenant::cloud_workload_alert& what);

  tenant::tenant& tenant_;
  alert_book& alerts_;
  ledger& ledger_;
};

} // namespace mock_graph::defender
