#include "core/seams/choices.hpp"

#include <array>
#include <cstdio>

namespace seams {
namespace {

/// splitmix64 (public domain, Sebastiano Vigna): the usual finaliser of a 64-bit state.
auto finalise(std::uint64_t z) -> std::uint64_t {
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31U);
}

auto guid_text(std::uint64_t high, std::uint64_t low) -> std::string {
  auto text = std::array<char, 40>{};
  const auto length = std::snprintf(text.data(),
                                    text.size(),
                                    "%08x-%04x-4%03x-%04x-%012llx",
                                    static_cast<unsigned>(high >> 32U),
                                    static_cast<unsigned>((high >> 16U) & 0xffffU),
                                    static_cast<unsigned>(high & 0xfffU),
                                    static_cast<unsigned>(((low >> 48U) & 0x3fffU) | 0x8000U),
                                    static_cast<unsigned long long>(low & 0xffff'ffff'ffffULL));
  return {text.data(), static_cast<std::size_t>(length)};
}

} // namespace

seeded_choices::seeded_choices(std::uint64_t seed) : state_(seed) {}

auto seeded_choices::next() -> std::uint64_t {
  state_ += 0x9e3779b97f4a7c15ULL;
  return finalise(state_);
}

auto seeded_choices::below(std::uint64_t limit, std::string_view) -> std::uint64_t {
  ++drawn_;
  const auto excess = (0 - limit) % limit;
  for (;;) {
    if (const auto draw = next(); draw >= excess) {
      return draw % limit;
    }
  }
}

auto draw_guid(choices& source, std::string_view why) -> std::string {
  const auto high = source.below(UINT64_MAX, why);
  return guid_text(high, source.below(UINT64_MAX, why));
}

auto mix(std::uint64_t seed, std::string_view name) -> std::uint64_t {
  auto hash = 0xcbf29ce484222325ULL ^ finalise(seed);
  for (const auto c : name) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  }
  return finalise(hash);
}

auto named_guid(std::uint64_t seed, std::string_view name) -> std::string {
  return guid_text(mix(seed, name), mix(seed + 1, name));
}

} // namespace seams
