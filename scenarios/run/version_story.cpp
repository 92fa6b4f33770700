#include "scenarios/run/version_story.hpp"

#include "scenarios/run/feed_views.hpp"

#include <algorithm>

namespace scenarios::run {
namespace {

using mock_graph::gone_reason;
using mock_graph::ledger_entry;

auto full_name(const ledger_entry& entry) -> std::string {
  return entry.feed + " " + entry.key + (entry.version.empty() ? "" : " @ " + entry.version);
}

/// How long the version could be fetched, outages left out. Outages come in order of their start.
auto time_on_offer(const ledger_entry& entry, const reader_terms& terms) -> seams::duration {
  const auto end = *entry.gone_at;
  const auto source = source_of(entry);
  auto offer = seams::duration::zero();
  auto from = entry.visible_at;
  for (const auto& down : terms.outages) {
    if (down.feed == source && down.until > from && down.from < end) {
      offer += std::max(down.from - from, seams::duration::zero());
      from = down.until;
    }
  }
  return offer + std::max(end - from, seams::duration::zero());
}

auto is_declared(const ledger_entry& entry, const reader_terms& terms) -> bool {
  return std::ranges::any_of(terms.declared, [&](const core::health_entry& said) {
    return said.feed == entry.feed && said.state == "gap" && said.at >= entry.visible_at;
  });
}

/// Which requests for the feed were sent after the record became visible, at most the first two.
auto asked_after(const ledger_entry& entry, const std::vector<exchange_note>& exchanges)
    -> std::string {
  auto out = std::string();
  auto shown = 0;
  for (const auto& call : exchanges) {
    const auto concerns = call.url.find(view_of(entry.feed, entry.source).url) != std::string::npos;
    if (concerns && call.sent >= entry.visible_at && shown < 2) {
      ++shown;
      out += "; asked " + seams::to_rfc3339(call.sent) + " " + call.method + " " + call.url +
             " -> " + (call.status == 0 ? call.failure : std::to_string(call.status));
    }
  }
  return out.empty() ? "; never asked afterwards" : out;
}

auto story_of(const ledger_entry& entry, const std::vector<exchange_note>& exchanges)
    -> std::string {
  return full_name(entry) + ": " + entry.story + ", visible " +
         seams::to_rfc3339(entry.visible_at) +
         (entry.gone_at ? ", gone " + seams::to_rfc3339(*entry.gone_at) : "") +
         asked_after(entry, exchanges);
}

} // namespace

auto source_name(std::string_view feed, std::string_view source) -> std::string {
  return std::string(feed) + (source.empty() ? "" : "/" + std::string(source));
}

auto source_of(const ledger_entry& entry) -> std::string {
  return source_name(entry.feed, entry.source);
}

auto is_wanted(const ledger_entry& entry, const reader_terms& terms) -> bool {
  return terms.feeds.contains(source_of(entry)) && !terms.closed_scopes.contains(entry.scope);
}

auto reads_any(const reader_terms& terms, std::string_view feed) -> bool {
  return std::ranges::any_of(views_of(feed), [&](const feed_view* view) {
    return terms.feeds.contains(source_name(view->feed, view->source));
  });
}

auto is_excused(const ledger_entry& entry, const reader_terms& terms) -> bool {
  return entry.gone_at && time_on_offer(entry, terms) < terms.chance;
}

void tell_missing(const ledger_entry& entry,
                  bool other_form_there,
                  const reader_terms& terms,
                  const std::vector<exchange_note>& exchanges,
                  completeness& out) {
  if (is_excused(entry, terms)) {
    ++out.excused;
    if (entry.why_gone == gone_reason::expired && !is_declared(entry, terms)) {
      out.undeclared.push_back(story_of(entry, exchanges));
    }
  } else if (other_form_there) {
    out.altered.push_back(story_of(entry, exchanges));
  } else {
    out.lost.push_back(story_of(entry, exchanges));
  }
}

} // namespace scenarios::run
