#pragma once
// What one stored record of feed safe_links says about a click.
#include "core/store/store.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace core::clicks {

enum class source { hunting, audit };
enum class action {
  allowed,
  blocked,
  blocked_by_tenant,
  scan_pending, ///< the page that says the link is being scanned
  error_page,
  unknown
};

/// One record: the page that was met, or the user going on from it.
struct reading {
  source from = source::hunting;
  seams::instant at;
  std::string user; ///< as written
  std::string url;  ///< as written, unwrapped
  action met = action::unknown;
  bool went_on = false;
  std::string group;    ///< `ReportId`, shared by the rows of one click; "" = alone
  std::string workload; ///< "email", "teams", "office", or ""
  std::string network_message_id;
  std::string teams_message_id;
  /// The address was rewritten for another tenant, or by somebody who says so: whoever can write
  /// such an address can write any target into it. Hunting rows do not say whose they are.
  bool of_another_tenant = false;
  std::string key; ///< of the record
};

/// Reads a row of UrlClickEvents or a record of type 41, either schema of it (`UrlClickAction`, or
/// `Blocked` and `ClickedThrough`). Nothing for what is neither, or has no time.
auto read_click(const record& of) -> std::optional<reading>;

/// "allowed", "blocked", "blocked_by_tenant", "scan_pending", "error_page", "unknown".
auto name_of(action what) -> std::string_view;

} // namespace core::clicks
