#include "scenarios/run/completeness.hpp"

#include "scenarios/run/feed_views.hpp"
#include "scenarios/run/state_completeness.hpp"
#include "scenarios/run/version_story.hpp"

#include <algorithm>
#include <map>
#include <span>

namespace scenarios::run {
namespace {

using feed_filter = std::function<bool(std::string_view)>;
using mock_graph::fingerprint;
using mock_graph::ledger_entry;

/// A version of the ledger, or a stored copy: whose it is, which bytes, and which one in the order
/// of visiting.
struct mark {
  fingerprint who;
  fingerprint form;
  std::uint32_t place = 0;
  bool has_form = true;
  auto operator<=>(const mark&) const = default;
};

/// Other words for a record, by their bytes: the bytes that they repeat.
using spellings = std::map<fingerprint, fingerprint>;

/// What is wrong with a stored record.
enum class wrong { doubled, altered, stored_twice, invented };

/// What was found wrong, by place, to be told in words afterwards.
struct findings {
  std::map<std::uint32_t, bool> missing; ///< version; whether other bytes are there
  std::multimap<std::uint32_t, std::pair<wrong, std::size_t>> faulty; ///< copy; how often stored
};

auto is_state(std::string_view feed) -> bool {
  return view_of(feed).state;
}

auto collect_spellings(const mock_graph::ledger& book) -> spellings {
  auto out = spellings();
  for (const auto& entry : book.entries()) {
    if (entry.respells && entry.bytes && *entry.respells != *entry.bytes) {
      out.emplace(mock_graph::fingerprint_of(*entry.bytes),
                  mock_graph::fingerprint_of(*entry.respells));
    }
  }
  return out;
}

/// The bytes that stand for a record, however it is spelled.
auto form_of(const seams::digest& bytes, const spellings& also) -> fingerprint {
  const auto form = mock_graph::fingerprint_of(bytes);
  const auto found = also.empty() ? also.end() : also.find(form);
  return found == also.end() ? form : found->second;
}

/// `count` becomes the number of stored records, those of feeds of state included.
auto marks_of(const stored_records& stored, const spellings& also, std::size_t& count)
    -> std::vector<mark> {
  auto out = std::vector<mark>();
  auto place = std::uint32_t{0};
  stored({}, [&](const core::stored_record& record) {
    const auto here = place++;
    if (is_state(record.what.feed)) {
      return;
    }
    out.push_back({name_print(identity_of(record.what)),
                   form_of(seams::sha256(record.what.raw), also),
                   here});
  });
  count = place;
  std::ranges::sort(out);
  return out;
}

/// One per feed, key, version and bytes: a redelivery is the same version once more.
auto marks_of(const mock_graph::ledger& book,
              const feed_filter& wants,
              const reader_terms& terms,
              const spellings& also) -> std::vector<mark> {
  auto out = std::vector<mark>();
  auto place = std::uint32_t{0};
  book.visit(wants, [&](const ledger_entry& entry) {
    const auto here = place++;
    if (is_wanted(entry, terms)) {
      out.push_back({name_print({entry.feed, entry.key, entry.version}),
                     entry.bytes ? form_of(*entry.bytes, also) : fingerprint(),
                     here,
                     entry.bytes.has_value()});
    }
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
      out.faulty.emplace(copy.place, std::pair{wrong::altered, std::size_t{1}});
    }
  }
  if (by_query && copies.size() > 1) {
    out.faulty.emplace(copies.front().place, std::pair{wrong::stored_twice, copies.size()});
  }
}

/// All that the ledger and the store say of one name.
void judge_name(std::span<const mark> versions,
                std::span<const mark> copies,
                const mock_graph::ledger& book,
                findings& out) {
  for (auto i = std::size_t{1}; i < copies.size(); ++i) {
    if (copies[i].form == copies[i - 1].form) {
      out.faulty.emplace(copies[i].place, std::pair{wrong::doubled, std::size_t{2}});
    }
  }
  if (versions.empty()) {
    out.faulty.emplace(copies.front().place, std::pair{wrong::invented, std::size_t{1}});
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

void tell_faulty(const core::stored_record& record,
                 wrong what,
                 std::size_t times,
                 const reader_terms& terms,
                 completeness& out) {
  const auto who = identity_of(record.what);
  const auto name = who.feed + " " + who.key;
  switch (what) {
  case wrong::doubled:
    out.doubled.push_back(record.what.feed + " " + record.what.key + " " + record.what.version);
    break;
  case wrong::altered:
    out.altered.push_back(name + ": stored bytes were never served");
    break;
  case wrong::stored_twice:
    out.doubled.push_back(name + " stored " + std::to_string(times) + " times");
    break;
  case wrong::invented:
    if (reads_any(terms, who.feed)) {
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
  const auto wants = [&](std::string_view feed) {
    return !is_state(feed) && reads_any(terms, feed);
  };
  auto out = completeness();
  auto found = findings();
  {
    const auto also = collect_spellings(book);
    const auto versions = marks_of(book, wants, terms, also);
    const auto copies = marks_of(stored, also, out.stored);
    out.visible = versions.size();
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
  compare_states(book, stored, terms, exchanges, out);
  for (auto* list : {&out.lost, &out.doubled, &out.altered, &out.invented, &out.undeclared}) {
    std::ranges::sort(*list);
  }
  return out;
}

} // namespace scenarios::run
