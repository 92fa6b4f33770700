#include "core/clouds.hpp"
#include "core/seams/choices.hpp"
#include "core/toml_reading/span.hpp"
#include "core/toml_reading/spell.hpp"
#include "mock_graph/tenant/safe_links.hpp"
#include "scenarios/model/readers.hpp"

#include <algorithm>
#include <array>

namespace scenarios::model {
namespace {

namespace tenant = mock_graph::tenant;

/// Ids of people and tenants do not depend on the run's seed: they are part of the scenario.
constexpr auto standing_seed = std::uint64_t{0x0ff7e4a47};

const auto ends_of_orders = std::vector<std::string>{"Succeeded", "Failed", "TimeOut"};
const auto trust_types = std::vector<std::string>{"AzureAd", "Workplace", "ServerAd"};
constexpr auto users_max = std::int64_t{100'000};

const auto presets = std::vector<std::string>{"standard", "strict"};
const auto webhook_states = std::vector<std::string>{"none", "enabled", "disabled", "expired"};
const auto reporting_forms = std::vector<std::string>{"verbose", "escaped", "flat", "atom"};
const auto licences = std::vector<std::string>{"none", "plan1", "plan2"};
const auto entra_licences = std::vector<std::string>{"free", "p1", "p2"};

void read_delays(table_reader& top, tenant::visibility_delays& out) {
  if (const auto* table = top.table("delays")) {
    auto read = table_reader(top.shared(), *table, "tenant.delays");
    const auto take = [&](const char* key, seams::duration& member) {
      member = read.span(key).value_or(member);
    };
    take("hunting_clicks", out.hunting_clicks);
    take("hunting_mail", out.hunting_mail);
    take("message_trace", out.message_trace);
    take("alert", out.alert);
    take("investigation", out.investigation);
    take("audit_click", out.audit_click);
    take("audit_other", out.audit_other);
    take("sign_in", out.sign_in);
    take("directory_audit", out.directory_audit);
    take("risk", out.risk);
    take("directory", out.directory);
    take("subscription", out.subscription);
    take("first_content", out.first_content);
    take("cloud_apps", out.cloud_apps);
    take("azure_activity", out.azure_activity);
    take("exchange_replication", out.exchange_replication);
    take("device_action_starts", out.device_action_starts);
    take("device_action_takes", out.device_action_takes);
    take("listing", out.listing);
    read.finish();
  }
}

void read_readings(table_reader& top, tenant::readings& out) {
  if (const auto* table = top.table("readings")) {
    auto read = table_reader(top.shared(), *table, "tenant.readings");
    const auto take = [&](const char* key, bool& member) {
      member = read.flag(key).value_or(member);
    };
    take("blocked_click_alerts", out.blocked_click_alerts);
    take("next_link_skiptoken", out.next_link_skiptoken);
    take("hunting_json_booleans", out.hunting_json_booleans);
    take("exchange_links_fail", out.exchange_links_fail);
    take("revoke_answers_204", out.revoke_answers_204);
    take("isolation_repeats_action", out.isolation_repeats_action);
    take("sign_ins_need_directory_role", out.sign_ins_need_directory_role);
    take("delta_repeats", out.delta_repeats);
    out.reporting_form = read.word("reporting_form", reporting_forms).value_or(out.reporting_form);
    take("subscriptions_unlisted", out.subscriptions_unlisted);
    take("subscription_status_missing", out.subscription_status_missing);
    out.subscription_webhook =
        read.word("subscription_webhook", webhook_states).value_or(out.subscription_webhook);
    take("content_empty_pages", out.content_empty_pages);
    read.finish();
  }
}

void read_page_sizes(table_reader& top, tenant::page_sizes& out) {
  if (const auto* table = top.table("page_sizes")) {
    auto read = table_reader(top.shared(), *table, "tenant.page_sizes");
    out.alerts = read.whole("alerts", 1, 1000).value_or(0);
    out.incidents = read.whole("incidents", 1, 50).value_or(0);
    out.sign_ins = read.whole("sign_ins", 1, 1000).value_or(0);
    out.directory_audits = read.whole("directory_audits", 1, 1000).value_or(0);
    out.risk = read.whole("risk", 1, 500).value_or(0);
    out.directory = read.whole("directory", 1, 999).value_or(0);
    out.exchange = read.whole("exchange", 1, 1000).value_or(0);
    out.azure_activity = read.whole("azure_activity", 1, 1000).value_or(0);
    out.content = read.whole("content", 1, 100'000).value_or(0);
    out.hunting_rows = read.whole("hunting_rows", 1, 100'000).value_or(0);
    out.message_trace = read.whole("message_trace", 1, 5000).value_or(0);
    read.finish();
  }
}

/// "always", "never" or the offset from which something is so.
void read_roll_out(table_reader& read, const char* key, seams::instant& from) {
  const auto words = read.text(key);
  if (!words || *words == "always") {
    return;
  }
  if (*words == "never") {
    from = seams::instant::max();
  } else if (const auto offset = core::toml_reading::parse_span(*words)) {
    from = read.shared().start + *offset;
  } else {
    static const auto other = std::vector<std::string>{"always", "never"};
    read.shared().complain(read.at(key),
                           in_quotes(key) + " is " + in_quotes(*words),
                           R"("always", "never" or an offset such as "30h")",
                           core::toml_reading::nearest(*words, other));
  }
}

/// The name of a user, group, ...; no two of a kind may share one.
template <class thing>
auto name_of(table_reader& read, const std::vector<thing>& others, const char* plural)
    -> std::string {
  auto name = read.text("name", need::required).value_or("");
  if (std::ranges::find(others, name, &thing::name) != others.end()) {
    read.shared().complain(read.at("name"),
                           std::string("there are two ") + plural + " named " + in_quotes(name));
  }
  return name;
}

template <class thing> auto names_of(const std::vector<thing>& things) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& one : things) {
    out.push_back(one.name);
  }
  return out;
}

/// A list of names, each of which must be known.
auto known_names(table_reader& read,
                 std::string_view key,
                 const char* what,
                 std::span<const std::string> known) -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (auto& one : read.placed_texts(key)) {
    read.shared().check_known(one, what, known);
    out.push_back(std::move(one.text));
  }
  return out;
}

/// "staff" with a count of 3: staff-1, staff-2 and staff-3.
void add_namesakes(const tenant::user& like, std::int64_t count, tenant::standing& out) {
  for (auto i = std::int64_t{1}; i <= count; ++i) {
    auto one = like;
    one.name += "-" + std::to_string(i);
    one.upn.insert(one.upn.find('@'), "-" + std::to_string(i));
    one.display_name += " " + std::to_string(i);
    one.object_id = seams::named_guid(standing_seed, "user/" + one.upn);
    out.users.push_back(std::move(one));
  }
}

void read_users(table_reader& top, tenant::standing& out) {
  for (const auto* table : top.tables("user")) {
    auto read = table_reader(top.shared(), *table, "user");
    auto who = tenant::user();
    who.name = name_of(read, out.users, "users");
    who.upn = read.text("upn").value_or(who.name + "@" + out.domain);
    if (who.upn.find('@') == std::string::npos) {
      top.shared().complain(
          read.at("upn"), "\"upn\" is " + in_quotes(who.upn), "an address with an '@'");
    }
    who.display_name = read.text("display_name").value_or(who.name);
    who.object_id = seams::named_guid(standing_seed, "user/" + who.upn);
    who.job_title = read.text("job_title").value_or("");
    who.department = read.text("department").value_or("");
    who.enabled = read.flag("enabled").value_or(true);
    who.guest = read.flag("guest").value_or(false);
    who.synced = read.flag("synced").value_or(false);
    who.from = read.moment("from").value_or(who.from);
    who.mailbox = read.flag("mailbox").value_or(true);
    who.app_access = read.flag("app_access").value_or(true);
    who.directory_roles = read.texts("directory_roles");
    who.forwarding.smtp_address = read.text("forwarding_smtp_address").value_or("");
    who.forwarding.and_deliver = read.flag("deliver_to_mailbox_and_forward").value_or(false);
    const auto count = read.whole("count", 1, users_max);
    read.finish();
    if (count) {
      add_namesakes(who, *count, out);
    } else {
      out.users.push_back(std::move(who));
    }
  }
}

void read_groups_and_devices(table_reader& top, tenant::standing& out) {
  const auto users = names_of(out.users);
  for (const auto* table : top.tables("group")) {
    auto read = table_reader(top.shared(), *table, "group");
    auto one = tenant::group();
    one.name = name_of(read, out.groups, "groups");
    one.address = read.text("address").value_or(one.name + "@" + out.domain);
    one.members = known_names(read, "members", "user", users);
    read.finish();
    out.groups.push_back(std::move(one));
  }
  for (const auto* table : top.tables("device")) {
    auto read = table_reader(top.shared(), *table, "device");
    auto one = tenant::device();
    one.name = name_of(read, out.devices, "devices");
    if (const auto owner = read.placed_text_of("owner", need::required)) {
      top.shared().check_known(*owner, "user", users);
      one.owner = owner->text;
    }
    one.managed = read.flag("managed").value_or(true);
    one.ip = read.text("ip").value_or("");
    one.compliant = read.flag("compliant");
    one.trust = read.word("trust", trust_types).value_or("");
    one.system = read.text("system").value_or(one.system);
    one.onboarded = read.flag("onboarded");
    one.offline = read.flag("offline").value_or(false);
    one.orders_end = read.word("orders_end", ends_of_orders).value_or(one.orders_end);
    read.finish();
    out.devices.push_back(std::move(one));
  }
}

/// Users by name or address.
auto users_and_addresses(const tenant::standing& state) -> std::vector<std::string> {
  auto out = names_of(state.users);
  for (const auto& who : state.users) {
    out.push_back(who.upn);
  }
  return out;
}

/// The conditions, or with `prefix` "except_" the exceptions, of a policy's rule.
auto read_scope(table_reader& read, const tenant::standing& state, const std::string& prefix)
    -> tenant::safe_links_scope {
  auto out = tenant::safe_links_scope();
  out.users = known_names(read, prefix + "users", "user", users_and_addresses(state));
  out.groups = known_names(read, prefix + "groups", "group", names_of(state.groups));
  out.domains = read.texts(prefix + "domains");
  return out;
}

auto read_preset(table_reader& read) -> tenant::safe_links_policy {
  const auto word = read.word("preset", presets);
  return !word ? tenant::safe_links_policy()
               : tenant::preset_policy(*word == "strict" ? tenant::preset::strict
                                                         : tenant::preset::standard);
}

void read_policies(table_reader& top, tenant::standing& out) {
  for (const auto* table : top.tables("safe_links_policy")) {
    auto read = table_reader(top.shared(), *table, "safe_links_policy");
    auto one = read_preset(read);
    const auto take = [&](const char* key, bool& member) {
      member = read.flag(key).value_or(member);
    };
    one.name = name_of(read, out.safe_links.policies, "policies");
    take("enable_for_email", one.enable_for_email);
    take("enable_for_teams", one.enable_for_teams);
    take("enable_for_office", one.enable_for_office);
    take("track_clicks", one.track_clicks);
    take("allow_click_through", one.allow_click_through);
    take("scan_urls", one.scan_urls);
    take("enable_for_internal_senders", one.enable_for_internal_senders);
    take("disable_url_rewrite", one.disable_url_rewrite);
    one.do_not_rewrite_urls = read.texts("do_not_rewrite_urls");
    auto rule = tenant::safe_links_rule{one.name, one.name};
    rule.priority = read.whole("priority", 0, 1000).value_or(0);
    rule.enabled = read.flag("enabled").value_or(true);
    rule.to = read_scope(read, out, "");
    rule.except = read_scope(read, out, "except_");
    const auto has_rule = read.flag("rule").value_or(true);
    read.finish();
    out.safe_links.policies.push_back(std::move(one));
    if (has_rule) {
      out.safe_links.rules.push_back(std::move(rule));
    }
  }
}

/// "contoso.us3.portal.cloudappsecurity.com"; where a cloud has no documented domain, the worldwide
/// one (learn.microsoft.com/defender-cloud-apps/network-requirements).
auto usual_cloud_apps_host(const tenant::standing& state) -> std::string {
  return state.domain.substr(0, state.domain.find('.')) +
         (state.cloud == "gcc"        ? ".us1.portal.cloudappsecuritygov.com"
          : state.cloud == "gcc_high" ? ".us1.portal.cloudappsecurity.us"
                                      : ".us3.portal.cloudappsecurity.com");
}

} // namespace

void read_tenant(table_reader& top, scenario& out) {
  auto& state = out.standing;
  state.start = top.shared().start;
  if (const auto* table = top.table("tenant")) {
    auto read = table_reader(top.shared(), *table, "tenant");
    state.domain = read.text("domain").value_or(state.domain);
    state.organisation = read.text("organisation").value_or(state.organisation);
    state.tenant_id = read.guid("id").value_or("");
    state.cloud_apps_host = read.text("cloud_apps_host").value_or("");
    state.cloud = read.word("cloud", core::cloud_names()).value_or(state.cloud);
    const auto plan = read.word("licence", licences);
    state.plan = !plan || *plan == "plan2" ? tenant::licence::plan2
                 : *plan == "plan1"        ? tenant::licence::plan1
                                           : tenant::licence::none;
    const auto entra = read.word("entra_licence", entra_licences);
    state.entra = !entra || *entra == "p2" ? tenant::entra_licence::p2
                  : *entra == "p1"         ? tenant::entra_licence::p1
                                           : tenant::entra_licence::free;
    read_roll_out(read, "teams_click_alerts_from", state.teams_click_alerts_from);
    read_roll_out(read, "message_trace_from", state.message_trace_from);
    state.reporting_service_retires =
        read.moment("reporting_service_retires").value_or(state.reporting_service_retires);
    state.audit_enabled = read.flag("audit_enabled").value_or(true);
    if (const auto from = read.moment("audit_enabled_from")) {
      state.audit_effective =
          *from + read.span("audit_effective_after").value_or(seams::duration{});
    } else if (const auto after = read.span("audit_effective_after")) {
      read.shared().complain(read.at("audit_effective_after"),
                             "\"audit_effective_after\" needs \"audit_enabled_from\"");
    }
    state.token_lifetime = read.span("token_lifetime").value_or(state.token_lifetime);
    read_delays(read, state.delays);
    read_readings(read, state.choice_of_readings);
    read_page_sizes(read, state.pages);
    read.finish();
  }
  if (state.cloud_apps_host.empty()) {
    state.cloud_apps_host = usual_cloud_apps_host(state);
  }
  if (state.tenant_id.empty()) {
    state.tenant_id = seams::named_guid(standing_seed, "tenant/" + state.domain);
  }
  read_users(top, state);
  read_groups_and_devices(top, state);
  read_policies(top, state);
}

} // namespace scenarios::model
