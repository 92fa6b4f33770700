#include "core/triage/triage_case.hpp"

#include <array>

namespace core::triage {
namespace {

template <class Names, class Word> auto word_at(const Names& names, Word what) -> std::string_view {
  return names.at(static_cast<std::size_t>(what));
}

} // namespace

auto name_of(outcome what) -> std::string_view {
  constexpr auto names =
      std::to_array<std::string_view>({"benign", "inconclusive", "suspicious", "malicious"});
  return word_at(names, what);
}

auto name_of(exposure what) -> std::string_view {
  constexpr auto names = std::to_array<std::string_view>({"unknown",
                                                          "delivered_only",
                                                          "link_blocked",
                                                          "click_failed",
                                                          "pending_scan",
                                                          "clicked_before_verdict",
                                                          "clicked_through"});
  return word_at(names, what);
}

auto name_of(device_state what) -> std::string_view {
  constexpr auto names = std::to_array<std::string_view>({"unknown", "managed", "unmanaged"});
  return word_at(names, what);
}

auto name_of(grant what) -> std::string_view {
  constexpr auto names = std::to_array<std::string_view>({"unknown", "granted", "missing"});
  return word_at(names, what);
}

} // namespace core::triage
