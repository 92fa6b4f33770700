#include "mock_graph/tenant/tenant.hpp"

#include "core/seams/choices.hpp"
#include "core/seams/http.hpp"
#include "core/seams/letters.hpp"
#include "mock_graph/tenant/list_rules.hpp"
#include "mock_graph/tenant/safe_links.hpp"
#include "mock_graph/tenant/sign_in_rules.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace mock_graph::tenant {
namespace {

/// The user looks at the warning page before going on; the sheets show "some seconds".
constexpr auto seconds_on_warning_page = std::chrono::seconds{9};

auto has_domain(std::string_view address, std::string_view domain) -> bool {
  const auto at = address.rfind('@');
  return at != std::string_view::npos && seams::equal_ignoring_case(address.substr(at + 1), domain);
}

auto network_message_id(const standing& state, const std::string& id, instant at) -> std::string {
  return clock_guid(state.seed, "mail/" + id, at);
}

auto members_among(const tenant& owner, const std::vector<std::string>& addressees)
    -> std::vector<user> {
  auto found = std::vector<user>();
  for (const auto& name : addressees) {
    if (const auto* who = owner.find_user(name)) {
      found.push_back(*who);
    }
  }
  return found;
}

auto address_of(const tenant& owner, const std::string& name_or_address) -> std::string {
  const auto* who = owner.find_user(name_or_address);
  return who == nullptr ? name_or_address : who->upn;
}

auto thread_id(const standing& state, const teams_message& what) -> std::string {
  auto hex = seams::named_guid(state.seed, "thread/" + what.chat);
  std::erase(hex, '-');
  return "19:" + hex + (what.channel ? "@thread.tacv2" : "@thread.v2");
}

auto device_ip(const standing& state, const user& who, const std::string& device_name)
    -> std::string {
  for (const auto& device : state.devices) {
    if (device_name.empty() ? device.owner == who.name : device.name == device_name) {
      return device.ip;
    }
  }
  return {};
}

} // namespace

auto clock_guid(std::uint64_t seed, std::string_view name, instant at) -> std::string {
  constexpr auto ticks_at_1970 = 621'355'968'000'000'000LL;
  const auto ticks = static_cast<std::uint64_t>(at.time_since_epoch().count() + ticks_at_1970);
  auto tail = std::array<char, 16>{};
  std::snprintf(tail.data(), tail.size(), "%012llx", static_cast<unsigned long long>(ticks >> 16U));
  return seams::named_guid(seed, name).substr(0, 24) + tail.data();
}

tenant::tenant(standing state, const std::vector<event>& events) : state_(std::move(state)) {
  for (const auto& what : events) {
    schedule(what);
  }
  watch_list();
}

void tenant::schedule(const event& what) {
  time_.at(what.at, [this, what](instant) { happen(what); });
}

auto tenant::find_user(std::string_view name_or_address) const -> const user* {
  const auto found = std::ranges::find_if(state_.users, [&](const user& who) {
    return who.name == name_or_address || seams::equal_ignoring_case(who.upn, name_or_address);
  });
  return found == state_.users.end() ? nullptr : &*found;
}

auto tenant::find_mail(const std::string& id) const -> const mail_fact* {
  const auto found = mail_by_id_.find(id);
  return found == mail_by_id_.end() ? nullptr : found->second;
}

auto tenant::verdict_of(const std::string& url) const -> threat {
  const auto found = verdicts_.find(url);
  return found == verdicts_.end() ? threat::clean : found->second;
}

void tenant::happen(const event& what) {
  flow_before(what.at);
  if (!std::holds_alternative<verbatim_record>(what.what)) {
    ++changes_;
  }
  std::visit(
      [&](const auto& kind) {
        if constexpr (requires { happen(what.at, what.origin, kind); }) {
          happen(what.at, what.origin, kind);
        } else {
          for (auto* who : listeners_) {
            who->on(what);
          }
        }
      },
      what.what);
  settle_bursts();
}

void tenant::happen(instant at, const std::string& origin, const mail& what) {
  auto fact = mail_fact();
  fact.at = at;
  fact.what = what;
  fact.what.from = address_of(*this, what.from);
  fact.network_message_id = network_message_id(state_, what.id, at);
  fact.internet_message_id =
      "<" + what.id + "@" + fact.what.from.substr(fact.what.from.rfind('@') + 1) + ">";
  fact.recipients = members_among(*this, what.to);
  fact.internal_sender = has_domain(what.from, state_.domain) || find_user(what.from) != nullptr;
  fact.sender_ip = "203.0.113." + std::to_string(seams::mix(state_.seed, what.from) % 254 + 1);
  fact.origin = origin;
  if (const auto* entry = entry_against(state_.allow_block_list, fact)) {
    stop_mail(fact, *entry);
  }
  mail_by_id_[what.id] = &tell(mails_, std::move(fact));
}

void tenant::happen(instant at, const std::string& origin, const teams_message& what) {
  auto fact = teams_fact();
  fact.at = at;
  fact.what = what;
  fact.what.from = address_of(*this, what.from);
  fact.message_id = std::to_string(
      std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count());
  fact.thread_id = thread_id(state_, what);
  fact.recipients = members_among(*this, what.to);
  fact.external_sender = !has_domain(what.from, state_.domain) && find_user(what.from) == nullptr;
  fact.origin = origin;
  teams_by_id_[what.id] = &tell(teams_, std::move(fact));
}

auto tenant::fact_of(instant at, const std::string& origin, const click& what) const
    -> std::optional<click_fact> {
  const auto* who = find_user(what.user);
  if (who == nullptr || state_.plan == licence::none) {
    return std::nullopt;
  }
  auto fact = click_fact();
  fact.at = at;
  fact.what = what;
  fact.who = *who;
  if (const auto mail = mail_by_id_.find(what.in); mail != mail_by_id_.end()) {
    fact.in_mail = mail->second;
  } else if (const auto teams = teams_by_id_.find(what.in); teams != teams_by_id_.end()) {
    fact.in_teams = teams->second;
  }
  fact.where = fact.in_mail != nullptr    ? workload::email
               : fact.in_teams != nullptr ? workload::teams
                                          : workload::office;
  const auto policy = policy_for(state_, *who);
  const auto internal = fact.in_mail != nullptr && fact.in_mail->internal_sender;
  fact.known_threat = verdict_of(what.url);
  const auto listed =
      outcome_by_list(list_on_click(state_.allow_block_list, what.url), fact.known_threat);
  fact.outcome = !what.page.empty() ? outcome_on(what.page)
                 : listed           ? *listed
                                    : outcome_of(policy, fact.known_threat, what.scan_pending);
  fact.went_on = what.goes_on && may_go_on(policy, fact.outcome);
  fact.went_on_at = at + seconds_on_warning_page;
  fact.report_id = seams::named_guid(state_.seed, "click/" + what.id);
  fact.ip = device_ip(state_, *who, what.device);
  fact.origin = origin;
  const auto left_alone = fact.where == workload::email && is_left_alone(policy, what.url);
  return covers(policy, fact.where, internal) && policy.track_clicks && !left_alone
             ? std::optional(std::move(fact))
             : std::nullopt;
}

void tenant::happen(instant at, const std::string& origin, const click& what) {
  if (auto fact = fact_of(at, origin, what)) {
    tell(clicks_, std::move(*fact));
  }
  const auto clicks_count = find_user(what.user) != nullptr && state_.plan != licence::none;
  if (what.triggers_verdict && clicks_count) {
    happen(at, origin, url_verdict{what.url, threat::phish});
  }
}

void tenant::happen(instant at, const std::string& origin, const url_verdict& what) {
  verdicts_[what.url] = what.verdict;
  tell(verdict_log_, verdict_fact{at, what.url, what.verdict, origin});
}

void tenant::happen(instant at, const std::string& origin, const zero_hour_purge& what) {
  auto fact = purge_fact();
  fact.at = at;
  fact.origin = origin;
  if (const auto mail = mail_by_id_.find(what.message); mail != mail_by_id_.end()) {
    fact.in_mail = mail->second;
  } else if (const auto teams = teams_by_id_.find(what.message); teams != teams_by_id_.end()) {
    fact.in_teams = teams->second;
  }
  tell(purges_, std::move(fact));
}

void tenant::happen(instant at, const std::string& origin, const policy_change& what) {
  static constexpr auto switches = std::array{
      std::pair{"enable_for_email", &safe_links_policy::enable_for_email},
      std::pair{"enable_for_teams", &safe_links_policy::enable_for_teams},
      std::pair{"enable_for_office", &safe_links_policy::enable_for_office},
      std::pair{"track_clicks", &safe_links_policy::track_clicks},
      std::pair{"allow_click_through", &safe_links_policy::allow_click_through},
      std::pair{"scan_urls", &safe_links_policy::scan_urls},
      std::pair{"enable_for_internal_senders", &safe_links_policy::enable_for_internal_senders}};
  for (auto& policy : state_.safe_links.policies) {
    for (const auto& [name, member] : switches) {
      const auto wanted = what.set.find(name);
      if (policy.name == what.policy && wanted != what.set.end()) {
        policy.*member = wanted->second;
      }
    }
  }
  const auto done = event{at, origin, what};
  for (auto* who : listeners_) {
    who->on(done);
  }
}

void tenant::happen(instant at, const std::string& origin, const safe_links_change& what) {
  state_.safe_links = what.becomes;
  const auto done = event{at, origin, what};
  for (auto* who : listeners_) {
    who->on(done);
  }
}

void tenant::happen(instant at, const std::string& origin, const list_change& what) {
  state_.allow_block_list = what.becomes;
  std::erase_if(state_.allow_block_list,
                [&](const list_entry& entry) { return entry.until && *entry.until <= at; });
  const auto done = event{at, origin, what};
  for (auto* who : listeners_) {
    who->on(done);
  }
  watch_list();
}

void tenant::watch_list() {
  if (const auto next = next_expiry(state_.allow_block_list)) {
    time_.at(*next, [this](instant at) {
      const auto due = next_expiry(state_.allow_block_list);
      if (due && *due <= at) {
        happen({at, "", list_change{state_.allow_block_list, "expired"}});
      }
    });
  }
}

void tenant::happen(instant at, const std::string& origin, const forwarding_change& what) {
  const auto found = std::ranges::find(state_.users, what.user, &user::name);
  if (found != state_.users.end()) {
    found->forwarding = what.becomes;
  }
  const auto done = event{at, origin, what};
  for (auto* who : listeners_) {
    who->on(done);
  }
}

void tenant::happen(instant at, const std::string& origin, const user_change& what) {
  for (const auto& name : what.users) {
    const auto found = std::ranges::find(state_.users, name, &user::name);
    if (found != state_.users.end()) {
      apply_access(what.what, at, *found);
    }
  }
  const auto done = event{at, origin, what};
  for (auto* who : listeners_) {
    who->on(done);
  }
}

void tenant::happen(instant at, const std::string& origin, const access_change& what) {
  state_.access = what.becomes;
  const auto done = event{at, origin, what};
  for (auto* who : listeners_) {
    who->on(done);
  }
}

} // namespace mock_graph::tenant
