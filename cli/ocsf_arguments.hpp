#pragma once
// The arguments that every command has which writes OCSF events.
#include "cli/live/options.hpp"
#include "cli/usage.hpp"

#include <optional>
#include <string>

namespace CLI {
class App;
} // namespace CLI

namespace cli {

struct ocsf_arguments {
  std::string tenant;
  std::optional<std::string> cloud; ///< "global", "gcc", "gcc_high", "dod", "china"
  bool raw = false;

  [[nodiscard]] auto is_given() const -> bool { return !tenant.empty() || cloud || raw; }
};

/// Adds --tenant, --cloud and --raw. `typed` must outlive `app`.
void declare_ocsf(CLI::App& app, ocsf_arguments& typed);

/// What they mean, or the first that cannot be used.
auto ocsf_options_of(const ocsf_arguments& typed) -> parsed<ocsf_options>;

} // namespace cli
