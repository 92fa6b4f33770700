#include "core/feeds/cursor.hpp"

#include "core/feeds/times.hpp"

namespace core::feeds {

auto load_cursor(store& records, const seams::clock& time, const feed_options& options)
    -> seams::result<position> {
  const auto stored = records.cursor(options.name);
  if (!stored) {
    return stored.error();
  }
  if (!*stored) {
    return position{time.wall() - options.first_look_back, false};
  }
  const auto through = parse_time(**stored);
  if (!through) {
    return seams::failure(seams::reaction::stop_and_diagnose,
                          "store_damaged",
                          "the cursor of " + options.name + " is no instant");
  }
  return position{*through, true};
}

auto move_cursor(const std::string& feed, seams::instant through, seams::instant now) -> commit {
  auto step = commit();
  step.feed = feed;
  step.cursor = seams::to_rfc3339(through);
  step.now = now;
  return step;
}

auto apply(store& records, const commit& step) -> seams::result<void> {
  const auto outcome = records.apply(step);
  return outcome ? seams::result<void>() : seams::result<void>(outcome.error());
}

} // namespace core::feeds
