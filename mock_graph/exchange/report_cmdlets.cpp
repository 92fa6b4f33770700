#include "mock_graph/exchange/cmdlets.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace mock_graph::exchange {
namespace {

using nlohmann::ordered_json;
using std::chrono::days;

constexpr auto detail_reach = days{7};
constexpr auto aggregate_reach = days{90};
constexpr auto usual_page_size = std::int64_t{1000};
constexpr auto pages_max = std::int64_t{1000};
constexpr auto page_size_max = std::int64_t{5000};

constexpr auto click_actions = std::to_array<std::string_view>({"Allowed",
                                                                "Blocked",
                                                                "ClickedDuringScan",
                                                                "ClickedEvenBlocked",
                                                                "Scanning",
                                                                "TenantAllowed",
                                                                "TenantBlocked",
                                                                "TenantBlockedAndClickedThrough"});
constexpr auto app_names = std::to_array<std::string_view>({"Email Client", "OfficeDocs", "Teams"});
constexpr auto summaries = std::to_array<std::string_view>({"Action", "App"});

/// Whole days, of which yesterday is the newest.
struct window {
  seams::instant from;
  seams::instant to;
};

/// Nothing where the dates are missing: the service gives an "unspecified error" then.
auto window_of(const workplace& place, const arguments& given, days reach)
    -> std::optional<window> {
  const auto first = given.day("StartDate");
  const auto last = given.day("EndDate");
  if (!first || !last) {
    return std::nullopt;
  }
  const auto today = seams::instant(std::chrono::floor<days>(place.now));
  return window{std::max(*first, today - reach), std::min(*last + days{1}, today)};
}

auto dates_missing() -> cmdlet_outcome {
  return refusal("System.Exception", "An unspecified error has occurred.");
}

auto is_among(const std::vector<std::string>& wanted, std::string_view word) -> bool {
  return wanted.empty() || std::ranges::find(wanted, word) != wanted.end();
}

auto host_of(std::string_view url) -> std::string {
  const auto scheme = url.find("://");
  const auto rest = scheme == std::string_view::npos ? url : url.substr(scheme + 3);
  return std::string(rest.substr(0, rest.find_first_of("/?#:")));
}

auto without_zone(seams::instant at) -> std::string {
  auto text = seams::to_rfc3339(std::chrono::floor<std::chrono::seconds>(at));
  text.pop_back();
  return text;
}

auto source_of(const tenant::click_fact& click) -> std::string {
  return click.in_mail != nullptr    ? click.in_mail->network_message_id
         : click.in_teams != nullptr ? click.in_teams->message_id
                                     : std::string();
}

/// Fields and values that never change as a live reply had them (demisto/content README of the
/// Safe Links integration; exchange-and-safelinks sheet, 3.4).
auto detail_row(const tenant::standing& state,
                const tenant::click_fact& click,
                const reported_click& as) -> ordered_json {
  const auto* mail = click.in_mail;
  auto row = ordered_json();
  row["ClickTime"] = without_zone(click.at);
  row["InternalMessageId"] = mail != nullptr ? mail->network_message_id : "";
  row["ClientMessageId"] = mail != nullptr ? mail->internet_message_id : "";
  row["SenderAddress"] = mail != nullptr             ? mail->what.from
                         : click.in_teams != nullptr ? click.in_teams->what.from
                                                     : "";
  row["RecipientAddress"] = click.who.upn;
  row["Url"] = click.what.url;
  row["UrlDomain"] = host_of(click.what.url);
  row["Action"] = as.action;
  row["AppName"] = as.app;
  row["SourceId"] = source_of(click);
  row["Organization"] = initial_domain(state);
  row["DetectedBy"] = "ATP safe links";
  row["UrlType"] = "";
  row["Flags@data.type"] = "System.Int32";
  row["Flags"] = as.flags;
  row["StartDate"] = "0001-01-01T00:00:00";
  row["EndDate"] = "0001-01-01T00:00:00";
  return row;
}

auto show_details(workplace& place, const arguments& given) -> cmdlet_outcome {
  const auto when = window_of(place, given, detail_reach);
  if (!when) {
    return dates_missing();
  }
  const auto actions = given.list("Action");
  const auto apps = given.list("AppNameList");
  const auto domains = given.list("Domain");
  const auto recipients = given.list("RecipientAddress");
  auto found = std::vector<std::pair<seams::instant, ordered_json>>();
  place.clicks.visit(when->from, when->to, [&](const auto& click, const reported_click& as) {
    if (is_among(actions, as.action) && is_among(apps, as.app) &&
        is_among(domains, host_of(click.what.url)) && is_among(recipients, click.who.upn)) {
      found.emplace_back(click.at, detail_row(place.book.state(), click, as));
    }
  });
  std::ranges::stable_sort(found, {}, [](const auto& one) { return one.first; });
  const auto size = given.number("PageSize").value_or(usual_page_size);
  const auto page = given.number("Page").value_or(1);
  auto out = cmdlet_outcome();
  for (auto i = (page - 1) * size; i < page * size && std::cmp_less(i, found.size()); ++i) {
    out.rows.push_back(std::move(found[static_cast<std::size_t>(i)].second));
  }
  return out;
}

struct tally {
  std::set<std::string> messages;
  std::set<std::string> recipients;
};

/// One row for each action and app, zeros included; summed up by one of them, the other is empty
/// (how the service combines them is not verified).
auto show_sums(workplace& place, const arguments& given) -> cmdlet_outcome {
  const auto when = window_of(place, given, aggregate_reach);
  if (!when) {
    return dates_missing();
  }
  const auto actions = given.list("Action");
  const auto apps = given.list("AppNameList");
  const auto summed = given.text("SummarizeBy").value_or("");
  const auto key_of = [&](std::string_view action, std::string_view app) {
    return std::pair(std::string(summed == "App" ? "" : action),
                     std::string(summed == "Action" ? "" : app));
  };
  auto sums = std::map<std::pair<std::string, std::string>, tally>();
  for (const auto action : click_actions) {
    for (const auto app : app_names) {
      if (is_among(actions, action) && is_among(apps, app)) {
        sums[key_of(action, app)];
      }
    }
  }
  place.clicks.visit(when->from, when->to, [&](const auto& click, const reported_click& as) {
    if (is_among(actions, as.action) && is_among(apps, as.app)) {
      auto& sum = sums[key_of(as.action, as.app)];
      sum.messages.insert(source_of(click));
      sum.recipients.insert(click.who.upn);
    }
  });
  auto out = cmdlet_outcome();
  for (const auto& [key, sum] : sums) {
    out.rows.push_back({{"Action", key.first},
                        {"App", key.second},
                        {"MessageCount@data.type", "System.Int32"},
                        {"MessageCount", sum.messages.size()},
                        {"RecipientCount@data.type", "System.Int32"},
                        {"RecipientCount", sum.recipients.size()}});
  }
  return out;
}

constexpr auto action_parameter =
    parameter{"Action", value_kind::words, false, click_actions, "SafeLinksAction", true};
constexpr auto apps_parameter =
    parameter{"AppNameList", value_kind::words, false, app_names, "SafeLinksAppName", true};
constexpr auto detail_parameters = std::to_array<parameter>({
    action_parameter,
    apps_parameter,
    {"Domain", value_kind::list},
    {"RecipientAddress", value_kind::list},
    {"StartDate", value_kind::moment},
    {"EndDate", value_kind::moment},
    {.name = "Page", .kind = value_kind::number, .least = 1, .most = pages_max},
    {.name = "PageSize", .kind = value_kind::number, .least = 1, .most = page_size_max},
});
constexpr auto aggregate_parameters = std::to_array<parameter>({
    action_parameter,
    apps_parameter,
    {"StartDate", value_kind::moment},
    {"EndDate", value_kind::moment},
    {"SummarizeBy", value_kind::words, false, summaries, "SummarizeBy", true},
});

constexpr auto report_table = std::to_array<cmdlet>({
    {"Get-SafeLinksDetailReport", access::reads, detail_parameters, show_details},
    {"Get-SafeLinksAggregateReport", access::reads, aggregate_parameters, show_sums},
});

} // namespace

auto report_cmdlets() -> std::span<const cmdlet> {
  return report_table;
}

} // namespace mock_graph::exchange
