#include "scenarios/audit/record_fates.hpp"

#include "scenarios/audit/missed.hpp"
#include "scenarios/run/completeness.hpp"
#include "scenarios/run/feed_views.hpp"
#include "scenarios/run/identity.hpp"
#include "scenarios/run/permits.hpp"
#include "scenarios/run/version_story.hpp"

#include <algorithm>

namespace scenarios::audit {
namespace {

using mock_graph::fingerprint;
using mock_graph::gone_reason;
using mock_graph::ledger_entry;

/// The entries of one name, in order of visibility: states of a thing, or one record that was
/// delivered again, perhaps in other words.
using name_group = std::vector<ledger_entry>;

auto is_open(const model::scenario& what, const run::feed_view& view, seams::instant until)
    -> bool {
  auto moments = run::permit_changes(what);
  moments.push_back(what.standing.start);
  return std::ranges::any_of(
      moments, [&](seams::instant at) { return at <= until && run::is_permitted(what, view, at); });
}

auto terms_of(const model::scenario& what, seams::instant until, std::set<std::string>& closed)
    -> run::reader_terms {
  auto out = run::reader_terms();
  for (const auto& feed : what.feeds) {
    for (const auto* view : run::views_of(feed.name)) {
      auto name = run::source_name(view->feed, view->source);
      (is_open(what, *view, until) ? out.feeds : closed).insert(std::move(name));
    }
  }
  out.closed_scopes = run::closed_subscriptions(what);
  return out;
}

auto groups_in(const mock_graph::ledger& book, const run::reader_terms& terms, seams::instant until)
    -> std::vector<name_group> {
  auto out = std::vector<name_group>();
  auto places = std::map<fingerprint, std::size_t>();
  const auto wants = [&](std::string_view feed) { return run::reads_any(terms, feed); };
  book.visit(wants, [&](const ledger_entry& entry) {
    if (entry.visible_at > until || !run::is_wanted(entry, terms)) {
      return;
    }
    const auto name = run::name_print({entry.feed, entry.key, entry.version});
    const auto [at, fresh] = places.emplace(name, out.size());
    if (fresh) {
      out.emplace_back();
    }
    out[at->second].push_back(entry);
  });
  for (auto& group : out) {
    std::ranges::stable_sort(group, {}, &ledger_entry::visible_at);
  }
  return out;
}

/// Every answer that carried the version, or the thing without a version while this was the one;
/// each once, oldest first.
auto answers_of(const ledger_entry& entry,
                const watched_tenant& seen,
                const mock_graph::journal& requests) -> std::vector<sighting> {
  auto out = seen.sightings_of(run::name_print({entry.feed, entry.key, entry.version}));
  if (!entry.version.empty()) {
    const auto gone_at = entry.gone_at.value_or(seams::instant::max());
    for (const auto& one : seen.sightings_of(run::name_print({entry.feed, entry.key, ""}))) {
      const auto at = requests[one.answer].at;
      if (entry.visible_at <= at && at < gone_at) {
        out.push_back(one);
      }
    }
  }
  std::ranges::sort(out, {}, &sighting::answer);
  const auto again = std::ranges::unique(out, {}, &sighting::answer);
  out.erase(again.begin(), again.end());
  return out;
}

auto is_form_of(const ledger_entry& entry, const sighting& seen) -> bool {
  return entry.bytes && mock_graph::fingerprint_of(*entry.bytes) == seen.bytes;
}

/// Which entry of a group an answer showed: where a thing has states, the one of that moment, else
/// the one of those bytes, and if a client selected other members, again the one of that moment.
auto shown_by(const name_group& group, const sighting& seen, seams::instant at) -> std::size_t {
  if (!run::view_of(group.front().feed).state) {
    const auto same = std::ranges::find_if(
        group, [&](const ledger_entry& entry) { return is_form_of(entry, seen); });
    if (same != group.end()) {
      return static_cast<std::size_t>(same - group.begin());
    }
  }
  const auto later = std::ranges::upper_bound(group, at, {}, &ledger_entry::visible_at);
  return later == group.begin() ? 0 : static_cast<std::size_t>(later - group.begin()) - 1;
}

auto repeats(const ledger_entry& later, const ledger_entry& earlier) -> bool {
  return earlier.bytes && (later.bytes == earlier.bytes || later.respells == earlier.bytes);
}

/// Entries that repeat an earlier one, perhaps in another spelling, in a feed without states are
/// one record, delivered again; places of those that stand for a record, by place of every entry.
auto first_of_same(const name_group& group) -> std::vector<std::size_t> {
  auto out = std::vector<std::size_t>();
  for (auto i = std::size_t{0}; i < group.size(); ++i) {
    auto first = i;
    for (auto j = std::size_t{0}; j < i && first == i; ++j) {
      const auto same = !run::view_of(group[i].feed).state && repeats(group[i], group[j]);
      first = same ? j : i;
    }
    out.push_back(first);
  }
  return out;
}

/// Nobody could have fetched it, or it was replaced or gone before anybody did.
auto has_passed(const ledger_entry& entry, seams::instant until) -> bool {
  if (!entry.gone_at || *entry.gone_at > until) {
    return false;
  }
  return entry.why_gone == gone_reason::superseded || *entry.gone_at <= entry.visible_at;
}

auto record_of(const ledger_entry& entry) -> audited_record {
  auto out = audited_record();
  out.feed = run::source_of(entry);
  out.key = entry.key;
  out.version = entry.version;
  out.story = entry.story;
  out.visible_at = entry.visible_at;
  return out;
}

void count(const audited_record& one, source_count& in) {
  switch (one.how) {
  case fetching::never:
    ++in.never;
    break;
  case fetching::once:
    ++in.once;
    break;
  case fetching::repeatedly:
    ++in.repeatedly;
    break;
  }
}

void judge_group(const name_group& group,
                 const watched_tenant& seen,
                 const missed_reasons& reasons,
                 connector_audit& out) {
  const auto first = first_of_same(group);
  auto records = std::vector<audited_record>();
  for (auto i = std::size_t{0}; i < group.size(); ++i) {
    records.push_back(record_of(group[i]));
    records[first[i]].delivered += first[i] == i ? 0U : 1U;
  }
  for (const auto& one : answers_of(group.front(), seen, out.journal)) {
    const auto at = out.journal[one.answer].at;
    records[first[shown_by(group, one, at)]].answers.push_back(one.answer);
  }
  for (auto i = std::size_t{0}; i < group.size(); ++i) {
    if (first[i] != i) {
      continue;
    }
    auto& one = records[i];
    auto& counted = out.sources[one.feed];
    ++counted.visible;
    if (one.answers.empty() && has_passed(group[i], out.until)) {
      ++counted.passed;
      continue;
    }
    one.how = one.answers.empty()                   ? fetching::never
              : one.answers.size() <= one.delivered ? fetching::once
                                                    : fetching::repeatedly;
    one.why = one.answers.empty() ? reasons.why(group[i]) : std::string();
    count(one, counted);
    out.records.push_back(std::move(one));
  }
}

/// A second source that adds records of its own is nobody's duty: one of which nothing was fetched
/// is left out.
void leave_out_unread(connector_audit& out) {
  for (const auto& [source, counted] : out.sources) {
    const auto read = counted.once + counted.repeatedly > 0;
    if (!read && source.find('/') != std::string::npos) {
      out.not_read.insert(source);
    }
  }
  for (const auto& source : out.not_read) {
    out.sources.erase(source);
  }
  std::erase_if(out.records,
                [&](const audited_record& one) { return out.not_read.contains(one.feed); });
}

} // namespace

void judge_records(const model::scenario& what,
                   const mock_graph::server::mock_tenant& tenant,
                   const watched_tenant& seen,
                   connector_audit& out) {
  const auto terms = terms_of(what, out.until, out.closed);
  for (const auto& source : terms.feeds) {
    out.sources[source] = {};
  }
  const auto reasons = missed_reasons(out.journal, out.windows, seen);
  for (const auto& group : groups_in(tenant.book(), terms, out.until)) {
    judge_group(group, seen, reasons, out);
  }
  std::ranges::stable_sort(out.records, {}, &audited_record::visible_at);
  leave_out_unread(out);
}

} // namespace scenarios::audit
