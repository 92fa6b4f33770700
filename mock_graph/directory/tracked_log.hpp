#pragma once
// Things of the directory that come, change and go, so that a delta query can follow them.
#include "mock_graph/ledger/entity_log.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mock_graph::directory {

/// An entity log that also remembers removals. Reports everything to the ledger under its feed, a
/// removal as the tombstone that delta rounds show.
class tracked_log {
public:
  tracked_log(std::string feed, ledger& book)
      : log_({std::move(feed), "", ""}, book), book_(book) {}

  /// A new state from `visible_at` on; calls must come in order of that. Bytes that equal those of
  /// the present state change nothing.
  void put(const std::string& id,
           const nlohmann::ordered_json& document,
           seams::instant visible_at,
           const std::string& story);
  /// `reason` "changed": it may come back; "deleted": it is gone for good.
  void remove(const std::string& id,
              std::string_view reason,
              seams::instant visible_at,
              const std::string& story);

  [[nodiscard]] auto log() const -> const entity_log& { return log_; }
  /// Ids of what a delta round shows that follows a walk of `since`: each once, in the order of its
  /// last change.
  [[nodiscard]] auto changed(seams::instant since, seams::instant as_of) const
      -> std::vector<std::string>;
  /// The tombstone of `id` at `as_of`, or "" if it had none.
  [[nodiscard]] auto tombstone(const std::string& id, seams::instant as_of) const -> std::string;

private:
  struct change {
    seams::instant at;
    std::string id;
  };
  struct removal {
    seams::instant from;
    std::string raw;
  };

  entity_log log_;
  ledger& book_;
  std::vector<change> changes_;
  std::map<std::string, std::vector<removal>, std::less<>> removals_;
};

} // namespace mock_graph::directory
