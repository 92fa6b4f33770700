#pragma once
// What Defender for Cloud Apps has stored: alerts it raised and activities it saw.
#include "mock_graph/cloud_apps/documents.hpp"
#include "mock_graph/ledger/ledger.hpp"

#include <deque>

namespace mock_graph::cloud_apps {

/// One alert or activity; it never changes.
struct item {
  seams::instant visible_at;
  std::string raw; ///< the bytes every page shows
  nlohmann::json document;
};

/// Everything is in the ledger as of the feed "cloud_apps", alerts and activities alike.
class cloud_app_book final : public tenant::listener {
public:
  cloud_app_book(tenant::tenant& owner, ledger& book) : tenant_(owner), ledger_(book) {}
  cloud_app_book(const cloud_app_book&) = delete;
  auto operator=(const cloud_app_book&) -> cloud_app_book& = delete;

  void on(const tenant::event& what) override;

  [[nodiscard]] auto alerts() const -> const std::deque<item>& { return alerts_; }
  [[nodiscard]] auto activities() const -> const std::deque<item>& { return activities_; }
  [[nodiscard]] auto state() const -> const tenant::standing& { return tenant_.state(); }

private:
  /// The `n`th of many, and the promise of the next.
  template <class event>
  void step(seams::instant at, const std::string& origin, const event& what, std::uint64_t n);
  void happen(seams::instant at, const std::string& origin, const tenant::cloud_app_alert& what);
  void happen(seams::instant at, const std::string& origin, const tenant::cloud_app_activity& what);
  void keep(std::deque<item>& where,
            nlohmann::ordered_json document,
            seams::instant visible_at,
            std::string story);

  tenant::tenant& tenant_;
  ledger& ledger_;
  std::deque<item> alerts_;
  std::deque<item> activities_;
};

} // namespace mock_graph::cloud_apps
