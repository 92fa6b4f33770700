#include "core/ocsf/envelope.hpp"

#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/paths.hpp"

#include <algorithm>
#include <array>

namespace core::ocsf {
namespace {

using nlohmann::json;

/// What the category of an envelope says of the feed, and the member for the envelope's time where
/// the record inside has none. The first that it mentions.
struct category_row {
  std::string_view word;
  std::string_view feed;
  std::string_view time = "Timestamp";
};
constexpr auto categories = std::to_array<category_row>({
    {"UrlClickEvents", "safe_links"},
    {"EmailEvents", "email_events"},
    {"EmailUrlInfo", "email_events"},
    {"EmailAttachmentInfo", "email_events"},
    {"EmailPostDeliveryEvents", "email_events"},
    {"MessageEvents", "teams_messages"},
    {"MessageUrlInfo", "teams_messages"},
    {"MessagePostDeliveryEvents", "teams_messages"},
    {"SignInLogs", "sign_ins", "createdDateTime"},
    {"AuditLogs", "directory_audits", "activityDateTime"},
    {"UserRiskEvents", "risk_detections", "detectedDateTime"},
    {"RiskyUsers", "risky_users", "riskLastUpdatedDateTime"},
});

auto row_of(std::string_view category) -> const category_row* {
  const auto found = std::ranges::find_if(
      categories, [&](const category_row& one) { return mentions(category, one.word); });
  return found == categories.end() ? nullptr : &*found;
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
    const auto* named = row_of(to_text(*category).value_or(""));
    at.tenant = text_in(at.record, "tenantId");
    auto inside = json(*properties);
    if (named != nullptr) {
      at.feed = named->feed;
      if (member_of(inside, named->time) == nullptr) {
        inside[std::string(named->time)] = text_in(at.record, "time");
      }
    }
    at.record = std::move(inside);
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
