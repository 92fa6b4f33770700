#pragma once
// Addresses that Safe Links wrote, taken apart without asking anybody.
#include "core/seams/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace core::clicks {

/// What a rewritten address says of itself. All but `target` may be missing: Microsoft documents
/// none of it. The signature cannot be checked, so a well-formed link proves nothing: whoever uses
/// `tenant_id` compares it with the tenant's own.
struct safe_link {
  std::string target;             ///< decoded once; may be a wrapped address again
  std::string recipient;          ///< may be empty
  std::string network_message_id; ///< 32 hexadecimal digits, lower case
  std::string tenant_id;          ///< 32 hexadecimal digits, lower case
  std::optional<seams::instant> rewritten_at;
  bool from_teams = false; ///< the check page that Teams opens; it carries no `data`
};

/// Reads `https://<region>.safelinks.protection.outlook.com/?url=…&data=…` of any region and of the
/// government clouds, `outlook.office.com/mail/safelink.html?…`, and the Teams check page; `&amp;`
/// and quoted-printable (`=3D`, soft line breaks) are undone first. Nothing for any other address,
/// or one without `url`. Source: public links (exchange-and-safelinks sheet, 5.1 to 5.5).
auto read_safe_link(std::string_view address) -> std::optional<safe_link>;

/// The address behind any number of wrappings, at most eight.
auto unwrapped(std::string_view address) -> std::string;

/// For comparing: unwrapped, scheme and host in lower case, no fragment, no "/" as the whole path.
auto comparable(std::string_view address) -> std::string;

} // namespace core::clicks
