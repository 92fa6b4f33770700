#pragma once
// What a run found out about each scenario: the data behind every report.
#include "core/seams/time.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace scenarios::report {

enum class verdict { passed, failed, error };

/// "passed", "failed", "error".
auto to_text(verdict what) -> std::string_view;

struct check {
  std::string name;
  verdict outcome = verdict::passed;
  std::string expected;
  std::string got;
  std::optional<seams::instant> at; ///< virtual time that the check is about
  std::string origin;               ///< file:line of the expectation, "" for a promise
  std::vector<std::string> details; ///< what explains a failure
};

/// What a scenario may say of a case, and what triage may make of it.
constexpr auto truth_words = std::to_array<std::string_view>({"attack", "harmless", "undecidable"});
constexpr auto judgement_words = std::to_array<std::string_view>(
    {"malicious", "suspicious", "inconclusive", "benign", "no case"});

/// What triage made of a case whose truth the scenario knows.
struct label {
  std::string truth;     ///< one of `truth_words`
  std::string judgement; ///< one of `judgement_words`
  std::string case_id;   ///< "" where there is no case
  int priority = 0;      ///< 1 to 4; 0 where there is no case
  /// From when the last record that the verdict needs was visible until the verdict stood.
  std::optional<seams::duration> time_to_verdict;

  auto operator==(const label&) const -> bool = default;
};

struct outcome {
  std::string name;
  std::string file;
  std::uint64_t seed = 1;
  std::string wire; ///< "memory", "tcp", "tls"
  verdict result = verdict::passed;
  seams::instant virtual_start;
  seams::instant virtual_end;
  std::uint64_t requests = 0;
  std::uint64_t visible = 0;
  std::uint64_t stored = 0;
  std::uint64_t excused = 0;
  std::string trace_hash;
  std::uint64_t worlds = 1; ///< how many worlds were run: more than one with kills everywhere
  std::vector<check> checks;
  std::vector<label> labels;
  std::vector<std::string> notes; ///< lines for people, shown whatever the result
  std::int64_t wall_ms = 0;
  std::vector<std::string> last_exchanges; ///< of a failed world
  std::vector<std::string> waiters;        ///< who waited for what when it ended
  std::string repeat;                      ///< the command that runs just this again
};

struct summary {
  std::vector<outcome> outcomes;

  [[nodiscard]] auto count(verdict what) const -> std::size_t;
};

} // namespace scenarios::report
