#include "mock_graph/directory/tracked_log.hpp"

#include <algorithm>
#include <set>

namespace mock_graph::directory {

void tracked_log::put(const std::string& id,
                      const nlohmann::ordered_json& document,
                      seams::instant visible_at,
                      const std::string& story) {
  auto next = entity_version();
  next.id = id;
  next.updated = visible_at;
  next.visible_at = visible_at;
  next.raw = document.dump();
  const auto* present = log_.find(id, visible_at);
  if (present != nullptr && present->raw == next.raw) {
    return;
  }
  next.document = nlohmann::json::parse(next.raw);
  log_.put(std::move(next), story);
  changes_.push_back({visible_at, id});
}

void tracked_log::remove(const std::string& id,
                         std::string_view reason,
                         seams::instant visible_at,
                         const std::string& story) {
  auto tombstone = nlohmann::ordered_json();
  tombstone["id"] = id;
  tombstone["@removed"]["reason"] = reason;
  log_.remove(id, visible_at);
  auto entry = ledger_entry();
  entry.feed = log_.kind().feed;
  entry.key = id;
  entry.bytes = seams::sha256(tombstone.dump());
  entry.visible_at = visible_at;
  entry.removal = true;
  entry.story = story;
  book_.superseded(entry.feed, id, visible_at);
  book_.appeared(std::move(entry));
  removals_[id].push_back({visible_at, tombstone.dump()});
  changes_.push_back({visible_at, id});
}

auto tracked_log::changed(seams::instant since, seams::instant as_of) const
    -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  auto seen = std::set<std::string_view>();
  for (auto it = changes_.rbegin(); it != changes_.rend() && it->at > since; ++it) {
    if (it->at <= as_of && seen.insert(it->id).second) {
      out.push_back(it->id);
    }
  }
  std::ranges::reverse(out);
  return out;
}

auto tracked_log::tombstone(const std::string& id, seams::instant as_of) const -> std::string {
  const auto found = removals_.find(id);
  auto out = std::string();
  if (found != removals_.end() && log_.find(id, as_of) == nullptr) {
    for (const auto& one : found->second) {
      out = one.from <= as_of ? one.raw : out;
    }
  }
  return out;
}

} // namespace mock_graph::directory
