#pragma once
// One feed on a bench.
#include "core/feeds/feed.hpp"
#include "core/feeds/feed_table.hpp"
#include "tests/core/fakes/bench.hpp"

namespace fakes {

struct feed_bench : bench {
  explicit feed_bench(const std::string& name) {
    options = core::feeds::default_options(*core::feeds::find_feed(name));
    renew();
  }
  /// A new feed on the old store, as after a restart.
  void renew() {
    feed = core::feeds::make_feed(options, core::feeds::tools{config, time, api, records});
  }
  auto poll() -> seams::result<core::feeds::poll_report> { return await(feed->poll()); }
  void cursor_at(seams::instant at) { records.cursors[options.name] = seams::to_rfc3339(at); }
  [[nodiscard]] auto cursor() const -> std::string {
    const auto found = records.cursors.find(options.name);
    return found == records.cursors.end() ? "" : found->second;
  }
  [[nodiscard]] auto stored() const { return records.of(options.name); }

  core::feed_options options;
  std::unique_ptr<core::feeds::feed> feed;
};

inline auto text(seams::instant at) -> std::string {
  return seams::to_rfc3339(at);
}

} // namespace fakes
