#pragma once
// String tests of KQL: has, contains, startswith, endswith; case-blind for ASCII.
#include <string_view>

namespace mock_graph::hunting::kql {

[[nodiscard]] auto same_blind(std::string_view left, std::string_view right) -> bool;

/// `needle` somewhere in `text`.
[[nodiscard]] auto contains(std::string_view text, std::string_view needle, bool blind) -> bool;

[[nodiscard]] auto starts_with(std::string_view text, std::string_view start, bool blind) -> bool;

[[nodiscard]] auto ends_with(std::string_view text, std::string_view end, bool blind) -> bool;

/// `needle` bounded by the ends of terms on the asked sides. A term is a maximal run of letters and
/// digits; bytes past ASCII count as letters. A side of `needle` that is no letter or digit is its
/// own bound. (Kusto documentation, "What is a term?".)
[[nodiscard]] auto has_term(std::string_view text,
                            std::string_view needle,
                            bool blind,
                            bool bound_left,
                            bool bound_right) -> bool;

/// The test of that operator name ("has", "contains_cs" …); null if there is none.
using matcher = bool (*)(std::string_view, std::string_view);
[[nodiscard]] auto matcher_named(std::string_view name) -> matcher;

} // namespace mock_graph::hunting::kql
