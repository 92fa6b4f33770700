#pragma once
// What can happen in a tenant: the causes from which every API's view is derived.
#include "core/seams/time.hpp"
#include "mock_graph/tenant/allow_block_list.hpp"
#include "mock_graph/tenant/application.hpp"
#include "mock_graph/tenant/cloud_events.hpp"
#include "mock_graph/tenant/conditional_access.hpp"
#include "mock_graph/tenant/identity_events.hpp"
#include "mock_graph/tenant/safe_links_setup.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace mock_graph::tenant {

using seams::duration;
using seams::instant;

// ---- the standing state -------------------------------------------------------------------

/// Where a mailbox forwards what it gets, as Set-Mailbox sets it.
struct mail_forwarding {
  std::string address;      ///< a recipient of the organisation; comes before `smtp_address`
  std::string smtp_address; ///< any address: "x@evil.example"
  bool and_deliver = false; ///< mail is kept in the mailbox too

  auto operator==(const mail_forwarding&) const -> bool = default;
};

struct user {
  std::string name;         ///< how a scenario speaks of the person: "dana"
  std::string upn;          ///< "dana@contoso.com"
  std::string display_name; ///< "Dana"
  std::string object_id;    ///< GUID
  std::string job_title = {};
  std::string department = {};
  bool enabled = true;
  bool guest = false;
  bool synced = false;           ///< mastered on-premises
  instant from = instant::min(); ///< when the account is created
  bool mailbox = true;           ///< has one in Exchange Online
  bool app_access = true;        ///< false: outside of the policy that binds the app to mailboxes
  /// Of Entra: "Global Administrator", ... Who holds one is protected from lesser administrators.
  std::vector<std::string> directory_roles = {};
  instant sessions_from = instant::min(); ///< sessions that began before it have ended
  instant password_set = instant::min();  ///< by an administrator; before: with the account
  mail_forwarding forwarding = {};        ///< of the mailbox
  bool deleted = false;                   ///< since it was deleted, until it is restored
};

struct device {
  std::string name;
  std::string owner; ///< user name
  bool managed = true;
  std::string ip;                               ///< public address clicks come from
  std::optional<bool> compliant = std::nullopt; ///< absent: as managed
  std::string trust = {}; ///< "AzureAd", "Workplace", "ServerAd"; "": by `managed`
  std::string system = "Windows";
  std::optional<bool> onboarded = std::nullopt; ///< to Defender for Endpoint; absent: as managed
  bool offline = false;                         ///< takes no orders until it connects
  std::string orders_end = "Succeeded";         ///< or "Failed", "TimeOut"
};

struct group {
  std::string name; ///< "finance"
  std::string address;
  std::vector<std::string> members; ///< user names
};

/// Defender for Office 365 plan of the whole tenant. Click alerts need Plan 2 (or E5).
enum class licence { none, plan1, plan2 };

/// How long after its cause each view shows a thing. Scenario-settable; the defaults are choices
/// within what the sheets measured (graph-security 3.2 and 7, management-activity-api 6).
struct visibility_delays {
  duration hunting_clicks = std::chrono::minutes{5};
  duration hunting_mail = std::chrono::minutes{5};
  duration message_trace = std::chrono::minutes{5};
  duration alert = std::chrono::minutes{2};         ///< verdict or override to alert
  duration investigation = std::chrono::minutes{5}; ///< alert to automated investigation
  duration audit_click = std::chrono::minutes{37};  ///< click to its RecordType 41 blob
  duration audit_other = std::chrono::minutes{30};
  duration sign_in = std::chrono::minutes{5};
  duration directory_audit = std::chrono::minutes{5};
  duration risk = std::chrono::minutes{10};     ///< detection to being listed
  duration directory = std::chrono::minutes{1}; ///< change of an account to delta and lists
  duration subscription{};                      ///< start of a subscription to its being in force
  duration first_content{}; ///< start of a subscription to the first list that shows content
  duration cloud_apps = std::chrono::minutes{2};     ///< to being listed, or saved
  duration azure_activity = std::chrono::minutes{5}; ///< to the Activity log
  /// New policies and rules to being found by cmdlets: seconds to minutes were seen
  /// (exchange-and-safelinks sheet, 2.4).
  duration exchange_replication{};
  /// Of an action on a device that is connected: Pending to InProgress, and from there to its end.
  duration device_action_starts = std::chrono::seconds{30};
  duration device_action_takes = std::chrono::minutes{2};
  duration listing{}; ///< extra time before an alert, incident or blob dated T can be listed
};

/// Which of two sheets' readings holds, where they differ.
struct readings {
  /// A blocked click also raises "A potentially malicious URL click was detected"
  /// (exchange-and-safelinks 6.1 says so, graph-security 3.1 only speaks of changed verdicts).
  bool blocked_click_alerts = true;
  /// `@odata.nextLink` of alerts_v2 and incidents carries `$skiptoken` instead of `$skip`.
  bool next_link_skiptoken = false;
  /// UrlClickEvents.IsClickedThrough arrives as JSON bool instead of SByte with a sidecar.
  bool hunting_json_booleans = false;
  /// Sign-ins ask for Directory.Read.All besides AuditLog.Read.All, as in older tenants
  /// (graph-directory sheet, 2.1).
  bool sign_ins_need_directory_role = false;
  /// Delta rounds start with an empty page and repeat objects, as documented to be possible.
  bool delta_repeats = false;
  /// How the Reporting Web Service writes JSON: "verbose" (OData v2), "escaped" (the same with
  /// `\/Date(ms)\/`), "flat" (a plain `value` array), or "atom", whatever is asked for.
  std::string reporting_form = "verbose";
  /// The list of subscriptions stays empty, whatever was started.
  bool subscriptions_unlisted = false;
  /// Its elements have no `status`, as in a sample of the reference.
  bool subscription_status_missing = false;
  /// Status of a webhook that another tool gave the subscriptions: "enabled", "disabled",
  /// "expired", or "none".
  std::string subscription_webhook = "none";
  /// Content lists have empty pages between the others, and `nextpageuri` in small letters.
  bool content_empty_pages = false;
  /// Next links of Exchange's admin API are refused for every client, as some saw
  /// (exchange-and-safelinks sheet, 2.3).
  bool exchange_links_fail = false;
  /// A revoke of sessions answers 204 instead of 200 and true, as a known issue says it should.
  bool revoke_answers_204 = false;
  /// Isolating a device again while that runs answers with the running action instead of a 400:
  /// both were seen, depending on timing (defender-cloudapps-azure sheet, 1.6).
  bool isolation_repeats_action = false;
};

/// Pages smaller than the services' own, so that a short scenario can have many; 0 = the service's.
struct page_sizes {
  std::int64_t alerts = 0;
  std::int64_t incidents = 0;
  std::int64_t sign_ins = 0;
  std::int64_t directory_audits = 0;
  std::int64_t risk = 0;          ///< risk detections and risky users
  std::int64_t directory = 0;     ///< users, groups or devices a page
  std::int64_t content = 0;       ///< content objects a page of the Management Activity API
  std::int64_t hunting_rows = 0;  ///< rows a hunting query may give
  std::int64_t message_trace = 0; ///< of all sources of message traces
  std::int64_t exchange = 0;      ///< rows of a cmdlet
  std::int64_t azure_activity = 0;
};

/// A rule of somebody's inbox.
struct inbox_rule {
  std::string id; ///< how a scenario speaks of it
  std::string user;
  std::string name;
  std::vector<std::string> forward_to; ///< addresses
  std::vector<std::string> redirect_to;
  std::vector<std::string> forward_as_attachment_to;
  std::vector<std::string> subject_contains;
  std::string move_to; ///< well-known name of a folder, or ""
  bool deletes = false;
  bool enabled = true;
  bool read_only = false;
};

/// The tenant before anything happens.
struct standing {
  std::string tenant_id;
  std::string domain = "contoso.com";
  std::string organisation = "Contoso";
  /// Where Defender for Cloud Apps keeps the tenant.
  std::string cloud_apps_host = "contoso.us3.portal.cloudappsecurity.com";
  std::string cloud = "global"; ///< "global", "gcc", "gcc_high", "dod", "china"
  licence plan = licence::plan2;
  entra_licence entra = entra_licence::p2;
  /// From when clicks in Teams raise alerts; Microsoft rolled this out in 2026 (roadmap 557549).
  instant teams_click_alerts_from = instant::min();
  bool audit_enabled = true;
  /// From when the service principal that Graph's message traces need stands in the tenant.
  instant message_trace_from = instant::min();
  /// When the Reporting Web Service is switched off for this tenant.
  instant reporting_service_retires = instant::max();
  instant audit_effective = instant::min(); ///< before it, auditing is as good as off
  std::vector<user> users;
  std::vector<group> groups;
  std::vector<device> devices;
  safe_links_setup safe_links; ///< no policy: only Built-in protection applies
  std::vector<list_entry> allow_block_list;
  std::vector<application> applications;
  std::vector<inbox_rule> inbox_rules; ///< that stand from the start
  access_setup access;                 ///< Conditional Access
  visibility_delays delays;
  readings choice_of_readings;
  page_sizes pages;
  instant start; ///< of the world: what lies before it is history
  duration token_lifetime = std::chrono::seconds{3599};
  std::uint64_t seed = 1;
};

// ---- what happens --------------------------------------------------------------------------

enum class threat { clean, phish, malware, impersonation };

struct attachment {
  std::string name;
  std::string sha256;
  threat verdict = threat::clean;
};

struct mail {
  std::string id; ///< how a scenario speaks of it
  std::string from;
  std::vector<std::string> to; ///< user names or addresses
  std::string subject;
  std::vector<std::string> urls;
  std::vector<attachment> attachments;
  threat verdict = threat::clean;        ///< what mail flow thought on arrival
  std::string location = "Inbox";        ///< "Inbox", "Junk", "Quarantine"
  std::optional<duration> visible_after; ///< replaces the default delay of its hunting rows
  std::optional<duration> pending_for;   ///< its trace says "pending" for so long
  std::string let_through_by;            ///< policy of the organisation that overruled the filters
};

struct teams_message {
  std::string id;
  std::string from;
  std::vector<std::string> to;
  std::string chat; ///< a name for the thread; messages of one name share it
  bool channel = false;
  std::vector<std::string> urls;
  threat verdict = threat::clean;
};

struct click {
  std::string id;
  std::string user;
  std::string url;
  std::string in;                ///< id of the mail or Teams message; empty: an Office document
  std::string device;            ///< device name; empty: the user's first device, or none
  bool goes_on = false;          ///< the user overrides the warning or scan page, if allowed
  bool scan_pending = false;     ///< the URL is being scanned at this moment
  bool triggers_verdict = false; ///< this click makes Defender turn the URL malicious
  std::string page = {};         ///< "error" or "tenant_block": met whatever Defender thinks
  std::optional<duration> hunting_after; ///< replaces the default delay of UrlClickEvents
  std::optional<duration> audit_after;   ///< replaces the default delay of RecordType 41
  duration audit_listed_after{};         ///< `contentCreated` to being listed: a late blob
};

/// Many clicks on one URL from many users, evenly spread; made by index, not held.
struct click_burst {
  std::string id;
  std::string url;
  std::string in;
  std::uint64_t count = 0;
  duration over{};
};

/// Defender changes its mind about a URL. Malicious: every click of the 48 hours before alerts.
struct url_verdict {
  std::string url;
  threat verdict = threat::phish;
  std::string id = {}; ///< how a scenario speaks of the change
};

/// Zero-hour auto purge of a delivered mail or Teams message.
struct zero_hour_purge {
  std::string message;
};

/// A new state of a policy, by name: keys are the fields of `safe_links_policy`.
struct policy_change {
  std::string policy;
  std::map<std::string, bool> set;
};

/// Safe Links has been configured anew.
struct safe_links_change {
  safe_links_setup becomes;
  std::string story; ///< "Set-SafeLinksPolicy by admin@contoso.com"
};

/// The Tenant Allow/Block List has been changed, or entries have expired.
struct list_change {
  std::vector<list_entry> becomes;
  std::string story; ///< "New-TenantAllowBlockListItems u.example by admin@contoso.com"
};

/// A mailbox forwards to somebody else, or no longer.
struct forwarding_change {
  std::string user; ///< name
  mail_forwarding becomes;
  std::string story;
};

/// An administrator runs a cmdlet of Exchange.
struct admin_command {
  std::string id;
  std::string by; ///< address of the administrator, or ""
  std::string cmdlet;
  nlohmann::json parameters;
};

/// A unified audit record of any workload, as one JSON object; missing common fields are filled.
struct audit_record {
  std::string id;
  std::string content_type; ///< "Audit.General", "Audit.Exchange", ...
  nlohmann::json fields;
  std::optional<duration> visible_after; ///< event to `contentCreated`
  duration listed_after{};               ///< `contentCreated` to being listed: a late blob
  std::uint64_t count = 1;               ///< that many records, alike but for their ids
  duration over{};                       ///< the time over which they happen
  std::uint64_t padding = 0;             ///< bytes of text that make a record longer
  std::optional<std::string> raw;        ///< exact bytes instead of `fields`
  std::string unreadable;                ///< its blob is listed but answers with this AF code
};

/// Many audit records of one operation, evenly spread, the users taking turns; made by index, not
/// held. `fields` hold neither `Id` nor `CreationTime`: these are made for each.
struct audit_burst {
  std::string id;
  std::string content_type;
  std::string operation;
  nlohmann::json fields;
  std::uint64_t count = 0;
  duration over{};
  std::optional<duration> visible_after; ///< event to `contentCreated`
};

/// The same audit record again, in another blob: at-least-once delivery.
struct redelivery {
  std::string of;          ///< id of a click or audit record
  bool shuffled = false;   ///< members in another order, other white space
  std::uint64_t times = 1; ///< each in a blob of its own
};

/// An analyst changes alerts raised for `of` (a click or message id), or all if empty.
struct alert_change {
  std::string of;
  std::map<std::string, std::string> set; ///< status, classification, determination, assignedTo
};

/// The same analyst act on incidents holding such alerts.
struct incident_change {
  std::string of;
  std::map<std::string, std::string> set;
};

/// Defender finds that two incidents are one: the first is redirected to the second, which gets
/// its alerts.
struct incident_merge {
  std::string of;   ///< id of a click or message whose alerts' incident goes
  std::string into; ///< the same for the one that stays
};

/// The status of a message trace changes in place: released, failed, recalled, ...
struct trace_change {
  std::string of;        ///< id of a mail
  std::string recipient; ///< user name or address; empty: every recipient
  std::string status;    ///< Graph's word: "delivered", "failed", ...
};

/// Somebody else acts on a subscription of the Management Activity API: an admin disables or
/// enables it, or another tool that runs as the same app stops it.
struct subscription_change {
  std::string content_type;
  bool enabled = false;
  bool stopped = false; ///< no longer listed, AF20022; else it is listed as disabled, AF20023
};

/// Something happens to accounts of the directory.
struct user_change {
  enum class act {
    updated,
    disabled,
    enabled,
    deleted,
    restored,
    purged,
    sessions_revoked,
    password_reset
  };
  std::vector<std::string> users; ///< names
  act what = act::updated;
  std::map<std::string, std::string> set = {}; ///< display_name, job_title, department
};

/// The members of a group change, or it is deleted.
struct group_change {
  std::string group;
  std::vector<std::string> add;    ///< user names
  std::vector<std::string> remove; ///< user names
  bool deleted = false;
};

/// What is known of a device changes, or it is deleted.
struct device_change {
  std::string device;
  std::optional<bool> managed;
  std::optional<bool> compliant;
  bool deleted = false;
  std::optional<bool> offline = {}; ///< whether it has lost its connection, or has it again
};

/// Somebody sets the automatic replies of a mailbox.
struct out_of_office {
  std::string user;
  std::string status = "scheduled"; ///< "disabled", "alwaysEnabled", "scheduled"
  instant from;                     ///< of a scheduled absence
  instant until;
  std::string audience = "all"; ///< "none", "contactsOnly", "all": who outside gets a reply
  std::string message;
};

/// The service rebuilds the state behind its delta tokens: those given out before are refused.
struct delta_reset {
  std::string collection;                 ///< "users", "groups", "devices"
  std::string code = "syncStateNotFound"; ///< or "resyncRequired"
  bool location = true;                   ///< the 410 says where to start anew
};

/// A record kept word for word, served through one feed's API (`[[records]]`).
struct verbatim_record {
  std::string feed;       ///< "alerts", "incidents", "audit_general", ...
  std::string raw;        ///< exact bytes
  std::string origin;     ///< file:line
  std::string table = {}; ///< of advanced hunting, for a feed that reads such tables
};

struct event {
  instant at;
  std::string origin; ///< scenario file:line
  std::variant<mail,
               teams_message,
               click,
               click_burst,
               url_verdict,
               zero_hour_purge,
               policy_change,
               safe_links_change,
               list_change,
               forwarding_change,
               admin_command,
               audit_record,
               audit_burst,
               redelivery,
               alert_change,
               incident_change,
               incident_merge,
               subscription_change,
               sign_in,
               directory_change,
               risk,
               risk_change,
               user_change,
               delta_reset,
               group_change,
               device_change,
               out_of_office,
               inbox_rule,
               access_change,
               cloud_app_alert,
               cloud_app_activity,
               azure_operation,
               cloud_workload_alert,
               trace_change,
               verbatim_record>
      what;
};

} // namespace mock_graph::tenant
