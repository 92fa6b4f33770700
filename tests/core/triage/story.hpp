#pragma once
// Stored records for tests of triage, as the sheets show them, told as a story.
#include "core/triage/triage.hpp"

namespace tests {

/// "10:05" of 10 March 2026, or "11T08:00" of another day of it, as records write it.
auto at(const std::string& moment) -> std::string;

struct story {
  std::vector<core::record> records;
  std::vector<core::health_entry> health;

  void add(std::string feed, std::string key, std::string raw, std::string version = "");

  /// A mail with one link to each of `to`, delivered, without a threat: EmailEvents, EmailUrlInfo.
  void mail(const std::string& id,
            const std::string& when,
            const std::vector<std::string>& to,
            const std::string& url,
            const std::string& more = "");
  void teams(const std::string& id,
             const std::string& when,
             const std::string& to,
             const std::string& url);
  /// A row of UrlClickEvents.
  void click(const std::string& user,
             const std::string& when,
             const std::string& message,
             const std::string& url,
             const std::string& action,
             bool went_on = false,
             const std::string& address = "198.51.100.7");
  void click_in_teams(const std::string& user,
                      const std::string& when,
                      const std::string& message,
                      const std::string& url,
                      const std::string& action);
  /// "A potentially malicious URL click was detected", `more` inside the alert's object.
  void click_alert(const std::string& id,
                   const std::string& when,
                   const std::string& user,
                   const std::string& message,
                   const std::string& url,
                   const std::string& more = R"("status":"new","classification":null)");
  /// `more` holds what the plain, successful sign-in has differently.
  void sign_in(const std::string& user,
               const std::string& when,
               const std::string& address,
               const std::string& country,
               const std::string& more = R"("status":{"errorCode":0})");
  void rule(const std::string& user, const std::string& when, const std::string& forward_to);
  void healthy(const std::vector<std::string>& feeds);

  [[nodiscard]] auto evidence() const -> core::triage::evidence;
  [[nodiscard]] auto cases() const -> std::vector<core::triage::triage_case>;
  /// The one case there is.
  [[nodiscard]] auto only_case() const -> core::triage::triage_case;
};

/// The network message id number `n`.
auto mail_id(int n) -> std::string;

auto fired(const core::triage::triage_case& one, std::string_view rule) -> bool;
auto user(const core::triage::triage_case& one, std::string_view name)
    -> core::triage::affected_user;

} // namespace tests
