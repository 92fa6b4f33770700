#pragma once
// Whether a scenario, as a set of files, still shows a failure.
#include "mock_graph/login/keys.hpp"
#include "scenarios/report/outcome.hpp"
#include "scenarios/run/wires.hpp"
#include "scenarios/shrinking/fixture_parts.hpp"

#include <atomic>
#include <filesystem>
#include <optional>

namespace scenarios::shrinking {

class failing_check {
public:
  /// `keep` is text in the check's name. Files are written below `folder`, which is there and is
  /// the caller's to remove. `interrupted` outlives it.
  failing_check(std::string keep,
                std::optional<std::uint64_t> seed,
                std::filesystem::path folder,
                mock_graph::login::signing_key key,
                const std::atomic<bool>& interrupted);

  /// Runs the whole fixture and remembers which checks with that name fail. False if none does.
  auto begin(const fixture_text& whole) -> bool;
  /// Whether one of those still fails: an expectation with what it got in the whole, so that a
  /// count of 2 does not become one of 0 because nothing is left; a promise in whatever way. False
  /// too if the files cannot be read or run to the end.
  auto fails_in(const fixture_text& files) -> bool;
  /// The checks that failed in the last run, in its order.
  [[nodiscard]] auto failed() const -> const std::vector<report::check>& { return failed_; }
  [[nodiscard]] auto runs() const -> std::size_t { return runs_; }

private:
  void run(const fixture_text& files);
  auto outcome_of(const std::string& path) -> report::outcome;

  std::string keep_;
  std::optional<std::uint64_t> seed_;
  std::filesystem::path folder_;
  run::shared_keys keys_;
  const std::atomic<bool>& interrupted_;
  fixture_text written_;
  std::vector<report::check> wanted_;
  std::vector<report::check> failed_;
  std::size_t runs_ = 0;
};

} // namespace scenarios::shrinking
