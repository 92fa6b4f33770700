#pragma once
// A recording while it is made: each exchange loses its names and secrets, then goes to disk.
#include "replay/cassette/cassette_writer.hpp"
#include "replay/redact/exchange_redactor.hpp"
#include "scenarios/tapes/disk_cassette.hpp"

#include <functional>
#include <string>
#include <vector>

namespace scenarios::recording {

struct tape_options {
  std::vector<std::string> filters; ///< see `is_wanted`
  std::uint64_t bytes_max = 0;      ///< of lines and bodies; 0 = as much as the disk takes
};

/// What became of the exchanges so far.
struct tape_counts {
  std::size_t recorded = 0;
  std::size_t filtered = 0; ///< left out by a filter
  std::size_t beyond = 0;   ///< came after the end
};

/// Ends early, once, and says why, when it is full or cannot be written; what was recorded by then
/// stays.
class tape {
public:
  /// `disk` and `with` outlive it. `tell` is given what people should know.
  tape(tapes::disk_cassette& disk,
       const replay::text_redactor& with,
       tape_options options,
       std::function<void(const std::string& what)> tell);

  /// Writes the head. Once, before any exchange.
  auto begin(seams::instant base) -> seams::result<void>;
  /// `what` is as it was on the wire, with `at` counted from the base.
  void add(const replay::exchange& what);

  [[nodiscard]] auto counts() const -> const tape_counts& { return counts_; }
  /// Whether writing failed, so that the recording is not what it should be.
  [[nodiscard]] auto failed() const -> bool { return failed_; }
  [[nodiscard]] auto base() const -> seams::instant { return base_; }

private:
  [[nodiscard]] auto fits(const replay::exchange& what) const -> bool;
  void stop(const std::string& why);

  tapes::disk_cassette& disk_;
  const replay::text_redactor& with_;
  tape_options options_;
  std::function<void(const std::string& what)> tell_;
  replay::cassette_writer writer_;
  tape_counts counts_;
  seams::instant base_;
  bool ended_ = false;
  bool failed_ = false;
};

} // namespace scenarios::recording
