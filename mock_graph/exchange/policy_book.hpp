#pragma once
// The Safe Links configuration of the tenant as Exchange keeps it, through all its changes.
#include "mock_graph/exchange/objects.hpp"
#include "mock_graph/ledger/ledger.hpp"

#include <deque>
#include <functional>

namespace mock_graph::exchange {

/// What cmdlets are about. Rules of presets have cmdlets of their own.
enum class noun { policy, rule, tenant_switch, preset_rule, built_in_rule };

/// One object in its present state.
struct configured {
  noun what = noun::policy;
  std::string name;
  std::string guid;
  lifetime when;
  seams::instant found_from; ///< when cmdlets begin to find it
  nlohmann::ordered_json row;
};

/// Follows the tenant's Safe Links: its policies with Built-in protection, where there is a licence
/// for Defender for Office 365, its rules, and the tenant's switch. Each state is a version in the
/// ledger, under the feed "safe_links_policies", save for the rules of presets and of Built-in
/// protection. Configuration of before the start is as old as a month.
class policy_book final : public tenant::listener {
public:
  policy_book(tenant::tenant& owner, ledger& book);
  policy_book(const policy_book&) = delete;
  auto operator=(const policy_book&) -> policy_book& = delete;

  void on(const tenant::event& what) override;
  /// Brings the objects in line with the tenant's state, which was changed at `at`.
  void refresh(seams::instant at, const std::string& story);

  /// Objects of one kind that cmdlets find; rules in order of priority, the others in order of age.
  [[nodiscard]] auto all(noun what, seams::instant now) const -> std::vector<const configured*>;
  /// The one of that name or GUID, if cmdlets find it.
  [[nodiscard]] auto find(noun what, std::string_view identity, seams::instant now) const
      -> const configured*;
  /// The one of that GUID, found or not.
  [[nodiscard]] auto by_guid(std::string_view guid) const -> const configured*;
  [[nodiscard]] auto state() const -> const tenant::standing& { return owner_.state(); }

private:
  /// An object as it is to be.
  struct wanted_object {
    noun what;
    std::string guid;
    std::function<nlohmann::ordered_json(const lifetime&)> print;
  };

  void put(const wanted_object& next, seams::instant at, const std::string& story);
  void appear(const configured& what, seams::instant at, const std::string& story);
  [[nodiscard]] auto wanted() const -> std::vector<wanted_object>;

  tenant::tenant& owner_;
  ledger& ledger_;
  std::deque<configured> objects_;
};

} // namespace mock_graph::exchange
