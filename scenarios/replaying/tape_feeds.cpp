#include "scenarios/replaying/tape_feeds.hpp"

#include "core/feeds/feed_table.hpp"
#include "core/seams/letters.hpp"

#include <algorithm>

namespace scenarios::replaying {
namespace {

using core::feeds::feed_facts;
using core::feeds::source;
using replay::request_shape;

/// The path behind the first `skipped` segments: "security/alerts_v2".
auto path_behind(const request_shape& asked, std::size_t skipped) -> std::string {
  auto out = std::string();
  for (auto i = skipped; i < asked.path.size(); ++i) {
    out += (out.empty() ? "" : "/") + asked.path[i];
  }
  return out;
}

auto value_of(const std::vector<replay::request_field>& fields, std::string_view name)
    -> std::string {
  const auto found = std::ranges::find_if(fields, [&](const replay::request_field& one) {
    return seams::equal_ignoring_case(one.name, name);
  });
  return found == fields.end() ? "" : found->value;
}

/// The first word of a hunting query, or "".
auto hunted_table(const request_shape& asked) -> std::string {
  if (path_behind(asked, 1) != "security/runhuntingquery") {
    return {};
  }
  const auto query = value_of(asked.body, "Query");
  return query.substr(0, query.find_first_of(" |\r\n\t"));
}

/// Whether `list` ("EmailEvents, EmailUrlInfo") holds the word.
auto lists_word(std::string_view list, std::string_view word) -> bool {
  while (!list.empty() && !word.empty()) {
    const auto end = std::min(list.find(", "), list.size());
    if (seams::equal_ignoring_case(list.substr(0, end), word)) {
      return true;
    }
    list.remove_prefix(std::min(end + 2, list.size()));
  }
  return false;
}

auto is_for_defender_for_cloud(const request_shape& asked) -> bool {
  return value_of(asked.query, "$filter").find("microsoftDefenderForCloud") != std::string::npos;
}

auto is_collection(const feed_facts& feed, const request_shape& asked) -> bool {
  return path_behind(asked, 1) == seams::lower_case(feed.resource) &&
         is_for_defender_for_cloud(asked) == (feed.name == "defender_for_cloud");
}

/// The parents' list of ids, or what belongs to one of them.
auto is_snapshot(const feed_facts& feed, const request_shape& asked) -> bool {
  const auto child = std::string_view(feed.name == "group_members" ? "members" : "mailboxsettings");
  const auto is_child =
      asked.path.size() == 4 && asked.path[1] == feed.resource && asked.path[3] == child;
  return is_child ||
         (path_behind(asked, 1) == feed.resource && value_of(asked.query, "$select") == "id");
}

/// The cmdlet that is run, or "".
auto cmdlet_of(const request_shape& asked) -> std::string {
  const auto runs_one =
      asked.path.size() == 4 && asked.path[0] == "adminapi" && asked.path[3] == "invokecommand";
  return runs_one ? seams::lower_case(value_of(asked.body, "CmdletInput.CmdletName")) : "";
}

constexpr auto trace_cmdlet = std::string_view("get-messagetracev2");

auto is_message_trace(const feed_facts& feed, const request_shape& asked) -> bool {
  return cmdlet_of(asked) == trace_cmdlet ||
         path_behind(asked, 1) == seams::lower_case(feed.resource) ||
         path_behind(asked, 0) == "ecp/reportingwebservice/reporting.svc/messagetrace";
}

auto is_azure_activity(const feed_facts& feed, const request_shape& asked) -> bool {
  return !subscription_of(asked).empty() &&
         path_behind(asked, 2) == seams::lower_case(feed.resource);
}

auto is_cloud_apps(const request_shape& asked) -> bool {
  const auto list = path_behind(asked, 0);
  return asked.host.find("cloudappsecurity") != std::string::npos &&
         (list == "api/v1/alerts" || list == "api/v1/activities");
}

auto belongs(const feed_facts& feed, const request_shape& asked) -> bool {
  switch (feed.from) {
  case source::graph_collection:
    return is_collection(feed, asked);
  case source::graph_delta:
    return path_behind(asked, 1) == std::string(feed.resource) + "/delta";
  case source::graph_snapshot:
    return is_snapshot(feed, asked);
  case source::hunting:
  case source::safe_links:
    return lists_word(feed.resource, hunted_table(asked));
  case source::activity:
    return content_type_of(asked) == seams::lower_case(feed.resource);
  case source::message_trace:
    return is_message_trace(feed, asked);
  case source::exchange_cmdlets:
    return asked.path.size() == 4 && asked.path[0] == "adminapi" &&
           asked.path[3] == seams::lower_case(feed.resource) && cmdlet_of(asked) != trace_cmdlet;
  case source::cloud_apps:
    return is_cloud_apps(asked);
  case source::azure_activity:
    return is_azure_activity(feed, asked);
  }
  return false;
}

} // namespace

auto feed_of(const request_shape& asked) -> std::string_view {
  const auto table = core::feeds::feed_table();
  const auto found =
      std::ranges::find_if(table, [&](const feed_facts& one) { return belongs(one, asked); });
  return found == table.end() ? std::string_view() : found->name;
}

auto is_listing(const request_shape& asked) -> bool {
  const auto last = asked.path.empty() ? std::string() : asked.path.back();
  return asked.onward.empty() && last != "members" && last != "mailboxsettings" &&
         last != "start" && last != "stop";
}

auto subscription_of(const request_shape& asked) -> std::string {
  const auto there = asked.path.size() > 2 && asked.path[0] == "subscriptions";
  return there ? asked.path[1] : std::string();
}

auto content_type_of(const request_shape& asked) -> std::string {
  const auto there = std::ranges::find(asked.path, "subscriptions") != asked.path.end();
  return there ? seams::lower_case(value_of(asked.query, "contenttype")) : std::string();
}

} // namespace scenarios::replaying
