#pragma once
// Decides which scripted fault meets a call, and counts: a fault that never fired proves nothing.
#include "mock_graph/faults/fault.hpp"

#include <functional>
#include <string_view>
#include <vector>

namespace mock_graph::faults {

/// A call, as far as faults choose by it.
struct asked {
  std::string_view route;
  seams::instant now;
  std::string_view url;
  std::optional<std::uint64_t> top;          ///< $top, if it is given
  std::optional<std::uint64_t> skip;         ///< $skip
  std::function<const std::string&()> right; ///< the body of the right answer; called if needed
};

class injector {
public:
  explicit injector(std::vector<fault> faults);

  /// The first fault, in scenario order, that meets this call. Calls are counted per fault among
  /// those that match its route and time.
  auto meet(const asked& what) -> const fault*;

  /// One more fault, after those there.
  void add(fault what);
  /// The fault of that id meets no call any more; false if there is none.
  auto lift(std::string_view id) -> bool;

  [[nodiscard]] auto faults() const -> const std::vector<fault>& { return faults_; }
  /// How many calls the fault at that index has met.
  [[nodiscard]] auto fired(std::size_t index) const -> std::uint64_t { return hits_[index]; }

private:
  std::vector<fault> faults_;
  std::vector<std::uint64_t> matches_;
  std::vector<std::uint64_t> hits_;
};

/// Whether a fault's `route` ("*", "graph", "graph.alerts") covers a call's route.
auto covers(std::string_view pattern, std::string_view route) -> bool;

} // namespace mock_graph::faults
