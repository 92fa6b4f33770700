#include "mock_graph/ledger/ledger.hpp"

#include "mock_graph/ledger/secret_cuts.hpp"

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
  served_.insert(seams::sha256(without_check_token(raw_row)));
}

void ledger::superseded(std::string_view feed, std::string_view key, seams::instant at) {
  const auto found = newest_.find(slot(feed, key));
  if (found != newest_.end()) {
    auto& last = entries_[found->second];
    last.gone_at = at;
    last.why_gone = gone_reason::superseded;
  }
}

} // namespace mock_graph
