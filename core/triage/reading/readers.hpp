#pragma once
// Stored records to facts: one reader a kind of source.
#include "core/triage/evidence.hpp"
#include "core/triage/reading/object.hpp"

namespace core::triage {

/// What clicks are made of, before the records of one click are joined.
struct click_source {
  clicks::reading said;
  std::string address;
  bool threat_known = false;
  record_id from;
};

/// Facts as they come, in no order and with all versions.
struct loose_facts {
  evidence known;
  std::vector<click_source> clicks;
};

/// Adds what `one` says. Unknown feeds, types and shapes add nothing; nothing throws, whatever the
/// bytes are.
void read_record(const record& one, loose_facts& out);

auto id_of(const record& one) -> record_id;

/// alerts, defender_for_cloud (learn.microsoft.com/graph/api/resources/security-alert).
void read_alert(const record& one, loose_facts& out);
/// cloud_apps: alerts of Defender for Cloud Apps; activities give nothing.
void read_app_alert(const record& one, loose_facts& out);
/// incidents (…/resources/security-incident).
void read_incident(const record& one, loose_facts& out);
/// safe_links: UrlClickEvents and RecordType 41.
void read_click_record(const record& one, loose_facts& out);
/// email_events: EmailEvents, EmailUrlInfo, EmailAttachmentInfo, EmailPostDeliveryEvents.
void read_email_row(const record& one, loose_facts& out);
/// teams_messages: MessageEvents, MessageUrlInfo, MessagePostDeliveryEvents.
void read_teams_row(const record& one, loose_facts& out);
/// message_trace, of Graph and of the Reporting Web Service.
void read_trace(const record& one, loose_facts& out);
/// sign_ins (…/resources/signin).
void read_sign_in(const record& one, loose_facts& out);
/// risk_detections and risky_users.
void read_risk(const record& one, loose_facts& out);
/// users, devices, mailbox_settings.
void read_user(const record& one, loose_facts& out);
void read_device(const record& one, loose_facts& out);
void read_mailbox_settings(const record& one, loose_facts& out);
/// directory_audits (…/resources/directoryaudit).
void read_directory_audit(const record& one, loose_facts& out);
/// safe_links_policies: Get-SafeLinksPolicy.
void read_link_policy(const record& one, loose_facts& out);
/// Any feed of the Management Activity API, told apart by RecordType
/// (learn.microsoft.com/office/office-365-management-api/, page "activity API schema").
void read_audit(const record& one, loose_facts& out);
/// The parts of it: mailboxes (RecordType 1, 2, 50) and the directory (8, 15).
void read_mailbox_audit(const object& what, const record_id& from, loose_facts& out);
void read_entra_audit(const object& what, const record_id& from, loose_facts& out);

/// "Phish, Malware" in any of its forms: malicious, suspicious where the service is not sure of it,
/// nothing for clean and for mere spam.
auto judgement_of_threats(std::string_view threat_types, std::string_view confidence)
    -> std::optional<judgement>;

/// The addresses in a list as rules and cmdlets write it: parted by ';' or ',', plain, as
/// "smtp:a@b.example", in brackets behind a name. Text without an address is one entry by itself.
auto addresses_in(std::string_view list) -> std::vector<std::string>;

/// `{Name, Value}` pairs, with either `Key` or `Name`: the value of one of them, or "".
auto value_of_pair(const std::vector<std::string_view>& pairs, std::string_view name)
    -> std::string;

} // namespace core::triage
