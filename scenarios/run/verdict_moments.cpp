#include "scenarios/run/verdict_moments.hpp"

#include "core/triage/triage.hpp"

#include <algorithm>
#include <optional>

namespace scenarios::run {
namespace {

using core::triage::evidence_book;
using core::triage::triage_case;

constexpr auto replayed_moments_max = std::size_t{256};
constexpr auto replayed_records_max = std::size_t{5'000};

/// The gravest of the cases that are, or became part of, the one with those keys; null without one.
auto part_of(const std::vector<triage_case>& cases, const std::set<std::string>& keys)
    -> const triage_case* {
  auto* out = static_cast<const triage_case*>(nullptr);
  for (const auto& one : cases) {
    if (keys.contains(one.id) && (out == nullptr || one.verdict > out->verdict)) {
      out = &one;
    }
  }
  return out;
}

/// The case, if its verdict is already the final one.
auto settled(const std::vector<triage_case>& cases, const final_verdict& wanted)
    -> const triage_case* {
  const auto* found = part_of(cases, wanted.keys);
  return found != nullptr && found->verdict == wanted.what ? found : nullptr;
}

auto id_of(const core::record& what) -> core::triage::record_id {
  return {what.feed, what.key, what.version};
}

/// Those of the records just learned that rules of the case rest on; all if none is among them.
auto causes(const triage_case& one, const core::triage::record_ids& learned)
    -> core::triage::record_ids {
  auto out = core::triage::record_ids();
  for (const auto& id : learned) {
    const auto rests = [&](const core::triage::finding& rule) {
      return std::ranges::find(rule.from, id) != rule.from.end();
    };
    if (std::ranges::any_of(one.findings, rests)) {
      out.push_back(id);
    }
  }
  return out.empty() ? learned : out;
}

struct timed_record {
  seams::instant at;
  core::record what;
};

/// Replays step by step, with a copy of the book for each triage: each record is read once.
auto replay(std::span<const final_verdict> verdicts,
            const std::vector<timed_record>& in_order,
            evidence_book book) -> std::vector<verdict_moment> {
  auto out = std::vector<verdict_moment>(verdicts.size());
  auto stood = std::vector<bool>(verdicts.size());
  auto learned = core::triage::record_ids();
  for (auto i = std::size_t{0}; i < in_order.size(); ++i) {
    book.add(in_order[i].what);
    learned.push_back(id_of(in_order[i].what));
    if (i + 1 < in_order.size() && in_order[i + 1].at == in_order[i].at) {
      continue;
    }
    auto so_far = book;
    const auto cases = core::triage::triage_cases(so_far.settle());
    for (auto k = std::size_t{0}; k < verdicts.size(); ++k) {
      const auto* now = settled(cases, verdicts[k]);
      if (now != nullptr && !stood[k]) {
        out[k] = {in_order[i].at, causes(*now, learned)};
      }
      stood[k] = now != nullptr;
    }
    learned.clear();
  }
  return out;
}

/// A store too large to be replayed: the time of each record, in the store's order.
class large_store {
public:
  large_store(const stored_records& records,
              const evidence_book& health,
              const std::vector<seams::instant>& times,
              const std::vector<seams::instant>& moments)
      : records_(records), health_(health), times_(times), moments_(moments) {}

  auto search(const final_verdict& wanted) const -> verdict_moment {
    const auto open = [&](seams::instant at) { return settled(cases_at(at), wanted) == nullptr; };
    const auto found = std::partition_point(moments_.begin(), moments_.end() - 1, open);
    const auto cases = cases_at(*found);
    const auto* one = settled(cases, wanted);
    const auto learned = learned_at(*found);
    return {*found, one == nullptr ? learned : causes(*one, learned)};
  }

private:
  template <class Sink> void visit(Sink sink) const {
    auto place = std::size_t{0};
    records_({}, [&](const core::stored_record& one) { sink(times_[place++], one.what); });
  }

  auto cases_at(seams::instant until) const -> std::vector<triage_case> {
    auto book = health_;
    visit([&](seams::instant at, const core::record& what) {
      if (at <= until) {
        book.add(what);
      }
    });
    return core::triage::triage_cases(book.settle());
  }

  auto learned_at(seams::instant moment) const -> core::triage::record_ids {
    auto out = core::triage::record_ids();
    visit([&](seams::instant at, const core::record& what) {
      if (at == moment) {
        out.push_back(id_of(what));
      }
    });
    return out;
  }

  const stored_records& records_;
  const evidence_book& health_;
  const std::vector<seams::instant>& times_;
  const std::vector<seams::instant>& moments_;
};

auto distinct(std::vector<seams::instant> times) -> std::vector<seams::instant> {
  std::ranges::sort(times);
  const auto again = std::ranges::unique(times);
  times.erase(again.begin(), again.end());
  return times;
}

auto times_of(const stored_records& records, const known_at& when) -> std::vector<seams::instant> {
  auto out = std::vector<seams::instant>();
  records({}, [&](const core::stored_record& one) { out.push_back(when(one)); });
  return out;
}

auto in_order_of(const std::vector<seams::instant>& times, const stored_records& records)
    -> std::vector<timed_record> {
  auto out = std::vector<timed_record>();
  records({}, [&](const core::stored_record& one) {
    out.push_back({times[out.size()], one.what});
  });
  std::ranges::stable_sort(out, {}, &timed_record::at);
  return out;
}

} // namespace

auto moments_of(std::span<const final_verdict> verdicts,
                const stored_records& records,
                const std::vector<core::health_entry>& health,
                const known_at& when) -> std::vector<verdict_moment> {
  const auto times = times_of(records, when);
  if (verdicts.empty() || times.empty()) {
    return std::vector<verdict_moment>(verdicts.size());
  }
  auto book = evidence_book();
  for (const auto& entry : health) {
    book.add(entry);
  }
  const auto moments = distinct(times);
  if (times.size() <= replayed_records_max && moments.size() <= replayed_moments_max) {
    return replay(verdicts, in_order_of(times, records), std::move(book));
  }
  const auto large = large_store(records, book, times, moments);
  auto out = std::vector<verdict_moment>();
  for (const auto& one : verdicts) {
    out.push_back(large.search(one));
  }
  return out;
}

} // namespace scenarios::run
