#pragma once
// A feed that reads without trouble and finds nothing, for longer than is likely: says why perhaps.
#include "core/health/monitor.hpp"

#include <map>
#include <optional>
#include <set>

namespace core {

/// What no source tells by an error: Safe Links that is off, clicks that are not tracked, auditing
/// that nobody switched on. Small tenants are silent for long with everything in order, so this is
/// a remark, and how long it takes differs by feed.
class emptiness {
public:
  /// `records` outlives this.
  explicit emptiness(store& records) : store_(records) {}

  /// What to say of `feed`, which has just been read to the present. Nothing once it has stored a
  /// record, and for the first day (or week, for feeds that are often silent) of reading.
  auto judge(const std::string& feed, seams::instant now) -> std::optional<health::remark>;

private:
  auto has_records(const std::string& feed) -> bool;
  auto read_since(const std::string& feed, seams::instant now) -> seams::instant;
  auto reason_for(const std::string& feed) -> std::string;

  store& store_;
  std::set<std::string> alive_; ///< feeds with a record
  std::map<std::string, seams::instant> since_;
};

} // namespace core
