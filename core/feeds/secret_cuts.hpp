#pragma once
// What an item holds that must not be kept, and the item without it.
#include <string>
#include <string_view>
#include <vector>

namespace core::feeds {

/// What may be kept of an item. Each cut names what was taken out.
struct kept_item {
  std::string raw;
  std::vector<std::string> cuts;
};

/// `item` less its secrets; every other byte stays. The cuts are
/// - "detected_values": what a DLP rule matched, `DetectedValues`, which becomes an empty list
///   (management-activity-api sheet, 7.8);
/// - "credential_values": old and new values of modified properties that describe credentials;
///   they become empty texts (graph-directory-mail-actions sheet, directoryAudits: a `newValue`
///   "of a credential property can be sensitive");
/// - "pc": the authentication token in addresses of the Teams check page
///   ("https://statics.teams.cdn.office.net/.../atp-safelinks.html?...&pc=<token>&..."), plain or
///   percent-encoded (exchange-and-safelinks sheet, 5.4).
///
/// An item that is no JSON ends before the first name of one of the first two.
auto without_secrets(std::string_view item) -> kept_item;

} // namespace core::feeds
