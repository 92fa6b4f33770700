#include "scenarios/run/completeness.hpp"

#include "scenarios/run/feed_views.hpp"

#include <algorithm>
#include <map>
#include <span>

namespace scenarios::run {
namespace {

using feed_filter = std::function<bool(std::string_view)>;
using mock_graph::fingerprint;
using mock_graph::gone_reason;
using mock_graph::ledger_entry;

auto name_of(const ledger_entry& entry) -> std::string {
  return entry.feed + " " + entry.key + (entry.version.empty() ? "" : " @ " + entry.version);
}

/// How long the version could be fetched, outages left out. Outages come in order of their start.
auto time_on_offer(const ledger_entry& entry, const reader_terms& terms) -> seams::duration {
  const auto end = *entry.gone_at;
  auto offer = seams::duration::zero();
  auto from = entry.visible_at;
  for (const auto& down : terms.outages) {
    if (down.feed == entry.feed && down.until > from && down.from < end) {
      offer += std::max(down.from - from, seams::duration::zero());
      from = down.until;
    }
  }
  return offer + std::max(end - from, seams::duration::zero());
}

auto is_excused(const ledger_entry& entry, const reader_terms& terms) -> bool {
  return entry.gone_at && time_on_offer(entry, terms) < terms.chance;
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
    const auto concerns = call.url.find(view_of(entry.feed).url) != std::string::npos;
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
  return name_of(entry) + ": " + entry.story + ", visible " + seams::to_rfc3339(entry.visible_at) +
         (entry.gone_at ? ", gone " + seams::to_rfc3339(*entry.gone_at) : "") +
         asked_after(entry, exchanges);
}

/// A version of the ledger, or a stored copy: whose it is, which bytes, and which one in the order
/// of visiting.
struct mark {
  fingerprint who;
  fingerprint form;
  std::uint32_t place = 0;
  bool has_form = true;
  auto operator<=>(const mark&) const = default;
};

/// What is wrong with a stored record.
enum class fault { doubled, altered, stored_twice, invented };

/// What was found wrong, by place, to be told in words afterwards.
struct findings {
  std::map<std::uint32_t, bool> missing; ///< version; whether other bytes are there
  std::multimap<std::uint32_t, std::pair<fault, std::size_t>> faulty; ///< copy; how often stored
};

auto name_print(std::string_view feed, std::string_view key, std::string_view version)
    -> fingerprint {
  auto name = std::string(feed);
  ((name += '\n') += key) += '\n';
  return mock_graph::fingerprint_of(seams::sha256(name += version));
}

auto marks_of(const stored_records& stored) -> std::vector<mark> {
  auto out = std::vector<mark>();
  stored({}, [&](const core::stored_record& record) {
    const auto name = identify(record.what.feed, record.what.raw);
    out.push_back({name_print(name.feed, name.key, name.version),
                   mock_graph::fingerprint_of(seams::sha256(record.what.raw)),
                   static_cast<std::uint32_t>(out.size())});
  });
  std::ranges::sort(out);
  return out;
}

/// One per feed, key, version and bytes: a redelivery is the same version once more.
auto marks_of(const mock_graph::ledger& book, const feed_filter& wants) -> std::vector<mark> {
  auto out = std::vector<mark>();
  book.visit(wants, [&](const ledger_entry& entry) {
    const auto form = entry.bytes ? mock_graph::fingerprint_of(*entry.bytes) : fingerprint();
    out.push_back({name_print(entry.feed, entry.key, entry.version),
                   form,
                   static_cast<std::uint32_t>(out.size()),
                   entry.bytes.has_value()});
  });
  std::ranges::sort(out);
  const auto same = [](const mark& left, const mark& right) {
    return left.who == right.who && left.form == right.form && left.has_form == right.has_form;
  };
  const auto again = std::ranges::unique(out, same);
  out.erase(again.begin(), again.end());
  return out;
}

auto has_form(std::span<const mark> marks, const fingerprint& form) -> bool {
  return std::ranges::any_of(marks,
                             [&](const mark& one) { return one.has_form && one.form == form; });
}

/// Where the query decides the bytes of a row, the wire says which bytes were served.
void judge_forms(std::span<const mark> versions,
                 std::span<const mark> copies,
                 const mock_graph::ledger& book,
                 findings& out) {
  const auto by_query = std::ranges::none_of(versions, &mark::has_form);
  for (auto i = std::size_t{0}; i < copies.size(); ++i) {
    const auto& copy = copies[i];
    if (i > 0 && copies[i - 1].form == copy.form) {
      continue;
    }
    if (!(by_query ? book.was_served(copy.form) : has_form(versions, copy.form))) {
      out.faulty.emplace(copy.place, std::pair{fault::altered, std::size_t{1}});
    }
  }
  if (by_query && copies.size() > 1) {
    out.faulty.emplace(copies.front().place, std::pair{fault::stored_twice, copies.size()});
  }
}

/// All that the ledger and the store say of one name.
void judge_name(std::span<const mark> versions,
                std::span<const mark> copies,
                const mock_graph::ledger& book,
                findings& out) {
  for (auto i = std::size_t{1}; i < copies.size(); ++i) {
    if (copies[i].form == copies[i - 1].form) {
      out.faulty.emplace(copies[i].place, std::pair{fault::doubled, std::size_t{2}});
    }
  }
  if (versions.empty()) {
    out.faulty.emplace(copies.front().place, std::pair{fault::invented, std::size_t{1}});
    return;
  }
  for (const auto& version : versions) {
    if (copies.empty() || (version.has_form && !has_form(copies, version.form))) {
      out.missing.emplace(version.place, !copies.empty());
    }
  }
  if (!copies.empty()) {
    judge_forms(versions, copies, book, out);
  }
}

/// The marks at the front of `rest` that are of that name; they leave it.
auto take_name(std::span<const mark>& rest, const fingerprint& who) -> std::span<const mark> {
  auto count = std::size_t{0};
  while (count < rest.size() && rest[count].who == who) {
    ++count;
  }
  const auto taken = rest.first(count);
  rest = rest.subspan(count);
  return taken;
}

auto judge_names(std::span<const mark> versions,
                 std::span<const mark> copies,
                 const mock_graph::ledger& book) -> findings {
  auto out = findings();
  while (!versions.empty() || !copies.empty()) {
    const auto who = copies.empty() || (!versions.empty() && versions[0].who < copies[0].who)
                         ? versions[0].who
                         : copies[0].who;
    const auto shown = take_name(versions, who);
    judge_name(shown, take_name(copies, who), book, out);
  }
  return out;
}

/// A version that is not in the store in the form that was served.
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

void tell_faulty(const core::stored_record& record,
                 fault what,
                 std::size_t times,
                 const reader_terms& terms,
                 completeness& out) {
  const auto who = identify(record.what.feed, record.what.raw);
  const auto name = who.feed + " " + who.key;
  switch (what) {
  case fault::doubled:
    out.doubled.push_back(record.what.feed + " " + record.what.key + " " + record.what.version);
    break;
  case fault::altered:
    out.altered.push_back(name + ": stored bytes were never served");
    break;
  case fault::stored_twice:
    out.doubled.push_back(name + " stored " + std::to_string(times) + " times");
    break;
  case fault::invented:
    if (terms.feeds.contains(who.feed)) {
      out.invented.push_back(name + " " + who.version);
    }
    break;
  }
}

} // namespace

auto compare(const mock_graph::ledger& book,
             const stored_records& stored,
             const reader_terms& terms,
             const std::vector<exchange_note>& exchanges) -> completeness {
  const auto wants = [&](std::string_view feed) { return terms.feeds.contains(feed); };
  auto out = completeness();
  auto found = findings();
  {
    const auto versions = marks_of(book, wants);
    const auto copies = marks_of(stored);
    out.visible = versions.size();
    out.stored = copies.size();
    found = judge_names(versions, copies, book);
  }
  auto place = std::uint32_t{0};
  if (!found.missing.empty()) {
    book.visit(wants, [&](const ledger_entry& entry) {
      if (const auto one = found.missing.find(place++); one != found.missing.end()) {
        tell_missing(entry, one->second, terms, exchanges, out);
      }
    });
  }
  place = 0;
  if (!found.faulty.empty()) {
    stored({}, [&](const core::stored_record& record) {
      const auto [first, last] = found.faulty.equal_range(place++);
      for (auto one = first; one != last; ++one) {
        tell_faulty(record, one->second.first, one->second.second, terms, out);
      }
    });
  }
  for (auto* list : {&out.lost, &out.doubled, &out.altered, &out.invented, &out.undeclared}) {
    std::ranges::sort(*list);
  }
  return out;
}

} // namespace scenarios::run
