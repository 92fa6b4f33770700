#pragma once
// What people should change, in which portal, for each way in which a feed can fail.
#include <string>
#include <string_view>

namespace core::health {

/// What a remedy may need to know of the feed.
struct feed_needs {
  std::string permissions; ///< "SecurityAlert.Read.All", joined by "and"
  std::string api;         ///< what the portal calls it: "Microsoft Graph"
  std::string also;        ///< licence or directory role, or ""
};

/// One or two sentences for a state and its code; "" where nothing is to be done. Portals and their
/// pages are those of learn.microsoft.com/entra/identity-platform/reference-error-codes and of the
/// pages on permissions of each API.
auto remedy(std::string_view state, std::string_view code, const feed_needs& of) -> std::string;

} // namespace core::health
