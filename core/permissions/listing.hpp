#pragma once
// A list of permissions as installation guides print it: "API: permission", one a line.
#include "core/permissions/permission_table.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace core::permissions {

struct listing {
  std::vector<std::pair<std::string, owner>> entries; ///< permission, and the API it is filed under
  std::vector<std::string> wrong;                     ///< "line 3: …" for each line of no use
};

/// One permission a line: "Microsoft Graph: AuditLog.Read.All"; an API may
/// have several, with commas between them. Empty lines and lines that begin with '#' do not count.
/// APIs go by the names of the portal and of guides ("Office 365 Exchange Online", "exchange"), in
/// any case. A permission that nobody knows, or whose API nobody knows, is wrong.
auto read_listing(std::string_view text) -> listing;

} // namespace core::permissions
