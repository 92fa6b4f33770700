#include "cli/arguments.hpp"

#include "core/toml_reading/spell.hpp"

#include <boost/throw_exception.hpp>
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <limits>
#include <stdexcept>
#include <vector>

namespace cli {

using scenarios::run::seed_range;
using scenarios::run::shard;
using scenarios::run::wire_kind;

namespace {

constexpr std::uint64_t seed_count_max = 1'000'000;
constexpr std::uint64_t shard_count_max = 10'000;

auto number_in(std::string_view text) -> std::optional<std::uint64_t> {
  auto value = std::uint64_t{0};
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end || text.empty()) {
    return std::nullopt;
  }
  return value;
}

auto not_one_of(std::string_view name, std::string_view text, const std::vector<std::string>& known)
    -> usage_error {
  const auto meant = core::toml_reading::nearest(text, known);
  return usage_error(fmt::format("{}: '{}' is none of {}{}",
                                 name,
                                 text,
                                 fmt::join(known, ", "),
                                 meant.empty() ? "" : fmt::format("; did you mean '{}'?", meant)));
}

/// The shard of one pair of variables; `first` is what the runner calls its first part.
auto shard_of_pair(const environment& env,
                   std::string_view index_name,
                   std::string_view count_name,
                   std::uint64_t first) -> parsed<std::optional<shard>> {
  const auto index_text = env(index_name);
  const auto count_text = env(count_name);
  if (!index_text) {
    return std::optional<shard>();
  }
  if (!count_text) {
    return usage_error(fmt::format(
        "{} is set to '{}', but {} is not: both are needed", index_name, *index_text, count_name));
  }
  const auto count = parse_number(count_name, *count_text, 1, shard_count_max);
  if (!count) {
    return count.error();
  }
  const auto index = parse_number(index_name, *index_text, first, *count - 1 + first);
  if (!index) {
    return index.error();
  }
  return std::optional(shard{static_cast<unsigned>(*index - first), static_cast<unsigned>(*count)});
}

} // namespace

void throw_exception_from_error(const usage_error& error, const boost::source_location& where) {
  boost::throw_exception(std::runtime_error(error.why), where);
}

auto parse_number(std::string_view name,
                  std::string_view text,
                  std::uint64_t least,
                  std::uint64_t most) -> parsed<std::uint64_t> {
  const auto value = number_in(text);
  if (value && *value >= least && *value <= most) {
    return *value;
  }
  if (most == std::numeric_limits<std::uint64_t>::max()) {
    return usage_error(
        fmt::format("{}: expected a whole number from {} to 2^64-1, got '{}'", name, least, text));
  }
  return usage_error(
      fmt::format("{}: expected a whole number from {} to {}, got '{}'", name, least, most, text));
}

auto parse_seeds(std::string_view name, std::string_view text) -> parsed<seed_range> {
  const auto dots = text.find("..");
  const auto first = number_in(text.substr(0, dots));
  const auto last = dots == std::string_view::npos ? first : number_in(text.substr(dots + 2));
  if (!first || !last) {
    return usage_error(
        fmt::format("{}: expected a range of seeds such as 1..100, got '{}'", name, text));
  }
  if (*first > *last) {
    return usage_error(fmt::format("{}: a range runs upwards: did you mean {}..{} instead of '{}'?",
                                   name,
                                   *last,
                                   *first,
                                   text));
  }
  if (*last - *first >= seed_count_max) {
    return usage_error(fmt::format("{}: '{}' holds more than {} seeds; split it into several runs",
                                   name,
                                   text,
                                   seed_count_max));
  }
  return seed_range{*first, *last};
}

auto parse_shard(std::string_view text) -> parsed<shard> {
  const auto slash = text.find('/');
  const auto index = number_in(text.substr(0, slash));
  const auto count =
      slash == std::string_view::npos ? std::nullopt : number_in(text.substr(slash + 1));
  if (!index || !count) {
    return usage_error(
        fmt::format("--shard: expected i/n such as 1/4 for the first of four, got '{}'", text));
  }
  if (*count == 0 || *count > shard_count_max || *index == 0 || *index > *count) {
    return usage_error(fmt::format(
        "--shard: parts count from 1/n to n/n with n at most {}, got '{}'", shard_count_max, text));
  }
  return shard{static_cast<unsigned>(*index - 1), static_cast<unsigned>(*count)};
}

auto shard_from_environment(const environment& env) -> parsed<shard> {
  auto found = shard_of_pair(env, "TEST_SHARD_INDEX", "TEST_TOTAL_SHARDS", 0);
  if (found && !*found) {
    found = shard_of_pair(env, "CI_NODE_INDEX", "CI_NODE_TOTAL", 1);
  }
  if (!found) {
    return found.error();
  }
  return (*found).value_or(shard());
}

auto parse_wire(std::string_view text) -> parsed<wire_kind> {
  const auto known = std::vector<std::string>{"memory", "tcp", "tls"};
  constexpr auto kinds = std::array{wire_kind::memory, wire_kind::tcp, wire_kind::tls};
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (known[i] == text) {
      return kinds[i];
    }
  }
  return not_one_of("--wire", text, known);
}

auto parse_colour(std::string_view text) -> parsed<colour_choice> {
  if (text == "auto") {
    return colour_choice::automatic;
  }
  if (text == "always") {
    return colour_choice::always;
  }
  if (text == "never") {
    return colour_choice::never;
  }
  return not_one_of("--color", text, {"auto", "always", "never"});
}

auto wants_colour(colour_choice choice, bool terminal, const environment& env) -> bool {
  if (choice != colour_choice::automatic) {
    return choice == colour_choice::always;
  }
  const auto refused = env("NO_COLOR");
  return terminal && (!refused || refused->empty());
}

auto read_address(std::string_view name,
                  const std::string& text,
                  std::string& address,
                  std::uint16_t& port) -> std::optional<usage_error> {
  const auto colon = text.rfind(':');
  const auto read = colon == std::string::npos
                        ? parsed<std::uint64_t>(usage_error{""})
                        : parse_number(name, text.substr(colon + 1), 0, 65535);
  if (!read || colon == 0) {
    return usage_error{
        fmt::format("{} is '{}'; expected an address and a port: 127.0.0.1:8443", name, text)};
  }
  address = text.substr(0, colon);
  port = static_cast<std::uint16_t>(*read);
  return std::nullopt;
}

} // namespace cli
