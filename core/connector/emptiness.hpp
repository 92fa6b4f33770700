#pragma once
// A feed that reads without trouble and finds nothing, for longer than is likely: says why perhaps.
#include "core/connector/watched_store.hpp"
#include "core/health/monitor.hpp"

#include <map>
#include <optional>
#include <set>

namespace core {

/// What no source tells by an error: Safe Links that is off, clicks that are not tracked, auditing
/// that nobody switched on, a list that was retired and answers 200 with nothing for ever. Small
/// tenants are silent for long with everything in order, so this is a remark, and how long it takes
/// differs by feed.
class emptiness {
public:
  /// `records` outlives this.
  explicit emptiness(watched_store& records) : store_(records) {}

  /// What to say of `feed`, which has just been read to the present. A feed that never stored a
  /// record is given a day (or a week, if such feeds are often silent). One that did is given a
  /// day, and a hundred times the span that usually lies between two of its records.
  auto judge(const std::string& feed, seams::instant now) -> std::optional<health::remark>;

private:
  /// How far apart the events of a feed are on average; zero where that cannot be told.
  struct rhythm {
    seams::instant quiet_since;
    seams::duration usual{};
  };

  auto has_records(const std::string& feed) -> bool;
  auto read_since(const std::string& feed, seams::instant now) -> seams::instant;
  auto reason_for(const std::string& feed) -> std::string;
  auto silence(const std::string& feed, seams::instant now) -> std::optional<health::remark>;

  watched_store& store_;
  std::set<std::string> alive_; ///< feeds with a record
  std::map<std::string, seams::instant> since_;
  std::map<std::string, seams::instant> met_; ///< when each feed was first looked at
  std::map<std::string, rhythm> rhythms_;     ///< of feeds that are silent now
};

} // namespace core
