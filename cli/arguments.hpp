#pragma once
// Turns the text of single arguments into numbers, ranges and choices, with errors that help.
#include "cli/usage.hpp"
#include "scenarios/run/suite_options.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace cli {

/// Reads one environment variable; nothing when it is not set.
using environment = std::function<std::optional<std::string>(std::string_view name)>;

/// Whether colours are wanted: decided by whether the output is a terminal, or by the user.
enum class colour_choice { automatic, always, never };

/// A decimal number from `least` to `most`, both included. `name` ("--jobs") opens the error.
auto parse_number(std::string_view name,
                  std::string_view text,
                  std::uint64_t least,
                  std::uint64_t most) -> parsed<std::uint64_t>;

/// "A..B" with A <= B and at most a million seeds, both ends included; a lone "A" is "A..A".
auto parse_seeds(std::string_view name, std::string_view text)
    -> parsed<scenarios::run::seed_range>;

/// "i/n" as people count: 1/4 is the first of four, 4/4 the last.
auto parse_shard(std::string_view text) -> parsed<scenarios::run::shard>;

/// The shard a CI runner asks for: TEST_SHARD_INDEX (from 0) with TEST_TOTAL_SHARDS, else
/// CI_NODE_INDEX (from 1) with CI_NODE_TOTAL. Everything (0 of 1) when neither pair is set; a
/// runner that does not split sets CI_NODE_TOTAL alone, which counts as not set.
auto shard_from_environment(const environment& env) -> parsed<scenarios::run::shard>;

/// "memory", "tcp" or "tls".
auto parse_wire(std::string_view text) -> parsed<scenarios::run::wire_kind>;

/// "auto", "always" or "never".
auto parse_colour(std::string_view text) -> parsed<colour_choice>;

/// `automatic` means: only on a terminal, and not when NO_COLOR is set (https://no-color.org).
auto wants_colour(colour_choice choice, bool terminal, const environment& env) -> bool;

/// "127.0.0.1:8443"; a complaint that names the argument if it is no such thing.
auto read_address(std::string_view name,
                  const std::string& text,
                  std::string& address,
                  std::uint16_t& port) -> std::optional<usage_error>;

} // namespace cli
