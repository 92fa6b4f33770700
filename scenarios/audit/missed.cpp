#include "scenarios/audit/missed.hpp"

#include "core/feeds/times.hpp"
#include "core/seams/letters.hpp"
#include "mock_graph/activity/content_log.hpp"
#include "mock_graph/faults/injector.hpp"
#include "scenarios/run/feed_views.hpp"

#include <algorithm>

namespace scenarios::audit {
namespace {

auto time_text(seams::instant at) -> std::string {
  return seams::to_rfc3339(at);
}

/// When a blob was created: a content id begins with it, "20260310083000" and fractions (Office 365
/// Management Activity API reference, sample of "List available content").
auto created_of(std::string_view blob) -> std::optional<seams::instant> {
  if (blob.size() < 14) {
    return std::nullopt;
  }
  const auto part = [&](std::size_t at, std::size_t length) {
    return std::string(blob.substr(at, length));
  };
  return core::feeds::parse_time(part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" +
                                 part(8, 2) + ":" + part(10, 2) + ":" + part(12, 2));
}

/// "...$audit_general$Audit_General$emea0036": the content type that the blob is of.
auto type_of(std::string_view blob) -> std::string {
  for (const auto& type : mock_graph::activity::content_types()) {
    auto name = type;
    std::ranges::replace(name, '.', '_');
    if (blob.find("$" + name + "$") != std::string_view::npos) {
      return type;
    }
  }
  return {};
}

auto concerns(const mock_graph::journal_entry& request, const mock_graph::ledger_entry& entry)
    -> bool {
  const auto& routes = run::view_of(entry.feed, entry.source).routes;
  return request.status == 200 && std::ranges::any_of(routes, [&](std::string_view route) {
           return !route.empty() && mock_graph::faults::covers(route, request.route);
         });
}

} // namespace

auto missed_reasons::why(const mock_graph::ledger_entry& entry) const -> std::string {
  return entry.blob.empty() ? of_list(entry) : of_blob(entry);
}

auto missed_reasons::of_blob(const mock_graph::ledger_entry& entry) const -> std::string {
  const auto& listed = seen_.listings_of(entry.blob);
  if (!listed.empty()) {
    return "its blob was listed at " + time_text(requests_[listed.front()].at) +
           " and never fetched";
  }
  const auto type = type_of(entry.blob);
  const auto created = created_of(entry.blob);
  const auto found = windows_.find(type);
  if (found == windows_.end() || !created) {
    return "the content of " + type + " was never listed";
  }
  auto last = std::optional<seams::instant>();
  for (const auto& one : found->second.asked) {
    if (one.span.from <= *created && *created < one.span.to) {
      last = std::max(last.value_or(one.at), one.at);
    }
  }
  if (!last) {
    return "no window of " + type + " covers " + time_text(*created);
  }
  return *last < entry.visible_at
             ? "its window was last asked for at " + time_text(*last) + ", before it was listed"
             : "its window was asked for at " + time_text(*last) +
                   ", and no page with it was fetched";
}

auto missed_reasons::of_list(const mock_graph::ledger_entry& entry) const -> std::string {
  auto last = std::optional<seams::instant>();
  auto since = std::size_t{0};
  for (const auto& request : requests_) {
    if (concerns(request, entry)) {
      last = request.at;
      since += request.at >= entry.visible_at ? 1U : 0U;
    }
  }
  if (!last) {
    return "nothing that shows it was ever asked for";
  }
  return since == 0 ? "last asked for at " + time_text(*last) + ", before it was visible"
                    : "asked for " + std::to_string(since) +
                          " times since, and no answer held it: the query or a page leaves it out";
}

} // namespace scenarios::audit
