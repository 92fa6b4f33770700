#include "mock_graph/ledger/entity_log.hpp"

#include "mock_graph/ledger/secret_cuts.hpp"

#include <algorithm>

namespace mock_graph {

namespace {

/// Queries look at no arrays of objects, and at the moment the list counts from: for a record given
/// word for word that is when it appeared, whatever date it bears.
auto index_of(const entity_version& version, const std::string& time_member) -> nlohmann::json {
  auto out = nlohmann::json::object();
  for (const auto& [name, value] : version.document.items()) {
    if (!value.is_array() || value.empty() || !value.front().is_structured()) {
      out[name] = value;
    }
  }
  out[time_member] = seams::to_rfc3339(version.updated);
  return out;
}

} // namespace

void entity_log::put(entity_version next, const std::string& story) {
  auto entry = ledger_entry();
  entry.feed = kind_.feed;
  entry.key = next.id.empty() ? seams::to_hex(seams::sha256(next.raw)) : next.id;
  const auto version = next.document.find(kind_.version_member);
  if (version != next.document.end() && version->is_string()) {
    entry.version = version->get<std::string>();
  }
  if (!kind_.form_varies) {
    entry.bytes = seams::sha256(without_secrets(next.raw));
  }
  entry.visible_at = next.visible_at;
  entry.story = story;
  next.index = index_of(next, kind_.time_member);
  ledger_.superseded(kind_.feed, entry.key, next.visible_at);
  ledger_.appeared(std::move(entry));
  auto& history = by_id_[next.id];
  if (!history.empty() && !next.id.empty()) {
    auto& last = versions_[history.back()];
    last.replaced_at = std::min(last.replaced_at, next.visible_at);
  }
  history.push_back(versions_.size());
  const auto later = std::ranges::upper_bound(
      in_order_, next.updated, {}, [this](std::size_t index) { return versions_[index].updated; });
  in_order_.insert(later, versions_.size());
  versions_.push_back(std::move(next));
}

void entity_log::remove(std::string_view id, seams::instant at) {
  const auto found = by_id_.find(std::string(id));
  if (found != by_id_.end()) {
    versions_[found->second.back()].replaced_at = at;
    ledger_.superseded(kind_.feed, id, at);
  }
}

void entity_log::visit(seams::instant as_of,
                       seams::instant from,
                       seams::instant to,
                       const std::function<bool(const entity_version&)>& sink) const {
  const auto updated = [this](std::size_t index) { return versions_[index].updated; };
  for (auto it = std::ranges::lower_bound(in_order_, from, {}, updated);
       it != in_order_.end() && updated(*it) <= to;
       ++it) {
    const auto& version = versions_[*it];
    if (version.visible_at <= as_of && as_of < version.replaced_at && !sink(version)) {
      return;
    }
  }
}

auto entity_log::find(std::string_view id, seams::instant as_of) const -> const entity_version* {
  const auto found = by_id_.find(std::string(id));
  if (found == by_id_.end()) {
    return nullptr;
  }
  for (const auto index : found->second) {
    const auto& version = versions_[index];
    if (version.visible_at <= as_of && as_of < version.replaced_at) {
      return &version;
    }
  }
  return nullptr;
}

} // namespace mock_graph
