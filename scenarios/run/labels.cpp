#include "scenarios/run/labels.hpp"

#include "scenarios/run/verdict_moments.hpp"
#include "scenarios/run/visible_times.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace scenarios::run {
namespace {

using core::triage::outcome;
using core::triage::triage_case;

constexpr auto others_shown = std::size_t{3};

/// The last record that a verdict needs was visible, and the store gave the verdict.
struct verdict_span {
  verdict_moment visible;
  verdict_moment stored;

  [[nodiscard]] auto length() const -> seams::duration {
    return std::max(stored.at - visible.at, seams::duration{});
  }
};

/// One label and what triage has to say of it.
struct labelled {
  const model::label& what;
  const triage_case* one = nullptr; ///< the gravest, null for no case
  std::optional<verdict_span> took;
};

/// The gravest that fits; of equals the most urgent, which comes first.
auto gravest(const std::vector<triage_case>& cases, const model::label& what)
    -> const triage_case* {
  auto* out = static_cast<const triage_case*>(nullptr);
  for (const auto& one : cases) {
    if (fits_case(one, what.where) && (out == nullptr || one.verdict > out->verdict)) {
      out = &one;
    }
  }
  return out;
}

auto holds(model::truth what, const triage_case* one) -> bool {
  switch (what) {
  case model::truth::attack:
    return one != nullptr && one->verdict >= outcome::suspicious;
  case model::truth::harmless:
    return one == nullptr || one->verdict == outcome::benign;
  case model::truth::undecidable:
    return one != nullptr &&
           (one->verdict == outcome::inconclusive || one->verdict == outcome::suspicious);
  }
  return false;
}

auto wanted_of(model::truth what) -> std::string {
  switch (what) {
  case model::truth::attack:
    return "malicious or suspicious";
  case model::truth::harmless:
    return "benign or no case";
  case model::truth::undecidable:
    return "inconclusive or suspicious";
  }
  return {};
}

auto judgement_of(const triage_case* one) -> std::string {
  return one == nullptr ? std::string(report::judgement_words.back())
                        : std::string(core::triage::name_of(one->verdict));
}

auto measured(const std::vector<labelled>& found,
              const stored_records& records,
              const std::vector<core::health_entry>& health,
              const mock_graph::ledger& book) -> std::vector<verdict_span> {
  auto verdicts = std::vector<final_verdict>();
  for (const auto& label : found) {
    if (label.one != nullptr) {
      auto keys = std::set<std::string>(label.one->aliases.begin(), label.one->aliases.end());
      keys.insert(label.one->id);
      verdicts.push_back({std::move(keys), label.one->verdict});
    }
  }
  if (verdicts.empty()) {
    return {};
  }
  const auto shown = visible_times(book);
  const auto visible = moments_of(verdicts, records, health, [&](const auto& record) {
    return shown.of(record).value_or(record.received_at);
  });
  const auto stored =
      moments_of(verdicts, records, health, [](const auto& record) { return record.received_at; });
  auto out = std::vector<verdict_span>();
  for (auto i = std::size_t{0}; i < verdicts.size(); ++i) {
    out.push_back({visible[i], stored[i]});
  }
  return out;
}

auto names_of(const core::triage::record_ids& records) -> std::string {
  auto names = std::vector<std::string>();
  for (const auto& one : records) {
    names.push_back(one.feed + " " + one.key);
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

/// The case and every rule that fired, for whoever has to find out which of them is wrong.
void tell_case(const triage_case& one, std::vector<std::string>& out) {
  out.push_back(fmt::format("case {} ({}): {}, confidence {}, P{}",
                            one.id,
                            one.title,
                            core::triage::name_of(one.verdict),
                            one.confidence,
                            one.priority));
  for (const auto& rule : one.findings) {
    out.push_back(fmt::format("rule {}: {}", rule.rule, rule.says));
  }
  if (one.findings.empty()) {
    out.emplace_back("no rule fired");
  }
}

void tell_wrong_verdict(const labelled& found,
                        const std::vector<triage_case>& cases,
                        std::vector<std::string>& out) {
  static constexpr auto things = std::to_array<std::string_view>(
      {"an attack", "something harmless", "what nobody can decide"});
  const auto thing = things[static_cast<std::size_t>(found.what.what)];
  if (found.one != nullptr) {
    out.push_back(fmt::format("{} is judged {}", thing, judgement_of(found.one)));
    tell_case(*found.one, out);
    return;
  }
  out.push_back(fmt::format("{} is in no case", thing));
  for (auto i = std::size_t{0}; i < std::min(cases.size(), others_shown); ++i) {
    out.push_back(fmt::format("there was, without matching: case {} ({}): {}",
                              cases[i].id,
                              cases[i].title,
                              core::triage::name_of(cases[i].verdict)));
  }
}

void tell_times(const verdict_span& took, std::vector<std::string>& out) {
  out.push_back(fmt::format("{} visible: {}, the last that the verdict needs",
                            seams::to_rfc3339(took.visible.at),
                            names_of(took.visible.by)));
  out.push_back(fmt::format("{} stored: {}, and the verdict stands",
                            seams::to_rfc3339(took.stored.at),
                            names_of(took.stored.by)));
}

auto check_of_label(const labelled& found, const std::vector<triage_case>& cases) -> report::check {
  auto out = report::check();
  out.name = found.what.text;
  out.origin = found.what.origin;
  out.expected = wanted_of(found.what.what);
  out.got = judgement_of(found.one);
  const auto right = holds(found.what.what, found.one);
  if (!right) {
    tell_wrong_verdict(found, cases, out.details);
  }
  auto late = false;
  if (found.took) {
    out.at = found.took->stored.at;
    out.got += " after " + seams::to_text(found.took->length());
    late = found.what.within && found.took->length() > *found.what.within;
  }
  if (found.what.within) {
    out.expected += " within " + seams::to_text(*found.what.within);
  }
  if (late) {
    tell_times(*found.took, out.details);
  }
  out.outcome = right && !late ? report::verdict::passed : report::verdict::failed;
  return out;
}

auto report_of(const labelled& found) -> report::label {
  auto out = report::label();
  out.truth = report::truth_words[static_cast<std::size_t>(found.what.what)];
  out.judgement = judgement_of(found.one);
  if (found.one != nullptr) {
    out.case_id = found.one->id;
    out.priority = found.one->priority;
  }
  if (found.took) {
    out.time_to_verdict = found.took->length();
  }
  return out;
}

} // namespace

auto judge_labels(const std::vector<model::label>& labels,
                  const stored_records& records,
                  const std::vector<core::health_entry>& health,
                  case_history& history,
                  const mock_graph::ledger* book) -> labels_judged {
  if (labels.empty()) {
    return {};
  }
  const auto& cases = history.within({}, {});
  auto found = std::vector<labelled>();
  for (const auto& one : labels) {
    found.push_back({one, gravest(cases, one), {}});
  }
  if (book != nullptr) {
    auto next = std::size_t{0};
    const auto spans = measured(found, records, health, *book);
    for (auto& label : found) {
      if (label.one != nullptr) {
        label.took = spans[next++];
      }
    }
  }
  auto out = labels_judged();
  for (const auto& label : found) {
    out.checks.push_back(check_of_label(label, cases));
    out.labels.push_back(report_of(label));
  }
  return out;
}

} // namespace scenarios::run
