#pragma once
// Which facts are about one and the same thing.
//
// What joins: an alert and the messages and judged links of its evidence; an alert and its
// incident; an incident and the one it was merged into; a click and its message; a message, or a
// click, and each *judged* link; a message and each judged attachment. What does not:
//   * a link that nobody judged: a newsletter's link or a search engine joins nothing;
//   * a link that is merely suspicious and comes from many senders (limits.sender_domains): alerts
//     list every link of a mail, popular ones too;
//   * a person, a sender, a host: the same victim in two campaigns gives two cases. What happens to
//     an account is evidence in each case whose aftermath it is (aftermath.hpp), never glue.
// Joining is a union over natural keys, so the result does not depend on the order of anything.
#include "core/triage/settings.hpp"
#include "core/triage/triage_case.hpp"

namespace core::triage {

/// Where a thing stands after all that was said of it.
struct standing {
  judgement worst = judgement::clean;
  std::optional<seams::instant> malicious_since;
  std::optional<seams::instant> last_accused; ///< when somebody last said something bad of it
  /// Everybody who said something bad of it took it back later.
  bool cleared = false;
  record_ids from;
};
using standings = std::map<std::string, standing, std::less<>>;

auto standings_of(const std::vector<verdict>& verdicts) -> standings;

/// All records of one message, over its recipients.
struct letter {
  std::string id;
  std::string sender;
  std::string subject;
  direction way = direction::unknown;
  std::vector<std::string> urls;
  std::vector<std::string> files;
  std::vector<const message*> facts;
  /// By recipient, "" for none in particular: the last fact that says where the message is.
  std::map<std::string, const message*, std::less<>> last;
};
using letters = std::map<std::string, letter, std::less<>>;

auto letters_of(const std::vector<message>& messages) -> letters;

/// Where a message ended up with one recipient.
auto last_place(const letter& mail, const std::string& recipient) -> delivery;

/// What belongs together; points into the evidence and the letters.
struct cluster {
  std::vector<std::string> keys; ///< sorted natural keys of everything in it
  std::vector<const letter*> letters;
  std::vector<const click*> clicks;
  std::vector<const alert*> alerts;
  std::vector<const incident*> incidents;
  std::vector<std::string> judged; ///< links and messages in it that somebody judged, as keys
};

/// The clusters that are worth a case: an alert, an incident, a stopped or warned click, a report
/// by a user, a judged message that reached somebody, a judged link that somebody opened, a click
/// in a simulation. In order of their smallest key.
auto correlate(const evidence& known,
               const letters& mails,
               const standings& judged,
               const settings& how) -> std::vector<cluster>;

/// Whether an incident lives on in another one only.
auto is_merged_away(const incident& one) -> bool;

/// Whether mail was let through as a phishing simulation.
auto is_simulation(const letter& mail, const settings& how) -> bool;

} // namespace core::triage
