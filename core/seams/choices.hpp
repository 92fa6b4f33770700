#pragma once
// The only source of chance: named draws, in order, from a seed; no engine, no floating point.
#include <cstdint>
#include <string>
#include <string_view>

namespace seams {

class choices {
public:
  virtual ~choices() = default;

  /// A number in [0, limit); `limit` is at least 1. `why` names the decision in the record.
  virtual auto below(std::uint64_t limit, std::string_view why) -> std::uint64_t = 0;
};

/// A random version-4 GUID in lower case, drawn from `source`.
auto draw_guid(choices& source, std::string_view why) -> std::string;

/// Same seed, same draws, on every machine.
class seeded_choices final : public choices {
public:
  explicit seeded_choices(std::uint64_t seed);

  auto below(std::uint64_t limit, std::string_view why) -> std::uint64_t override;
  /// How many draws were made.
  [[nodiscard]] auto drawn() const -> std::uint64_t { return drawn_; }

private:
  auto next() -> std::uint64_t;

  std::uint64_t state_;
  std::uint64_t drawn_ = 0;
};

/// 64 bits that depend on both arguments only: for ids that must not depend on the order of draws.
auto mix(std::uint64_t seed, std::string_view name) -> std::uint64_t;

/// A GUID (version-4 form, lower case) that depends on both arguments only.
auto named_guid(std::uint64_t seed, std::string_view name) -> std::string;

} // namespace seams
