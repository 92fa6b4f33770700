#pragma once
// How the harness itself recognises a stored record: from its bytes, not from the key that the
// connector gave it.
#include "core/store/store.hpp"

#include <string>

namespace scenarios::run {

/// The ledger's name of a record: feed, key and version.
struct identity {
  std::string feed;
  std::string key;
  std::string version;
  auto operator<=>(const identity&) const = default;
};

/// Reads `raw` by the rules of the feed's source:
/// alerts, incidents: `id` and `lastUpdateDateTime`;
/// safe_links: `ReportId`, `IsClickedThrough` (bool or SByte), `ActionType`, `Timestamp`;
/// audit feeds and dlp: `Id`, or the digest of the bytes where there is none.
/// A record that cannot be read this way keeps its digest as key, so it shows up as unknown.
auto identify(std::string_view feed, const std::string& raw) -> identity;

} // namespace scenarios::run
