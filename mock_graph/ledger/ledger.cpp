#include "mock_graph/ledger/ledger.hpp"

#include "mock_graph/ledger/secret_cuts.hpp"

#include <algorithm>

namespace mock_graph {
namespace {

auto slot(std::string_view feed, std::string_view key) -> std::string {
  return std::string(feed) + '\n' + std::string(key);
}

} // namespace

auto ledger::appeared(ledger_entry entry) -> std::size_t {
  newest_[slot(entry.feed, entry.key)] = entries_.size();
  entries_.push_back(std::move(entry));
  return entries_.size() - 1;
}

void ledger::expired(std::size_t place, seams::instant at) {
  entries_[place].gone_at = at;
  entries_[place].why_gone = gone_reason::expired;
}

void ledger::served(std::string_view raw_row) {
  served_.insert(fingerprint_of(seams::sha256(without_secrets(raw_row))));
}

void ledger::superseded(std::string_view feed, std::string_view key, seams::instant at) {
  const auto found = newest_.find(slot(feed, key));
  if (found != newest_.end()) {
    auto& last = entries_[found->second];
    last.gone_at = at;
    last.why_gone = gone_reason::superseded;
  }
}

void ledger::visit(const std::function<bool(std::string_view feed)>& wants,
                   const std::function<void(const ledger_entry&)>& sink) const {
  for (const auto& entry : entries_) {
    if (wants(entry.feed)) {
      sink(entry);
    }
  }
  for (const auto& run : runs_) {
    if (wants(run->feed())) {
      run->visit(sink);
    }
  }
}

auto ledger::last_visible() const -> std::optional<seams::instant> {
  auto last = std::optional<seams::instant>();
  for (const auto& entry : entries_) {
    last = std::max(last.value_or(entry.visible_at), entry.visible_at);
  }
  for (const auto& run : runs_) {
    last = std::max(last.value_or(run->last_visible()), run->last_visible());
  }
  return last;
}

} // namespace mock_graph
