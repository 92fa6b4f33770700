#pragma once
// The commands of Cortex XSOAR's "O365 Defender SafeLinks", with their old arguments.
#include "core/safe_links/commands.hpp"
#include "core/seams/result.hpp"

#include <map>

namespace core::safe_links {

/// The same as a request of ours: "policy-create" (with or without the prefix
/// "o365-defender-safelinks-") and its arguments, old names and inverted switches translated, lists
/// with commas or as JSON arrays. Fails with "unknown_command", "unknown_argument" or
/// "bad_argument". Source: demisto/content O365DefenderSafeLinks.yml and .ps1
/// (exchange-and-safelinks sheet, 4).
auto from_xsoar(std::string_view name, const std::map<std::string, std::string>& arguments)
    -> seams::result<request>;

/// A row with the fields that playbooks for XSOAR still read: IsEnabled, DoNotAllowClickThrough and
/// DoNotTrackUserClicks, filled from those that took their place.
auto with_old_fields(object row) -> object;

} // namespace core::safe_links
