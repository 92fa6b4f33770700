#pragma once
// What is new about an alert of Graph: sources and kinds of evidence that no document lists.
#include <set>
#include <string>
#include <string_view>

namespace core::feeds {

/// Adds to `into`, in words, what is unusual about an item of alerts_v2: "serviceSource is spelled
/// x", "evidence is spelled x". Enumerations of Graph evolve, so such alerts are kept like any
/// other.
/// Source: graph.microsoft.com/v1.0/$metadata, microsoft.graph.security (serviceSource,
/// detectionSource, types derived from alertEvidence), August 2026.
void note_alert_novelties(std::string_view alert, std::set<std::string>& into);

} // namespace core::feeds
