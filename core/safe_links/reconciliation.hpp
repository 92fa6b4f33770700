#pragma once
// Holds the detail report of clicks, which is late and complete, against the clicks in a store.
#include "core/safe_links/administration.hpp"
#include "core/store/store.hpp"

#include <span>

namespace core::safe_links {

struct reconciliation {
  std::size_t reported = 0;
  std::vector<object> missing; ///< rows of the report that no stored click stands for, oldest first
};

/// A row is stored if a click of the same user on the same address (letter case and wrapping aside)
/// was at the same moment: within two seconds, as the report knows whole seconds only, or within
/// five minutes where the user went on from a page, since nobody says which of the two moments the
/// report shows. Each click stands for one row at most. `records` are those of feed "safe_links".
/// Source: learn.microsoft.com/powershell/module/exchangepowershell/get-safelinksdetailreport;
/// allowed clicks are in the report and not in the audit log (exchange-and-safelinks sheet, 3.4 and
/// 6.1).
auto reconcile(std::vector<object> rows, std::span<const stored_record> records) -> reconciliation;

/// The same for the report of the days that `asked` names ("StartDate", "EndDate"), or of the seven
/// up to yesterday, and for all that is in `records`. Fails as reports and stores do.
auto read_reconciliation(administration& reports, store& records, object asked)
    -> boost::asio::awaitable<seams::result<reconciliation>>;

/// {"all_stored", "reported", "missing": rows}.
auto to_json(const reconciliation& what) -> object;

} // namespace core::safe_links
