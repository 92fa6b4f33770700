#include "core/ocsf/envelope.hpp"

#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/paths.hpp"

#include <array>

namespace core::ocsf {
namespace {

using nlohmann::json;

/// What the category of an envelope says of the feed; the first that it mentions.
constexpr auto categories = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"UrlClickEvents", "safe_links"},
    {"EmailEvents", "email_events"},
    {"EmailUrlInfo", "email_events"},
    {"EmailAttachmentInfo", "email_events"},
    {"EmailPostDeliveryEvents", "email_events"},
    {"MessageEvents", "teams_messages"},
    {"MessageUrlInfo", "teams_messages"},
    {"MessagePostDeliveryEvents", "teams_messages"},
    {"SignInLogs", "sign_ins"},
    {"AuditLogs", "directory_audits"},
    {"UserRiskEvents", "risk_detections"},
    {"RiskyUsers", "risky_users"},
});

auto feed_of(std::string_view category) -> std::string {
  for (const auto& [word, feed] : categories) {
    if (mentions(category, word)) {
      return std::string(feed);
    }
  }
  return {};
}

auto text_in(const json& of, std::string_view name) -> std::string {
  const auto* found = member_of(of, name);
  return found == nullptr ? std::string() : to_text(*found).value_or("");
}

/// Opens one; false if there is none.
auto open_once(opened& at) -> bool {
  const auto* properties = member_of(at.record, "properties");
  const auto* category = member_of(at.record, "category");
  if (properties != nullptr && properties->is_object() && category != nullptr &&
      member_of(at.record, "time") != nullptr) {
    const auto named = feed_of(to_text(*category).value_or(""));
    at.feed = named.empty() ? at.feed : named;
    at.tenant = text_in(at.record, "tenantId");
    at.record = json(*properties);
    return true;
  }
  const auto* own = member_of(at.record, "record");
  if (own != nullptr && own->is_object() && member_of(at.record, "connector_type") != nullptr) {
    at.feed = text_in(at.record, "feed");
    at.record = json(*own);
    return true;
  }
  const auto* data = member_of(at.record, "AuditData");
  const auto inside = data == nullptr ? json() : unfolded(*data);
  if (inside.is_object()) {
    at.record = inside;
    return true;
  }
  return false;
}

} // namespace

auto open_envelope(json record) -> opened {
  constexpr auto envelopes_most = 4;
  auto out = opened{std::move(record), {}, {}};
  for (auto i = 0; i < envelopes_most && open_once(out); ++i) {
  }
  return out;
}

} // namespace core::ocsf
