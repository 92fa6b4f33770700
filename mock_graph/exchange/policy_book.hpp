#pragma once
// The Safe Links configuration of the tenant as Exchange keeps it, through all its changes.
#include "mock_graph/exchange/objects.hpp"
#include "mock_graph/ledger/ledger.hpp"

#include <deque>
#include <functional>
#include <utility>

namespace mock_graph::exchange {

/// What cmdlets are about: "SafeLinksPolicy", "SafeLinksRule", "AtpPolicyForO365".
enum class noun { policy, rule, tenant_switch };

/// One object in its present state.
struct configured {
  noun what = noun::policy;
  std::string name;
  std::string guid;
  lifetime when;
  nlohmann::ordered_json row;
};

/// Follows the tenant's policies: one policy and one rule each, Built-in protection where there is
/// a licence for Defender for Office 365, and the tenant's switch. Each state is a version in the
/// ledger, under the feed "safe_links_policies". Configuration of before the start is as old as a
/// month.
class policy_book final : public tenant::listener {
public:
  policy_book(tenant::tenant& owner, ledger& book);
  policy_book(const policy_book&) = delete;
  auto operator=(const policy_book&) -> policy_book& = delete;

  void on(const tenant::event& what) override;
  /// Brings the objects in line with the tenant's state, which was changed at `at`.
  void refresh(seams::instant at, const std::string& story);

  /// Objects of one kind; rules in order of priority, the others in order of age.
  [[nodiscard]] auto all(noun what) const -> std::vector<const configured*>;
  [[nodiscard]] auto state() const -> const tenant::standing& { return owner_.state(); }

private:
  using printed = std::pair<noun, std::function<nlohmann::ordered_json(const lifetime&)>>;

  void put(const printed& next, seams::instant at, const std::string& story);
  void appear(const configured& what, seams::instant at, const std::string& story);
  [[nodiscard]] auto wanted() const -> std::vector<printed>;

  tenant::tenant& owner_;
  ledger& ledger_;
  std::deque<configured> objects_;
};

} // namespace mock_graph::exchange
