#pragma once
// What state each feed is in, in words for machines and for people; only changes are recorded.
#include "core/seams/result.hpp"
#include "core/store/store.hpp"

#include <map>

namespace core::health {

/// The machine word for a failure: "authentication_failed", "insufficient_permissions",
/// "not_licensed", "retired_api", "subscription_disabled", "throttled", "service_unavailable",
/// "wrong_region", "clock_skew", "bad_answer", "store_failed", and "request_refused" for what only
/// a person can mend and nobody has named.
auto state_of(const seams::failure& why) -> std::string_view;

/// Something odd about a poll that otherwise went well.
struct remark {
  std::string state; ///< "schema_drift", "bad_answer", "clock_skew"
  std::string code;
  std::string text;
};

/// Remembers the last state of each feed, over restarts too.
class monitor {
public:
  explicit monitor(store& where) : store_(where) {}

  /// Reads the last states back; call once before the first report.
  auto recall() -> seams::result<void>;

  /// What to record for `feed` now: nothing if its state and code are what they were, and its text
  /// too for refusals that depend on what is configured and for pauses, which say their end.
  /// Trouble that should pass by itself but has not for a day is told once more, as "stalled".
  auto all_is_well(const std::string& feed, seams::instant at) -> std::vector<health_entry>;
  auto remarked(const std::string& feed, const remark& what, seams::instant at)
      -> std::vector<health_entry>;
  auto went_wrong(const std::string& feed, const seams::failure& why, seams::instant at)
      -> std::vector<health_entry>;
  /// The last entry of `feed` could not be recorded: whatever comes next is a change.
  void forget(const std::string& feed);

private:
  auto change(health_entry next) -> std::vector<health_entry>;

  store& store_;
  std::map<std::string, health_entry> last_;
  std::map<std::string, seams::instant> troubled_since_; ///< feeds that should be read again soon
};

/// A span that is lost for good: always recorded, whatever the state.
auto gap(const std::string& feed, std::string code, std::string text, seams::instant at)
    -> health_entry;

} // namespace core::health
