#include "tests/scenarios/run/laid_story.hpp"

#include "scenarios/run/identity.hpp"

namespace tests {

auto minute(int n) -> seams::instant {
  return seams::instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 10}} +
         std::chrono::minutes{n};
}

auto entry_of(const core::record& what, seams::instant shown) -> mock_graph::ledger_entry {
  const auto who = scenarios::run::identity_of(what);
  auto out = mock_graph::ledger_entry();
  out.feed = who.feed;
  out.key = who.key;
  out.version = who.version;
  out.bytes = seams::sha256(what.raw);
  out.visible_at = shown;
  return out;
}

void laid_story::lay(const story& told, int shown_minute, int stored_minute) {
  for (auto i = stored.size(); i < told.records.size(); ++i) {
    auto one = core::stored_record();
    one.what = told.records[i];
    one.received_at = minute(stored_minute);
    one.arrival = static_cast<std::int64_t>(i + 1);
    if (shown_minute != nobody_knows) {
      book.appeared(entry_of(one.what, minute(shown_minute)));
    }
    stored.push_back(std::move(one));
  }
}

auto laid_story::records() const -> scenarios::run::stored_records {
  return [this](const core::record_query& wanted,
                const std::function<void(const core::stored_record&)>& sink) {
    for (const auto& one : stored) {
      if (wanted.feed.empty() || one.what.feed == wanted.feed) {
        sink(one);
      }
    }
  };
}

} // namespace tests
