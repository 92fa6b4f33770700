#pragma once
// What one call of `offtenant run` asks for: which scenarios, how, and where the reports go.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace scenarios::run {

/// How HTTP messages travel in a world. It changes speed, never the outcome.
enum class wire_kind { memory, tcp, tls };

/// Of a scenario that names none.
constexpr auto usual_seed = std::uint64_t{1};

/// Every seed from `first` to `last`, both included; `first <= last`.
struct seed_range {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
};

/// One part of a suite that several machines share; `index` counts from 0 and is below `count`.
struct shard {
  unsigned index = 0;
  unsigned count = 1;
};

struct suite_options {
  std::vector<std::string> paths;  ///< scenario files, or folders searched for `*.toml`; exist
  std::string filter;              ///< keep scenarios whose path or title holds this text; "" = all
  unsigned jobs = 1;               ///< worlds at a time, at least 1
  std::optional<seed_range> seeds; ///< nothing: each scenario runs once, on the seed it names
  wire_kind wire = wire_kind::tls;
  std::string json;         ///< file for the JSON report, "" = none
  std::string junit;        ///< file for the JUnit report, "" = none
  std::string keep;         ///< folder that receives the stores and traces of each run, "" = none
  bool fail_fast = false;   ///< start no further scenario after the first that failed
  unsigned timeout_s = 120; ///< real seconds one scenario may take
  shard part;
  bool list = false;     ///< print what would run, and run nothing
  bool timings = false;  ///< print the real time each scenario took
  bool progress = false; ///< show on `err` what is being run; only for terminals
  std::string key_cache; ///< file that keeps the mock's signing key between runs, "" = none
  bool colour = false;   ///< already decided: the output is a terminal, or the user asked for it
};

} // namespace scenarios::run
