#pragma once
// The arguments that every command has which takes people and secrets out of traffic.
#include "scenarios/recording/redaction_setup.hpp"

namespace CLI {
class App;
} // namespace CLI

namespace cli {

/// Adds --policy, --key and --known. `typed` must outlive `app`.
void declare_redaction(CLI::App& app, scenarios::recording::redaction_files& typed);

} // namespace cli
