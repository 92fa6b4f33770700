#pragma once
// Things that change, as lists show them: versions of documents, seen as of an instant.
#include "mock_graph/ledger/ledger.hpp"

#include <nlohmann/json.hpp>

#include <deque>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace mock_graph {

/// One state of one entity. `raw` are the bytes every page shows for it.
struct entity_version {
  std::string id;
  seams::instant updated;    ///< what queries on the kind's time member compare with
  seams::instant visible_at; ///< from when lists show it
  seams::instant replaced_at = seams::instant::max();
  std::string raw;
  nlohmann::json document;
  nlohmann::json index; ///< the members that $filter and $orderby may name, `updated` included
};

/// What an entity log holds.
struct entity_kind {
  std::string feed;           ///< under which its versions stand in the ledger
  std::string time_member;    ///< "lastUpdateDateTime", "createdDateTime": bears `updated`
  std::string version_member; ///< tells versions of one id apart; "" where things never change
  /// Two sources show the same version in other bytes: what the ledger heard to be served counts.
  bool form_varies = false;
};

/// Versions in order of `updated`. Reports each to the ledger under its feed.
class entity_log {
public:
  entity_log(entity_kind kind, ledger& book) : kind_(std::move(kind)), ledger_(book) {}

  /// Adds a version; `index` is made here.
  void put(entity_version next, const std::string& story);

  /// The thing is no longer listed from `at` on.
  void remove(std::string_view id, seams::instant at);

  /// Visits what a list shows at `as_of`, versions of `updated` within [from, to] only, oldest
  /// first; stops when `sink` returns false.
  void visit(seams::instant as_of,
             seams::instant from,
             seams::instant to,
             const std::function<bool(const entity_version&)>& sink) const;
  /// The version of `id` shown at `as_of`, or null.
  [[nodiscard]] auto find(std::string_view id, seams::instant as_of) const -> const entity_version*;

  [[nodiscard]] auto kind() const -> const entity_kind& { return kind_; }

private:
  entity_kind kind_;
  ledger& ledger_;
  std::deque<entity_version> versions_;
  std::vector<std::size_t> in_order_; ///< of `updated`, then of being added
  std::unordered_map<std::string, std::vector<std::size_t>> by_id_;
};

} // namespace mock_graph
