#pragma once
// What stored records say, as small facts: the only thing that triage looks at.
//
// Facts are values without identity. They compare member by member, so sorting them gives one order
// whatever order the records came in; two equal facts say the same and one of them is dropped.
#include "core/clicks/click_book.hpp"
#include "core/store/store.hpp"

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace core::triage {

/// Names a stored record: what every fact, finding and verdict rests on.
struct record_id {
  std::string feed;
  std::string key;
  std::string version;

  auto operator<=>(const record_id&) const = default;
};
using record_ids = std::vector<record_id>;

enum class medium { unknown, email, teams, office };

enum class delivery {
  unknown,
  delivered,
  junked,
  blocked, ///< never reached the mailbox or chat
  removed  ///< was there, then taken away: zero-hour auto purge, an admin, quarantine
};

enum class direction { unknown, inbound, outbound, internal };

/// One record's word on a message, for one recipient, or for none in particular.
struct message {
  std::string id; ///< "mail:<NetworkMessageId>" or "teams:<thread>/<message id>"
  std::string recipient;
  std::optional<seams::instant> at; ///< when it was received, or when this became of it
  std::string sender;
  std::string subject;
  delivery where = delivery::unknown;
  direction way = direction::unknown;
  bool user_reported = false;
  std::string override_by;        ///< policy that let it through or made an exception of it, or ""
  std::string report_id;          ///< what `remediate` takes
  std::vector<std::string> urls;  ///< comparable form
  std::vector<std::string> files; ///< "file:<SHA-256>" of attachments
  record_id from;

  auto operator<=>(const message&) const = default;
};

enum class judgement { clean, suspicious, malicious };

/// What Microsoft thought of a URL, a message or a file, from a time on.
struct verdict {
  seams::instant at;
  judgement says = judgement::suspicious;
  std::string of; ///< "url:…", "mail:…", "teams:…", "file:<SHA-256>"
  std::string by; ///< "Phish ZAP", "EmailEvents", the alert's title
  record_id from;

  auto operator<=>(const verdict&) const = default;
};

/// One version of an alert.
struct alert {
  std::string id; ///< "alert:<id>", with the product's prefix
  seams::instant updated;
  std::optional<seams::instant> created;
  std::string title;
  std::string severity; ///< lower case, as are all words of enumerations
  std::string status;
  std::string classification;
  std::string determination;
  std::string investigation; ///< state of the automated investigation, or ""
  std::string incident;      ///< "incident:<id>", or ""
  std::vector<std::string> users;
  std::vector<std::string> things;  ///< messages and URLs of its evidence, as keys
  std::vector<std::string> devices; ///< Defender's machine ids
  std::vector<std::string> allowed; ///< people whose clicks it says were allowed
  record_id classified_by;          ///< the incident that was classified for it, or none
  record_id from;
  seams::instant classified_at{}; ///< `updated` of the first version with that classification

  auto operator<=>(const alert&) const = default;
};

/// One version of an incident.
struct incident {
  std::string id; ///< "incident:<id>"
  seams::instant updated;
  std::optional<seams::instant> created;
  std::string title;
  std::string status;
  std::string classification;
  std::string determination;
  std::string redirected_to; ///< "incident:<id>" after a merger, or ""
  record_id from;
  std::string severity{};
  seams::instant classified_at{}; ///< `updated` of the first version with that classification

  auto operator<=>(const incident&) const = default;
};

/// Automated investigation and response, as the audit log tells it.
struct investigation {
  std::string id;
  seams::instant at;
  std::string status;
  std::vector<std::string> things; ///< alerts, messages, URLs
  record_id from;

  auto operator<=>(const investigation&) const = default;
};

/// One real click, from whatever records tell of it.
struct click {
  seams::instant at;
  std::string user;
  std::string url;     ///< comparable form
  std::string message; ///< key of the message that held the link, or ""
  medium in = medium::unknown;
  clicks::action met = clicks::action::unknown;
  bool went_on = false;
  bool threat_known = false; ///< the record names a threat already
  std::string address;       ///< public address of the device, or ""
  record_ids from;

  auto operator<=>(const click&) const = default;
};

struct sign_in {
  std::string user;
  seams::instant at;
  std::int64_t error = 0; ///< AADSTS number; 0 = success
  std::string address;
  std::string country; ///< two letters, or ""
  std::string risk;    ///< "medium", "high", ... during the sign-in
  std::string app;
  std::string device;          ///< directory id of the device, or ""
  std::string system;          ///< operating system and browser, for people
  std::optional<bool> managed; ///< managed or compliant, as the sign-in says
  record_id from;
  bool second_factor = false; ///< passed during this sign-in, not by an older token

  auto operator<=>(const sign_in&) const = default;
};

/// One version of a risk: of one detection, or of a user as a whole.
struct risk {
  std::string user;
  seams::instant at; ///< when the risky thing happened
  seams::instant updated;
  std::string id;
  std::string level;
  std::string state;
  std::string type; ///< "unfamiliarFeatures", or "" for a user's aggregate
  std::string address;
  record_id from;

  auto operator<=>(const risk&) const = default;
};

enum class change_kind {
  forwarding_rule,
  hiding_rule, ///< deletes, or moves away and marks as read
  moving_rule, ///< moves to `folder`, which tidy people do, too
  mailbox_forwarding,
  app_consent,
  mail_read,     ///< items opened through the mailbox audit
  mail_read_all, ///< a whole folder was synchronised, or so much read that auditing was throttled
  mail_sent,
  role_added,
  role_removed
};

/// Something done to an account or mailbox, or with it.
struct change {
  std::string user; ///< whose account or mailbox; a name where the record has no address of it
  seams::instant at;
  change_kind what = change_kind::mail_read;
  std::string detail;               ///< rule's name, app's name, role
  std::vector<std::string> targets; ///< where mail is sent
  std::string folder;               ///< where a rule moves mail
  std::string by;                   ///< who did it to the mailbox of somebody
  std::int64_t amount = 1;          ///< mails read or recipients written to
  std::string address;
  std::string subject; ///< of sent mail
  record_id from;

  auto operator<=>(const change&) const = default;
};

struct device {
  std::string id; ///< directory id
  std::string name;
  bool managed = false;
  record_id from;

  auto operator<=>(const device&) const = default;
};

struct person {
  std::string id;
  std::string user; ///< user principal name, lower case
  std::string title;
  bool guest = false;
  bool synced = false;
  record_id from;
  std::string name{}; ///< as the directory shows it, lower case

  auto operator<=>(const person&) const = default;
};

/// Automatic replies, as set when the record was made.
struct absence {
  std::string person; ///< id in the directory
  bool always = false;
  std::optional<seams::instant> from_when;
  std::optional<seams::instant> until;
  record_id from;

  auto operator<=>(const absence&) const = default;
};

/// A Safe Links policy, as far as it decides what can be seen.
struct link_policy {
  std::string name;
  std::string version;
  bool tracks_clicks = true;
  bool click_through = true;
  record_id from;

  auto operator<=>(const link_policy&) const = default;
};

/// A feed that could not be read, as of the end of its health history.
struct gap {
  std::string feed;
  std::string state; ///< "insufficient_permissions", ..., or "not collected"
  std::string why;   ///< a sentence for people

  auto operator<=>(const gap&) const = default;
};

/// Everything known, each list sorted (people by user), without doubles; of what has versions, the
/// newest only.
struct evidence {
  std::vector<message> messages;
  std::vector<verdict> verdicts;
  std::vector<alert> alerts;
  std::vector<incident> incidents;
  std::vector<investigation> investigations;
  std::vector<click> clicks;
  std::vector<sign_in> sign_ins;
  std::vector<risk> risks;
  std::vector<change> changes;
  std::vector<device> devices;
  std::vector<person> people;
  std::vector<absence> absences;
  std::vector<link_policy> policies;
  std::vector<gap> gaps;
};

/// Whether an alert of that title is one of the two that Safe Links raises on clicks; both rest on
/// a URL that is malicious (graph-security sheet, 3.1). Other titles speak of malicious URLs too.
auto is_click_alert(std::string_view title) -> bool;

/// "url:…" of an address as it stands in a record: unwrapped and in comparable form. "" for none.
auto url_key(std::string_view address) -> std::string;

/// "mail:…" of a NetworkMessageId with or without dashes. "" for none.
auto mail_key(std::string_view network_message_id) -> std::string;

/// "teams:<thread>/<message>" of hunting's `/chats/<thread>/messages/<message>`, or of both parts
/// as Graph's evidence names them. Without a thread "teams:?/<message>". "" for none.
auto teams_key(std::string_view thread, std::string_view message) -> std::string;

/// Address of a person as facts compare it: lower case, without "smtp:" and blanks.
auto address_key(std::string_view address) -> std::string;

} // namespace core::triage
