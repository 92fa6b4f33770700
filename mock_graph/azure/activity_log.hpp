#pragma once
// The Activity log of the tenant's subscriptions: what operations left in it.
#include "mock_graph/azure/activity_filter.hpp"
#include "mock_graph/ledger/ledger.hpp"
#include "mock_graph/tenant/tenant.hpp"

#include <deque>

namespace mock_graph::azure {

/// One entry; it never changes.
struct log_entry {
  std::string subscription; ///< in lower case
  seams::instant at;        ///< eventTimestamp
  seams::instant visible_at;
  std::string raw; ///< the bytes every page shows
  nlohmann::json document;
};

/// Every entry of an operation shares its correlationId and operationId; each becomes visible by
/// itself, later than it happened. Entries are in the ledger as of the feed "azure_activity", with
/// the subscription as scope.
class activity_log final : public tenant::listener {
public:
  activity_log(tenant::tenant& owner, ledger& book) : tenant_(owner), ledger_(book) {}
  activity_log(const activity_log&) = delete;
  auto operator=(const activity_log&) -> activity_log& = delete;

  void on(const tenant::event& what) override;

  /// Entries of `subscription` that are visible at `as_of` and fit, newest first.
  [[nodiscard]] auto find(std::string_view subscription,
                          const activity_filter& wanted,
                          seams::instant as_of) const -> std::vector<const log_entry*>;
  [[nodiscard]] auto state() const -> const tenant::standing& { return tenant_.state(); }

private:
  void write(seams::instant began,
             const std::string& origin,
             const tenant::azure_operation& what,
             std::size_t index);

  tenant::tenant& tenant_;
  ledger& ledger_;
  std::deque<log_entry> entries_;
};

} // namespace mock_graph::azure
