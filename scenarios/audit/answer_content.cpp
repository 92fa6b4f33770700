#include "scenarios/audit/answer_content.hpp"

#include "core/feeds/feed_table.hpp"
#include "core/json/check.hpp"
#include "core/json/slice.hpp"
#include "mock_graph/faults/injector.hpp"
#include "mock_graph/ledger/secret_cuts.hpp"
#include "mock_graph/odata/target.hpp"
#include "scenarios/audit/atom_rows.hpp"
#include "scenarios/run/feed_views.hpp"
#include "scenarios/run/identity.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace scenarios::audit {
namespace {

namespace slices = core::json;
using run::identity;

/// Lists that show what a feed's delta query shows as well.
constexpr auto plain_lists = std::to_array<std::pair<std::string_view, std::string_view>>(
    {{"graph.users", "users"}, {"graph.groups", "groups"}, {"graph.devices", "devices"}});

auto rests_on_route(const run::feed_view& view, std::string_view route) -> bool {
  return !view.by_key && std::ranges::any_of(view.routes, [&](std::string_view one) {
    return !one.empty() && mock_graph::faults::covers(one, route);
  });
}

/// The feeds whose records an answer on that route may hold.
auto feeds_on(std::string_view route) -> std::vector<std::string_view> {
  auto out = std::vector<std::string_view>();
  for (const auto& facts : core::feeds::feed_table()) {
    const auto views = run::views_of(facts.name);
    if (std::ranges::any_of(views, [&](const auto* one) { return rests_on_route(*one, route); })) {
      out.push_back(facts.name);
    }
  }
  for (const auto& [list, feed] : plain_lists) {
    if (list == route) {
      out.push_back(feed);
    }
  }
  return out;
}

auto print_of(const identity& who, const std::string& raw) -> carried_record {
  return {run::name_print(who),
          mock_graph::fingerprint_of(seams::sha256(mock_graph::without_secrets(raw)))};
}

void read_item(std::string_view item,
               const std::vector<std::string_view>& feeds,
               answer_content& out) {
  const auto raw = std::string(item);
  const auto record = nlohmann::json::parse(raw, nullptr, false);
  for (const auto feed : feeds) {
    out.records.push_back(print_of(run::identify(feed, raw, record), raw));
  }
}

/// The items of a list, wherever the API puts them; a single object is an item itself.
template <class Sink> void each_item(std::string_view body, Sink sink) {
  if (slices::kind_of(body) == slices::kind::array) {
    slices::for_each_element(body, sink);
    return;
  }
  for (const auto* path : {"value", "results", "d.results", "d", "data"}) {
    const auto list = slices::find(body, path);
    if (list && slices::kind_of(*list) == slices::kind::array) {
      slices::for_each_element(*list, sink);
      return;
    }
  }
  sink(body);
}

/// Alerts within incidents (`$expand=alerts`) have been read as well.
void read_expanded(std::string_view incident, answer_content& out) {
  if (const auto alerts = slices::member(incident, "alerts")) {
    const auto feeds = feeds_on("graph.alerts");
    slices::for_each_element(*alerts,
                             [&](std::string_view alert) { read_item(alert, feeds, out); });
  }
}

/// Where nothing in the bytes names the thing, the URL does: ".../groups/{id}/members",
/// ".../users/{id}/mailboxSettings". The key of a member is the group's and the member's id.
void read_by_url(std::string_view route,
                 const std::string& url,
                 std::string_view item,
                 answer_content& out) {
  const auto target = mock_graph::odata::read_target(url);
  if (!target || target->path.size() < 4) {
    return;
  }
  const auto& owner = target->path[2].name;
  const auto raw = std::string(item);
  if (route == "graph.mailbox_settings") {
    out.records.push_back(print_of({"mailbox_settings", owner, ""}, raw));
  } else if (const auto id = slices::member(item, "id")) {
    const auto key = owner + "/" + slices::as_string(*id).value_or("");
    out.records.push_back(print_of({"group_members", key, ""}, raw));
  }
}

auto text_at(std::string_view body, std::string_view name) -> std::string {
  const auto found = slices::member(body, name);
  return found ? slices::as_string(*found).value_or("") : std::string();
}

auto next_link(std::string_view body, const seams::headers& fields) -> std::string {
  if (const auto link = fields.find("NextPageUri")) {
    return std::string(*link);
  }
  if (slices::kind_of(body) != slices::kind::object) {
    return {};
  }
  for (const auto* name : {"@odata.nextLink", "nextLink", "odata.nextLink"}) {
    if (auto link = text_at(body, name); !link.empty()) {
      return link;
    }
  }
  const auto verbose = slices::member(body, "d");
  return verbose && slices::kind_of(*verbose) == slices::kind::object ? text_at(*verbose, "__next")
                                                                      : std::string();
}

} // namespace

auto content_of(std::string_view route, const std::string& url, const seams::response& answer)
    -> answer_content {
  auto out = answer_content();
  if (answer.status != 200 || route.starts_with("login.")) {
    return out;
  }
  const auto feeds = feeds_on(route);
  if (const auto rows = atom_rows(answer.body)) {
    for (const auto& row : rows->rows) {
      read_item(row, feeds, out);
    }
    out.next = rows->next;
    return out;
  }
  if (!slices::check(answer.body)) {
    return out;
  }
  const auto body = slices::body(answer.body);
  out.next = next_link(body, answer.fields);
  if (route == "activity.content") {
    each_item(body, [&](std::string_view one) { out.blobs.push_back(text_at(one, "contentId")); });
  } else if (route == "graph.group_members" || route == "graph.mailbox_settings") {
    each_item(body, [&](std::string_view one) { read_by_url(route, url, one, out); });
  } else if (!feeds.empty()) {
    each_item(body, [&](std::string_view one) {
      read_item(one, feeds, out);
      if (route == "graph.incidents") {
        read_expanded(one, out);
      }
    });
  }
  return out;
}

} // namespace scenarios::audit
