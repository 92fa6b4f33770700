#include "core/health/monitor.hpp"

#include <algorithm>
#include <array>

namespace core::health {
namespace {

struct named_state {
  std::string_view code;
  std::string_view state;
};

/// Words of the login, of Graph and of the Management API (identity sheet, 5.1; graph-security
/// sheet, 5.3; management-activity-api sheet, 4), then our own.
constexpr auto states = std::to_array<named_state>({
    {"invalid_client", "authentication_failed"},
    {"unauthorized_client", "authentication_failed"},
    {"invalid_request", "authentication_failed"},
    {"invalid_resource", "authentication_failed"},
    {"invalid_scope", "authentication_failed"},
    {"invalid_grant", "authentication_failed"},
    {"login_refused", "authentication_failed"},
    {"secret_unavailable", "authentication_failed"},
    {"key_unreadable", "authentication_failed"},
    {"key_too_short", "authentication_failed"},
    {"key_mismatch", "authentication_failed"},
    {"passphrase_wrong", "authentication_failed"},
    {"certificate_unreadable", "authentication_failed"},
    {"AADSTS700024", "clock_skew"},
    {"AADSTS900382", "wrong_region"},
    {"AADSTS900432", "wrong_region"},
    {"AADSTS90038", "wrong_region"},
    {"AADSTS90051", "wrong_region"},
    {"AADSTS50049", "wrong_region"},
    {"invalid_instance", "wrong_region"},
    {"wrong_audience", "wrong_region"},
    {"token_not_accepted", "wrong_region"},
    {"not_in_this_cloud", "wrong_region"},
    {"InvalidAuthenticationToken", "authentication_failed"},
    {"Authentication_MissingOrMalformed", "authentication_failed"},
    {"Unauthorized", "authentication_failed"},
    {"401", "authentication_failed"},
    {"AF20010", "authentication_failed"},
    {"AF20011", "authentication_failed"},
    {"AF20013", "authentication_failed"},
    {"AF20052", "authentication_failed"},
    {"AF10001", "insufficient_permissions"},
    {"Forbidden", "insufficient_permissions"},
    {"Authorization_RequestDenied", "insufficient_permissions"},
    {"Authentication_MSGraphPermissionMissing", "insufficient_permissions"},
    {"Authentication_ApplicationHasNoDirectoryReadAccess", "insufficient_permissions"},
    {"ErrorAccessDenied", "insufficient_permissions"},
    {"app_role_missing", "insufficient_permissions"},
    {"directory_role_missing", "insufficient_permissions"},
    {"AuthorizationFailed", "insufficient_permissions"},
    {"ExpiredAuthenticationToken", "authentication_failed"},
    {"403", "insufficient_permissions"},
    {"Authentication_RequestFromNonPremiumTenantOrB2CTenant", "not_licensed"},
    {"table_missing", "not_licensed"},
    {"service_principal_missing", "insufficient_permissions"},
    {"reporting_service_refused", "insufficient_permissions"},
    {"reporting_service_retired", "retired_api"},
    {"AF20022", "subscription_disabled"},
    {"AF20023", "subscription_disabled"},
    {"audit_disabled", "subscription_disabled"},
    {"AF429", "throttled"},
    {"429", "throttled"},
    {"retry_after", "throttled"},
    {"foreign_link", "bad_answer"},
    {"endless_chain", "bad_answer"},
    {"answer_malformed", "bad_answer"},
    {"answer_too_large", "bad_answer"},
    {"store_full", "store_failed"},
    {"store_damaged", "store_failed"},
    {"store_unavailable", "store_failed"},
});

/// Texts that depend on what is configured, so that a new text means a new mistake; that tell until
/// when a feed is held back; or how much is missing.
constexpr auto telling = std::to_array<std::string_view>({"429",
                                                          "AF429",
                                                          "retry_after",
                                                          "AuthorizationFailed",
                                                          "AADSTS7000215",
                                                          "AADSTS700016",
                                                          "AADSTS700027",
                                                          "AADSTS90002",
                                                          "AADSTS900382",
                                                          "AADSTS900432",
                                                          "wrong_audience",
                                                          "token_not_accepted",
                                                          "blobs_waiting"});

/// Trouble that should pass by itself. A bad answer is not among them: it may be a remark of a poll
/// that went well.
constexpr auto passing =
    std::to_array<std::string_view>({"service_unavailable", "throttled", "subscription_disabled"});
/// Longer than an outage that people need not care about.
constexpr auto stalled_after = seams::duration{std::chrono::hours{24}};

/// Auditing that is switched off stays so until somebody switches it on.
auto should_pass(std::string_view state, std::string_view code) -> bool {
  return std::ranges::find(passing, state) != passing.end() && code != "audit_disabled";
}

auto says_the_same(const health_entry& known, const health_entry& next) -> bool {
  const auto text_counts = std::ranges::find(telling, next.code) != telling.end();
  return known.state == next.state && known.code == next.code &&
         (!text_counts || known.text == next.text);
}

} // namespace

auto state_of(const seams::failure& why) -> std::string_view {
  const auto found = std::ranges::find(states, why.code, &named_state::code);
  if (found != states.end()) {
    return found->state;
  }
  if (why.code.starts_with("AADSTS")) {
    return "authentication_failed";
  }
  return why.next == seams::reaction::stop_and_diagnose ? "request_refused" : "service_unavailable";
}

auto monitor::recall() -> seams::result<void> {
  auto history = store_.health();
  if (!history) {
    return history.error();
  }
  for (auto& entry : *history) {
    if (entry.state == "gap") {
      continue;
    }
    if (should_pass(entry.state, entry.code)) {
      troubled_since_.try_emplace(entry.feed, entry.at);
    } else if (entry.state == "stalled") {
      troubled_since_.try_emplace(entry.feed, entry.at - stalled_after);
    } else if (entry.state != "bad_answer") {
      troubled_since_.erase(entry.feed);
    }
    last_[entry.feed] = std::move(entry);
  }
  return {};
}

auto monitor::all_is_well(const std::string& feed, seams::instant at) -> std::vector<health_entry> {
  troubled_since_.erase(feed);
  return change({feed, "ok", "", "reading", at});
}

auto monitor::remarked(const std::string& feed, const remark& what, seams::instant at)
    -> std::vector<health_entry> {
  troubled_since_.erase(feed);
  return change({feed, what.state, what.code, what.text, at});
}

void monitor::forget(const std::string& feed) {
  last_.erase(feed);
}

auto monitor::went_wrong(const std::string& feed, const seams::failure& why, seams::instant at)
    -> std::vector<health_entry> {
  const auto state = std::string(state_of(why));
  if (!should_pass(state, why.code) && state != "bad_answer") {
    troubled_since_.erase(feed);
    return change({feed, state, why.code, why.why, at});
  }
  const auto since = troubled_since_.try_emplace(feed, at).first->second;
  if (at - since < stalled_after) {
    return change({feed, state, why.code, why.why, at});
  }
  return change({feed,
                 "stalled",
                 why.code,
                 "not read to its end since " + seams::to_rfc3339(since) + ": " + why.why,
                 at});
}

auto monitor::change(health_entry next) -> std::vector<health_entry> {
  auto& known = last_[next.feed];
  if (says_the_same(known, next)) {
    return {};
  }
  known = next;
  return {std::move(next)};
}

auto gap(const std::string& feed, std::string code, std::string text, seams::instant at)
    -> health_entry {
  return {feed, "gap", std::move(code), std::move(text), at};
}

} // namespace core::health
