#pragma once
// What the tenant makes of the things that happen: facts that the views are derived from.
#include "mock_graph/tenant/events.hpp"

namespace mock_graph::tenant {

/// Where a link was clicked; the words of UrlClickEvents.Workload.
enum class workload { email, teams, office };

struct mail_fact {
  instant at;
  mail what;
  std::string network_message_id;
  std::string internet_message_id;
  std::vector<user> recipients; ///< members of this tenant only
  bool internal_sender = false;
  std::string sender_ip;
  std::string origin;
};

struct teams_fact {
  instant at;
  teams_message what;
  std::string message_id; ///< milliseconds since 1970, as Teams writes it
  std::string thread_id;
  std::vector<user> recipients;
  bool external_sender = false;
  std::string origin;
};

/// What the user met (exchange-and-safelinks sheet, 6.1).
enum class click_outcome { allowed, blocked, scan_pending };

/// A click that Safe Links checked and recorded. One real click gives one fact; `went_on` adds the
/// override to it.
struct click_fact {
  instant at;
  click what;
  user who;
  workload where = workload::email;
  click_outcome outcome = click_outcome::allowed;
  bool went_on = false;
  instant went_on_at;    ///< some seconds after the warning page
  std::string report_id; ///< GUID shared by the warning and the override
  std::string ip;
  threat known_threat = threat::clean; ///< what Defender thought at that moment
  const mail_fact* in_mail = nullptr;
  const teams_fact* in_teams = nullptr;
  std::string origin;
};

struct verdict_fact {
  instant at;
  std::string url;
  threat verdict = threat::clean;
  std::string origin;
};

struct purge_fact {
  instant at;
  const mail_fact* in_mail = nullptr;
  const teams_fact* in_teams = nullptr;
  threat reason = threat::phish;
  std::string origin;
};

/// Whoever derives a view from facts. Facts outlive their listeners' calls: they may be kept by
/// reference for as long as the tenant lives.
class listener {
public:
  virtual ~listener() = default;
  virtual void on(const mail_fact&) {}
  virtual void on(const teams_fact&) {}
  virtual void on(const click_fact&) {}
  virtual void on(const verdict_fact&) {}
  virtual void on(const purge_fact&) {}
  /// An event of a kind that makes no fact of its own: whoever knows the kind takes it. A change
  /// of a policy has been made when it is told.
  virtual void on(const event&) {}
};

} // namespace mock_graph::tenant
