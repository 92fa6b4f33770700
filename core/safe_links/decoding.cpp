#include "core/safe_links/decoding.hpp"

#include "core/seams/letters.hpp"

#include <algorithm>
#include <charconv>

namespace core::safe_links {
namespace {

constexpr auto ticks_before_1970 = std::int64_t{621'355'968'000'000'000};
constexpr auto dropped_bits = 16U;

auto text_or_null(const std::string& text) -> object {
  return text.empty() ? object() : object(text);
}

auto time_or_null(std::optional<seams::instant> at) -> object {
  return at ? object(seams::to_rfc3339(*at)) : object();
}

auto without_dashes(std::string_view guid) -> std::string {
  auto out = seams::lower_case(guid);
  std::erase(out, '-');
  return out;
}

} // namespace

auto received_at(std::string_view network_message_id) -> std::optional<seams::instant> {
  if (network_message_id.size() != 32) {
    return std::nullopt;
  }
  auto high = std::uint64_t{0};
  const auto digits = network_message_id.substr(20);
  const auto* const end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, high, 16);
  const auto ticks = static_cast<std::int64_t>(high << dropped_bits);
  const auto good = read.ec == std::errc() && read.ptr == end && ticks > ticks_before_1970;
  return good ? std::optional(seams::instant{seams::duration{ticks - ticks_before_1970}})
              : std::nullopt;
}

auto decode(std::string_view address, std::string_view own_tenant) -> object {
  const auto link = clicks::read_safe_link(address);
  if (!link) {
    return nullptr;
  }
  auto out = object::object();
  out["form"] = link->from_teams ? "teams" : "mail";
  out["target"] = clicks::unwrapped(address);
  out["nested"] = clicks::read_safe_link(link->target).has_value();
  out["recipient"] = text_or_null(link->recipient);
  out["network_message_id"] = text_or_null(link->network_message_id);
  out["received_at"] = time_or_null(received_at(link->network_message_id));
  out["rewritten_at"] = time_or_null(link->rewritten_at);
  out["tenant_id"] = text_or_null(link->tenant_id);
  if (!own_tenant.empty() && !link->tenant_id.empty()) {
    out["claims_own_tenant"] = link->tenant_id == without_dashes(own_tenant);
  }
  return out;
}

} // namespace core::safe_links
