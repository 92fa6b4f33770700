#pragma once
// What the tenant makes of the things that happen: facts that the views are derived from.
#include "mock_graph/tenant/even_times.hpp"
#include "mock_graph/tenant/events.hpp"

#include <memory>

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
  /// Override that quarantined it, as Threat Explorer names it, or "".
  std::string stopped_by = {};
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
enum class click_outcome {
  allowed,
  blocked,
  scan_pending,
  blocked_by_tenant,
  allowed_by_tenant, ///< by an entry of the Tenant Allow/Block List
  error_page
};

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

/// What the clicks of a burst have in common for as long as nothing changes in the tenant: for each
/// user, in turn, all of the fact but its time, id and report id; nothing where the click of that
/// user leaves no record.
using click_parts = std::vector<std::optional<click_fact>>;

/// Clicks [from, to) of a burst that met one state of the tenant. Each is a function of its number
/// and made when somebody asks for it.
struct click_run {
  even_times times; ///< of the whole burst
  std::uint64_t from = 0;
  std::uint64_t to = 0;
  std::shared_ptr<const click_parts> parts;
  std::uint64_t seed = 0;

  /// What click `n` has in common with others, or null if it leaves no record.
  [[nodiscard]] auto part(std::uint64_t n) const -> const click_fact* {
    const auto& found = (*parts)[n % parts->size()];
    return found ? &*found : nullptr;
  }
  /// Of a click that leaves a record.
  [[nodiscard]] auto id(std::uint64_t n) const -> std::string;
  [[nodiscard]] auto report_id(std::uint64_t n) const -> std::string;
  [[nodiscard]] auto fact(std::uint64_t n) const -> click_fact;
  /// Whether `next` goes on where this run ends, with nothing changed.
  [[nodiscard]] auto goes_on_in(const click_run& next) const -> bool {
    return parts == next.parts && to == next.from;
  }
};

/// Records [from, to) of a burst of audit records.
struct audit_run {
  std::shared_ptr<const audit_burst> what;
  even_times times;
  std::uint64_t from = 0;
  std::uint64_t to = 0;
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
  /// Clicks of a burst that raise no alert; those that do come one by one.
  virtual void on(const click_run&) {}
  virtual void on(const audit_run&) {}
  virtual void on(const verdict_fact&) {}
  virtual void on(const purge_fact&) {}
  /// An event of a kind that makes no fact of its own: whoever knows the kind takes it. A change
  /// of a policy has been made when it is told.
  virtual void on(const event&) {}
};

} // namespace mock_graph::tenant
