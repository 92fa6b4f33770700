#pragma once
// Takes people and secrets out of recorded traffic, and proves that none are left.
#include "scenarios/recording/redaction_setup.hpp"

#include <iosfwd>
#include <string>

namespace scenarios::recording {

struct scrub_options {
  std::string input;     ///< a cassette or an HTTP archive
  std::string output;    ///< a name that ends in ".har" gets an archive, any other a cassette
  bool verify = false;   ///< only look for what must not be there
  redaction_files files; ///< `key` is not for `verify`
  std::string state;     ///< folder of the mock's key, which tokens are issued with anew
};

/// Writes `output` whole or not at all, and only when nothing is left in it. Findings name where
/// and what, and quote nothing. Gives back an exit code: 0 (clean), 1 (something is left), 2 (the
/// input or a file cannot be used, the output is there already), 3 (the output cannot be written).
[[nodiscard]] auto scrub(const scrub_options& options, std::ostream& out, std::ostream& err) -> int;

} // namespace scenarios::recording
