#pragma once
// Where the program keeps what it would otherwise make anew each time.
#include "cli/arguments.hpp"

#include <string>

namespace cli {

/// The XDG base directory specification: $XDG_CACHE_HOME, else ~/.cache, each with "/offtenant"; ""
/// if neither is known.
auto cache_folder(const environment& env) -> std::string;

/// The file in it that keeps the mock's signing key; "" if there is no such folder.
auto key_cache(const environment& env) -> std::string;

/// Where `serve`, `record` and `scrub` keep their keys if nobody says otherwise: one folder, so
/// that a root that a client trusts is the same for all.
auto state_folder(const environment& env) -> std::string;

} // namespace cli
