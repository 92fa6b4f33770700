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

  /// Runs it. False too if it cannot be read or run to its end.
  auto fails_in(const fixture_text& files) -> bool;
  /// The names of the checks that failed in the last run, in its order.
  [[nodiscard]] auto failed() const -> const std::vector<std::string>& { return failed_; }
  [[nodiscard]] auto runs() const -> std::size_t { return runs_; }

private:
  auto run(const std::string& path) -> report::outcome;

  std::string keep_;
  std::optional<std::uint64_t> seed_;
  std::filesystem::path folder_;
  run::shared_keys keys_;
  const std::atomic<bool>& interrupted_;
  fixture_text written_;
  std::vector<std::string> failed_;
  std::size_t runs_ = 0;
};

} // namespace scenarios::shrinking
