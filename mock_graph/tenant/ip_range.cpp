#include "mock_graph/tenant/ip_range.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <vector>

namespace mock_graph::tenant {
namespace {

/// The bits of an address, most significant byte first.
struct address_bits {
  ip_version version = ip_version::v4;
  std::array<std::uint8_t, 16> bytes = {};
};

auto read_number(std::string_view digits, int base, unsigned most) -> std::optional<unsigned> {
  auto out = 0U;
  const auto* const end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, out, base);
  const auto good = read.ec == std::errc() && read.ptr == end && !digits.empty() && out <= most;
  return good ? std::optional(out) : std::nullopt;
}

auto split(std::string_view text, char at) -> std::vector<std::string_view> {
  auto out = std::vector<std::string_view>();
  for (auto mark = text.find(at); mark != std::string_view::npos; mark = text.find(at)) {
    out.push_back(text.substr(0, mark));
    text.remove_prefix(mark + 1);
  }
  out.push_back(text);
  return out;
}

auto read_v4(std::string_view text) -> std::optional<address_bits> {
  const auto parts = split(text, '.');
  auto out = address_bits();
  for (auto i = std::size_t{0}; i < parts.size() && parts.size() == 4; ++i) {
    const auto byte = parts[i].size() > 3 ? std::nullopt : read_number(parts[i], 10, 255);
    if (!byte) {
      return std::nullopt;
    }
    out.bytes[i] = static_cast<std::uint8_t>(*byte);
  }
  return parts.size() == 4 ? std::optional(out) : std::nullopt;
}

/// The groups of one side of "::"; nothing if one is malformed.
auto read_groups(std::string_view text) -> std::optional<std::vector<unsigned>> {
  auto out = std::vector<unsigned>();
  for (const auto& part : text.empty() ? std::vector<std::string_view>() : split(text, ':')) {
    const auto group = part.size() > 4 ? std::nullopt : read_number(part, 16, 0xffff);
    if (!group) {
      return std::nullopt;
    }
    out.push_back(*group);
  }
  return out;
}

auto read_v6(std::string_view text) -> std::optional<address_bits> {
  constexpr auto groups = std::size_t{8};
  const auto gap = text.find("::");
  const auto shortened = gap != std::string_view::npos;
  const auto head = read_groups(text.substr(0, gap));
  const auto tail = read_groups(shortened ? text.substr(gap + 2) : std::string_view());
  if (!head || !tail ||
      (shortened ? head->size() + tail->size() >= groups : head->size() != groups)) {
    return std::nullopt;
  }
  auto all = *head;
  all.resize(groups - tail->size());
  all.insert(all.end(), tail->begin(), tail->end());
  auto out = address_bits{ip_version::v6, {}};
  for (auto i = std::size_t{0}; i < groups; ++i) {
    out.bytes[2 * i] = static_cast<std::uint8_t>(all[i] >> 8U);
    out.bytes[2 * i + 1] = static_cast<std::uint8_t>(all[i] & 0xffU);
  }
  return out;
}

auto read_address(std::string_view text) -> std::optional<address_bits> {
  return text.find(':') == std::string_view::npos ? read_v4(text) : read_v6(text);
}

auto bits_of(ip_version which) -> unsigned {
  return which == ip_version::v4 ? 32 : 128;
}

} // namespace

auto version_of(std::string_view address) -> std::optional<ip_version> {
  const auto read = read_address(address);
  return read ? std::optional(read->version) : std::nullopt;
}

auto prefix_of(std::string_view range) -> std::optional<int> {
  const auto slash = range.find('/');
  const auto version = version_of(range.substr(0, slash));
  if (!version || slash == std::string_view::npos) {
    return std::nullopt;
  }
  const auto bits = read_number(range.substr(slash + 1), 10, bits_of(*version));
  return bits ? std::optional(static_cast<int>(*bits)) : std::nullopt;
}

auto lies_in(std::string_view address, std::string_view range) -> bool {
  const auto fixed = prefix_of(range);
  const auto one = read_address(address);
  const auto other = read_address(range.substr(0, range.find('/')));
  if (!fixed || !one || !other || one->version != other->version) {
    return false;
  }
  for (auto bit = 0U; bit < static_cast<unsigned>(*fixed); ++bit) {
    const auto differ = one->bytes[bit / 8] ^ other->bytes[bit / 8];
    if (((differ >> (7 - bit % 8)) & 1) != 0) {
      return false;
    }
  }
  return true;
}

} // namespace mock_graph::tenant
