#include "mock_graph/hunting/kql/matching.hpp"

#include "core/seams/letters.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace mock_graph::hunting::kql {
namespace {

auto blind_equal(char a, char b) -> bool {
  return seams::lower(a) == seams::lower(b);
}

auto in_term(char c) -> bool {
  return (c >= '0' && c <= '9') || (seams::lower(c) >= 'a' && seams::lower(c) <= 'z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

// The first place at or after `from`, or npos.
auto find(std::string_view text, std::string_view needle, bool blind, std::size_t from)
    -> std::size_t {
  if (!blind) {
    return text.find(needle, from);
  }
  if (from > text.size()) {
    return std::string_view::npos;
  }
  const auto found = std::search(text.begin() + static_cast<std::ptrdiff_t>(from),
                                 text.end(),
                                 needle.begin(),
                                 needle.end(),
                                 blind_equal);
  const auto missed = found == text.end() && !needle.empty();
  return missed ? std::string_view::npos : static_cast<std::size_t>(found - text.begin());
}

struct named_matcher {
  std::string_view name;
  matcher test;
};

constexpr auto matchers = std::array{
    named_matcher{"has", [](auto t, auto n) { return has_term(t, n, true, true, true); }},
    named_matcher{"has_cs", [](auto t, auto n) { return has_term(t, n, false, true, true); }},
    named_matcher{"hasprefix", [](auto t, auto n) { return has_term(t, n, true, true, false); }},
    named_matcher{"hasprefix_cs",
                  [](auto t, auto n) { return has_term(t, n, false, true, false); }},
    named_matcher{"hassuffix", [](auto t, auto n) { return has_term(t, n, true, false, true); }},
    named_matcher{"hassuffix_cs",
                  [](auto t, auto n) { return has_term(t, n, false, false, true); }},
    named_matcher{"contains", [](auto t, auto n) { return contains(t, n, true); }},
    named_matcher{"contains_cs", [](auto t, auto n) { return contains(t, n, false); }},
    named_matcher{"startswith", [](auto t, auto n) { return starts_with(t, n, true); }},
    named_matcher{"startswith_cs", [](auto t, auto n) { return starts_with(t, n, false); }},
    named_matcher{"endswith", [](auto t, auto n) { return ends_with(t, n, true); }},
    named_matcher{"endswith_cs", [](auto t, auto n) { return ends_with(t, n, false); }}};

} // namespace

auto same_blind(std::string_view left, std::string_view right) -> bool {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), blind_equal);
}

auto contains(std::string_view text, std::string_view needle, bool blind) -> bool {
  return find(text, needle, blind, 0) != std::string_view::npos;
}

auto starts_with(std::string_view text, std::string_view start, bool blind) -> bool {
  const auto head = text.substr(0, start.size());
  return blind ? same_blind(head, start) : head == start;
}

auto ends_with(std::string_view text, std::string_view end, bool blind) -> bool {
  if (text.size() < end.size()) {
    return false;
  }
  const auto tail = text.substr(text.size() - end.size());
  return blind ? same_blind(tail, end) : tail == end;
}

auto has_term(std::string_view text,
              std::string_view needle,
              bool blind,
              bool bound_left,
              bool bound_right) -> bool {
  if (needle.empty()) {
    return true;
  }
  const auto check_left = bound_left && in_term(needle.front());
  const auto check_right = bound_right && in_term(needle.back());
  for (auto at = find(text, needle, blind, 0); at != std::string_view::npos;
       at = find(text, needle, blind, at + 1)) {
    const auto after = at + needle.size();
    const auto left = !check_left || at == 0 || !in_term(text[at - 1]);
    const auto right = !check_right || after == text.size() || !in_term(text[after]);
    if (left && right) {
      return true;
    }
  }
  return false;
}

auto matcher_named(std::string_view name) -> matcher {
  for (const auto& each : matchers) {
    if (each.name == name) {
      return each.test;
    }
  }
  return nullptr;
}

} // namespace mock_graph::hunting::kql
