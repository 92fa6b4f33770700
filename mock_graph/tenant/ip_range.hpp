#pragma once
// Addresses and ranges of both versions of IP, as Conditional Access and indicators take them.
#include <optional>
#include <string_view>

namespace mock_graph::tenant {

enum class ip_version { v4, v6 };

/// The version of an address, or nothing if it is none. IPv6 in any of its spellings but with an
/// embedded IPv4 address or a zone.
auto version_of(std::string_view address) -> std::optional<ip_version>;

/// Bits that the ranges "203.0.113.0/24" and "2001:db8::/32" fix; nothing if it is no range, or
/// longer than its version has bits.
auto prefix_of(std::string_view range) -> std::optional<int>;

/// Whether `address` lies in `range`; false if either is malformed.
auto lies_in(std::string_view address, std::string_view range) -> bool;

} // namespace mock_graph::tenant
