#pragma once
// Weights, windows and words of the rules: data that a file may override.
#include "core/seams/time.hpp"
#include "core/toml_reading/diagnostic.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::triage {

/// How much a rule counts, and how it explains itself.
struct rule_row {
  std::string name;
  int weight = 0;  ///< how much surer of an attack it makes; of a benign end, for clearing rules
  int urgency = 0; ///< how much harm it tells of; may be negative
  bool on = true;
  std::string says; ///< a sentence for people; "{}" stands for what was found
};

struct settings {
  /// How long after a click, or a delivery, something counts as its aftermath.
  seams::duration after_sign_in{};
  seams::duration after_consent{};
  seams::duration after_rule{};
  seams::duration after_mail{};
  seams::duration sign_run{};       ///< signs of one account closer than this belong together
  seams::duration origin{};         ///< how far back a sign looks for the click it may come from
  seams::duration consent_origin{}; ///< how far back consent to an app does, to be worth a case
  seams::duration look_back{};      ///< clicks before a verdict that it judges again
  seams::duration burst{};          ///< in which failures of the second factor are counted
  seams::duration prompting{};      ///< in which they are, before one is accepted from abroad
  seams::duration slow_guessing{};  ///< the same as `guessing`, for accounts that work elsewhere
  seams::duration guessing{};       ///< in which wrong passwords from one address are counted
  seams::duration reading{};        ///< in which mails read or sent are counted
  seams::duration device_sign_in{}; ///< between a click and the sign-in that tells its device
  seams::duration scanner_delay{};  ///< a click sooner after delivery is hardly a person's

  std::int64_t mfa_failures = 0;
  std::int64_t mfa_prompts = 0; ///< within `prompting`
  std::int64_t wrong_passwords = 0;
  std::int64_t slow_wrong_passwords = 0; ///< within `slow_guessing`
  std::int64_t mails_read = 0;
  std::int64_t recipients_written = 0;
  std::int64_t scanner_clicks = 0; ///< of different people from one address within `scanner_delay`
  std::int64_t sender_domains = 0; ///< that may share a link which is merely suspicious

  std::int64_t malicious_from = 0;
  std::int64_t suspicious_from = 0;
  std::int64_t p1_from = 0;
  std::int64_t p2_from = 0;
  std::int64_t p3_from = 0;
  std::int64_t grave_from = 0; ///< weight of one sign that no clearing rule explains away

  std::vector<std::string> test_hosts;
  std::vector<std::string> testers;
  std::vector<std::string> scanner_addresses;
  std::vector<std::string> simulation_senders;
  std::vector<std::string> privileged_words; ///< parts of roles and job titles, lower case

  std::vector<std::string> own_domains;    ///< the tenant's, beside those of its people
  std::vector<std::string> hiding_folders; ///< parts of names of folders nobody looks into

  std::vector<std::string> sync_clients; ///< parts of names of mail programs of phones

  std::vector<rule_row> rules;

  [[nodiscard]] auto rule(std::string_view name) const -> const rule_row*;
};

struct read_settings_outcome {
  settings read;
  std::vector<toml_reading::diagnostic> wrong; ///< empty = `read` can be used
};

/// The text of the rules that ship with the connector: core/triage/default_rules.toml.
auto default_rules_text() -> std::string_view;

/// What that text says.
auto default_settings() -> const settings&;

/// The defaults, overridden by whatever `text` states; the tables and keys are those of the default
/// text. Complains of unknown keys, rules that do not exist, and values that do not fit, with line,
/// column, and the word that was probably meant. `file` is for the complaints.
auto read_settings(std::string_view text, const std::string& file) -> read_settings_outcome;

} // namespace core::triage
