#include "core/seams/letters.hpp"
#include "core/triage/reading/readers.hpp"
#include "core/triage/words.hpp"

#include <array>

namespace core::triage {
namespace {

struct feed_reader {
  std::string_view feed;
  void (*read)(const record&, loose_facts&);
};

constexpr auto feed_readers = std::to_array<feed_reader>({
    {"alerts", read_alert},
    {"defender_for_cloud", read_alert},
    {"cloud_apps", read_app_alert},
    {"incidents", read_incident},
    {"safe_links", read_click_record},
    {"email_events", read_email_row},
    {"teams_messages", read_teams_row},
    {"message_trace", read_trace},
    {"sign_ins", read_sign_in},
    {"risk_detections", read_risk},
    {"risky_users", read_risk},
    {"users", read_user},
    {"devices", read_device},
    {"mailbox_settings", read_mailbox_settings},
    {"directory_audits", read_directory_audit},
    {"safe_links_policies", read_link_policy},
    {"audit_general", read_audit},
    {"audit_exchange", read_audit},
    {"audit_entra", read_audit},
});

} // namespace

void read_record(const record& one, loose_facts& out) {
  const auto* found = std::ranges::find(feed_readers, one.feed, &feed_reader::feed);
  if (found != feed_readers.end()) {
    found->read(one, out);
  }
}

auto id_of(const record& one) -> record_id {
  return {one.feed, one.key, one.version};
}

auto judgement_of_threats(std::string_view threat_types, std::string_view confidence)
    -> std::optional<judgement> {
  const auto threats = seams::lower_case(threat_types);
  if (holds(threats, "malware")) {
    return judgement::malicious;
  }
  if (!holds(threats, "phish")) {
    return std::nullopt;
  }
  const auto sure = seams::lower_case(confidence);
  return holds(sure, "low") && !holds(sure, "high") ? judgement::suspicious : judgement::malicious;
}

auto value_of_pair(const std::vector<std::string_view>& pairs, std::string_view name)
    -> std::string {
  for (const auto one : pairs) {
    const auto pair = object(one);
    if (pair.text("Name") == name || pair.text("Key") == name) {
      return pair.text("Value");
    }
  }
  return {};
}

} // namespace core::triage
