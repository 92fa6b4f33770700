#pragma once
// Every source that the normaliser knows, each in a file of its own.
#include "core/ocsf/source.hpp"

namespace core::ocsf::sources {

// What triage makes of all the others.
extern const source cases;
// What was done about it.
extern const source actions;
// Alerts and incidents.
extern const source alerts;
extern const source alerts_legacy;
extern const source alerts_defender_api;
extern const source alerts_sentinel;
extern const source incidents;
extern const source incidents_defender_api;
// Hunting tables.
extern const source email_events;
extern const source email_url_info;
extern const source email_attachment_info;
extern const source email_post_delivery;
extern const source url_clicks;
extern const source message_events;
extern const source message_url_info;
extern const source message_post_delivery;
extern const source hunting_rows;
// Mail flow.
extern const source message_traces;
extern const source message_traces_classic;
// Teams.
extern const source chat_messages;
// Identity.
extern const source sign_ins;
extern const source directory_audits;
extern const source risk_detections;
extern const source risky_users;
// Directory.
extern const source users;
extern const source groups;
extern const source group_members;
extern const source devices;
extern const source managed_devices;
extern const source mailbox_settings;
extern const source safe_links_policies;
// Other products.
extern const source cloud_app_alerts;
extern const source cloud_app_activities;
extern const source azure_activity;
// Management Activity records.
extern const source audit;
extern const source audit_exchange_admin;
extern const source audit_mailbox;
extern const source audit_files;
extern const source audit_directory;
extern const source audit_logons;
extern const source audit_teams;
extern const source audit_threat_mail;
extern const source audit_threat_files;
extern const source audit_url_clicks;
extern const source audit_security_alerts;
extern const source audit_cloud_app_alerts;
extern const source audit_dlp;

} // namespace core::ocsf::sources
