#include "scenarios/run/visible_times.hpp"

#include "scenarios/run/feed_views.hpp"
#include "scenarios/run/identity.hpp"

#include <algorithm>

namespace scenarios::run {

visible_times::visible_times(const mock_graph::ledger& book) {
  book.visit([](std::string_view) { return true; },
             [&](const mock_graph::ledger_entry& entry) {
               seen_.push_back({name_print({entry.feed, entry.key, entry.version}),
                                entry.bytes ? mock_graph::fingerprint_of(*entry.bytes)
                                            : mock_graph::fingerprint(),
                                entry.visible_at});
             });
  std::ranges::sort(seen_);
}

auto visible_times::of(const core::stored_record& record) const -> std::optional<seams::instant> {
  const auto named =
      std::ranges::equal_range(seen_, name_print(identity_of(record.what)), {}, &sighting::who);
  if (named.empty()) {
    return std::nullopt;
  }
  const auto form = mock_graph::fingerprint_of(seams::sha256(record.what.raw));
  const auto same = std::ranges::equal_range(named, form, {}, &sighting::form);
  if (same.empty()) {
    return std::ranges::min_element(named, {}, &sighting::at)->at;
  }
  const auto later = std::ranges::upper_bound(same, record.received_at, {}, &sighting::at);
  const auto comes_back = view_of(record.what.feed).state && later != same.begin();
  return comes_back ? std::prev(later)->at : same.front().at;
}

} // namespace scenarios::run
