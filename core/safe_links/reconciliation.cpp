#include "core/safe_links/reconciliation.hpp"

#include "core/clicks/click_book.hpp"
#include "core/feeds/times.hpp"
#include "core/seams/letters.hpp"

#include <algorithm>
#include <map>

namespace core::safe_links {
namespace {

using namespace std::chrono_literals;

constexpr auto same_moment = seams::duration{2s};
constexpr auto page_to_going_on = seams::duration{5min};

auto text_in_row(const object& row, const char* name) -> std::string {
  const auto found = row.find(name);
  return found != row.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// A row of the report as what it is compared by.
struct reported_click {
  object row;
  seams::instant at;
  std::string who_and_where;
  bool went_on = false;
};

auto identity_of(std::string_view user, std::string_view address) -> std::string {
  return seams::lower_case(user) + "\n" + clicks::comparable(address);
}

auto read_rows(std::vector<object> rows) -> std::vector<reported_click> {
  auto out = std::vector<reported_click>();
  for (auto& row : rows) {
    const auto action = text_in_row(row, "Action");
    auto one = reported_click();
    one.at = feeds::parse_time(text_in_row(row, "ClickTime")).value_or(seams::instant());
    one.who_and_where = identity_of(text_in_row(row, "RecipientAddress"), text_in_row(row, "Url"));
    one.went_on = action == "ClickedEvenBlocked" || action == "ClickedDuringScan" ||
                  action == "TenantBlockedAndClickedThrough";
    one.row = std::move(row);
    out.push_back(std::move(one));
  }
  std::ranges::stable_sort(out, {}, &reported_click::at);
  return out;
}

/// Stored clicks that stand for no row yet, by user and address.
using open_clicks = std::map<std::string, std::vector<seams::instant>>;

auto take_nearest(open_clicks& open, const reported_click& wanted) -> bool {
  const auto found = open.find(wanted.who_and_where);
  if (found == open.end() || found->second.empty()) {
    return false;
  }
  auto& moments = found->second;
  const auto away = [&](seams::instant at) {
    return at < wanted.at ? wanted.at - at : at - wanted.at;
  };
  const auto nearest = std::ranges::min_element(moments, {}, away);
  if (away(*nearest) > (wanted.went_on ? page_to_going_on : same_moment)) {
    return false;
  }
  moments.erase(nearest);
  return true;
}

} // namespace

auto reconcile(std::vector<object> rows, std::span<const stored_record> records) -> reconciliation {
  auto open = open_clicks();
  for (const auto& one : clicks::clicks_of(records)) {
    open[identity_of(one.user, one.url)].push_back(one.at);
  }
  auto out = reconciliation();
  out.reported = rows.size();
  for (auto& one : read_rows(std::move(rows))) {
    if (!take_nearest(open, one)) {
      out.missing.push_back(std::move(one.row));
    }
  }
  return out;
}

auto read_reconciliation(administration& reports, store& records, object asked)
    -> boost::asio::awaitable<seams::result<reconciliation>> {
  auto what = request();
  what.what = find_command("report detail");
  what.values = std::move(asked);
  auto report = co_await reports.perform(what, false);
  if (!report) {
    co_return report.error();
  }
  auto kept = std::vector<stored_record>();
  auto query = record_query();
  query.feed = "safe_links";
  const auto read = records.read(query, [&](const stored_record& one) {
    kept.push_back(one);
    return true;
  });
  if (read.has_error()) {
    co_return read.error();
  }
  co_return reconcile(std::move(report->rows), kept);
}

auto to_json(const reconciliation& what) -> object {
  auto out = object::object();
  out["all_stored"] = what.missing.empty();
  out["reported"] = what.reported;
  out["missing"] = what.missing;
  return out;
}

} // namespace core::safe_links
