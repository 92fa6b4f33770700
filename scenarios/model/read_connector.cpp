#include "core/clouds.hpp"
#include "core/feeds/azure_activity_feed.hpp"
#include "core/feeds/feed_table.hpp"
#include "core/seams/choices.hpp"
#include "scenarios/model/readers.hpp"

#include <algorithm>

namespace scenarios::model {
namespace {

namespace tenant = mock_graph::tenant;

constexpr auto standing_seed = std::uint64_t{0x0ff7e4a47};

const auto api_words =
    std::vector<std::string>{"graph", "management", "exchange", "cloud_apps", "resource_manager"};

/// What a grant names the API by, as written in scenario files.
auto audience(std::string_view api) -> std::string {
  const auto found = std::ranges::find(api_words, api);
  const auto which = found == api_words.end()
                         ? core::workload::graph
                         : static_cast<core::workload>(found - api_words.begin());
  return core::find_cloud("global")->of(which).audience;
}

auto feed_names() -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto& one : core::feeds::feed_table()) {
    out.emplace_back(one.name);
  }
  return out;
}

/// Secrets look like Entra's and hold characters that a careless form encoding would spoil.
auto made_up_secret(const std::string& name) -> std::string {
  return "x8Q~" + seams::named_guid(standing_seed, "secret/" + name) + "+/=&";
}

void read_secrets(table_reader& app, tenant::application& out) {
  for (const auto* table : app.tables("secret")) {
    auto read = table_reader(app.shared(), *table, "app.secret");
    auto one = tenant::client_secret();
    one.name = read.text("name", need::required).value_or("");
    if (std::ranges::find(out.secrets, one.name, &tenant::client_secret::name) !=
        out.secrets.end()) {
      read.shared().complain(read.at("name"), "there are two secrets named " + in_quotes(one.name));
    }
    one.value = read.text("value").value_or(made_up_secret(one.name));
    one.id = seams::named_guid(standing_seed, "secret-id/" + one.name);
    one.from = read.moment("from").value_or(one.from);
    one.until = read.moment("until").value_or(one.until);
    read.check_order("from", "until");
    read.finish();
    out.secrets.push_back(std::move(one));
  }
  if (out.secrets.empty()) {
    out.secrets.push_back(
        {"main", seams::named_guid(standing_seed, "secret-id/main"), made_up_secret("main")});
  }
}

/// A certificate is valid from a day before the start for a year, unless said otherwise.
void read_certificates(table_reader& app, tenant::application& out) {
  const auto start = app.shared().start;
  for (const auto* table : app.tables("certificate")) {
    auto read = table_reader(app.shared(), *table, "app.certificate");
    auto one = tenant::key_credential();
    one.name = read.text("name", need::required).value_or("");
    if (std::ranges::find(out.certificates, one.name, &tenant::key_credential::name) !=
        out.certificates.end()) {
      read.shared().complain(read.at("name"),
                             "there are two certificates named " + in_quotes(one.name));
    }
    const auto from = read.moment("from").value_or(start - std::chrono::days{1});
    const auto until = read.moment("until").value_or(start + std::chrono::days{365});
    read.check_order("from", "until");
    one.certificate_pem = certificate_of(one.name, from, until);
    one.registered_from = read.moment("registered_from").value_or(one.registered_from);
    one.registered_until = read.moment("registered_until").value_or(one.registered_until);
    read.check_order("registered_from", "registered_until");
    if (!read.flag("registered").value_or(true)) {
      one.registered_from = seams::instant::max();
    }
    read.finish();
    out.certificates.push_back(std::move(one));
  }
}

/// The words of grants: the connector's APIs and Defender for Endpoint, where it only acts.
auto granted_resource(table_reader& read) -> std::string {
  static const auto words = [] {
    auto out = api_words;
    out.emplace_back("endpoint");
    return out;
  }();
  const auto word = read.word("api", words, need::required).value_or("");
  return word == "endpoint" ? "https://api.securitycenter.microsoft.com" : audience(word);
}

void read_grants(table_reader& app, tenant::application& out) {
  for (const auto* table : app.tables("grant")) {
    auto read = table_reader(app.shared(), *table, "app.grant");
    auto one = tenant::app_role_grant();
    one.role = read.text("role", need::required).value_or("");
    one.resource = granted_resource(read);
    one.from = read.moment("from").value_or(one.from);
    one.until = read.moment("until").value_or(one.until);
    read.check_order("from", "until");
    read.finish();
    out.grants.push_back(std::move(one));
  }
}

/// Roles of Entra that a service principal can hold for Exchange
/// (learn.microsoft.com/powershell/exchange/app-only-auth-powershell-v2), then those for acts on
/// users (learn.microsoft.com/graph/api/resources/users).
const auto directory_role_names =
    std::vector<std::string>{"Security Reader",
                             "Global Reader",
                             "Security Administrator",
                             "Exchange Administrator",
                             "Global Administrator",
                             "Compliance Administrator",
                             "Exchange Recipient Administrator",
                             "Helpdesk Administrator",
                             "Authentication Administrator",
                             "Privileged Authentication Administrator",
                             "User Administrator"};

void read_directory_roles(table_reader& app, tenant::application& out) {
  for (const auto* table : app.tables("directory_role")) {
    auto read = table_reader(app.shared(), *table, "app.directory_role");
    auto one = tenant::directory_role();
    one.name = read.word("name", directory_role_names, need::required).value_or("");
    const auto delay = read.span("effective_after").value_or(seams::duration{});
    if (const auto from = read.moment("from")) {
      one.from = *from + delay;
    }
    if (const auto until = read.moment("until")) {
      one.until = *until + delay;
    }
    read.check_order("from", "until");
    read.finish();
    out.directory_roles.push_back(std::move(one));
  }
}

const auto azure_role_names = std::vector<std::string>{
    "Reader", "Contributor", "Owner", "Monitoring Reader", "Monitoring Contributor"};

void read_azure_roles(table_reader& app, tenant::application& out) {
  for (const auto* table : app.tables("azure_role")) {
    auto read = table_reader(app.shared(), *table, "app.azure_role");
    auto one = tenant::azure_role();
    one.subscription = read.text("subscription", need::required).value_or("");
    one.role = read.word("role", azure_role_names).value_or(one.role);
    one.from = read.moment("from").value_or(one.from);
    one.until = read.moment("until").value_or(one.until);
    read.check_order("from", "until");
    read.finish();
    out.azure_roles.push_back(std::move(one));
  }
}

/// What the enabled feeds need, their other sources included.
void grant_what_is_needed(const scenario& what, tenant::application& out) {
  const auto grant = [&](core::workload api, std::span<const std::string_view> roles) {
    for (const auto role : roles) {
      out.grants.push_back({core::find_cloud("global")->of(api).audience, std::string(role)});
    }
  };
  for (const auto& plan : what.feeds) {
    if (const auto* facts = core::feeds::find_feed(plan.name)) {
      grant(facts->api, facts->permissions);
      for (const auto& other : facts->others) {
        grant(other.api, other.permissions);
      }
    }
  }
  if (out.directory_roles.empty()) {
    out.directory_roles.push_back({"Global Reader"});
  }
  if (out.azure_roles.empty()) {
    for (auto& id : core::feeds::subscription_ids(what.subscriptions)) {
      out.azure_roles.push_back({std::move(id)});
    }
  }
}

void read_app(table_reader& top, scenario& out) {
  static const auto grant_words = std::vector<std::string>{"needed", "listed"};
  auto app = tenant::application();
  auto grants = std::string("needed");
  app.display_name = "Security connector";
  app.client_id = seams::named_guid(standing_seed, "app");
  app.service_principal_id = seams::named_guid(standing_seed, "service principal");
  const auto* table = top.table("app");
  const auto nothing = node();
  auto read = table_reader(top.shared(), table == nullptr ? nothing : *table, "app");
  app.client_id = read.guid("client_id").value_or(app.client_id);
  app.display_name = read.text("display_name").value_or(app.display_name);
  app.enabled = read.flag("enabled").value_or(true);
  app.has_service_principal = read.flag("service_principal").value_or(true);
  grants = read.word("grants", grant_words).value_or(grants);
  app.disabled_from = read.moment("disabled_from").value_or(app.disabled_from);
  app.disabled_until = read.moment("disabled_until").value_or(app.disabled_until);
  read.check_order("disabled_from", "disabled_until");
  read_secrets(read, app);
  read_certificates(read, app);
  read_grants(read, app);
  read_directory_roles(read, app);
  read_azure_roles(read, app);
  read.finish();
  out.grants_needed = grants == "needed";
  if (out.grants_needed) {
    grant_what_is_needed(out, app);
  }
  out.standing.applications.push_back(std::move(app));
}

void read_feed_options(table_reader& connector, scenario& out) {
  if (const auto* table = connector.table("feed")) {
    auto feeds = table_reader(connector.shared(), *table, "connector.feed");
    for (auto& plan : out.feeds) {
      const auto* own = feeds.raw(plan.name);
      if (own == nullptr) {
        continue;
      }
      auto read = table_reader(connector.shared(), own->value, "connector.feed.NAME");
      plan.period = read.span("poll");
      plan.overlap = read.span("overlap");
      plan.first_look_back = read.span("first_look_back");
      read.finish();
    }
    feeds.finish();
  }
}

void read_feed_names(table_reader& connector, scenario& out) {
  const auto known = feed_names();
  for (const auto& name : connector.placed_texts("feeds", need::required)) {
    connector.shared().check_known(name, "feed", known);
    if (std::ranges::find(out.feeds, name.text, &feed_plan::name) != out.feeds.end()) {
      connector.shared().complain(name.at, "the feed " + in_quotes(name.text) + " stands twice");
    }
    out.feeds.push_back({name.text, {}, {}, {}});
  }
}

void read_assertion(table_reader& read, assertion_plan& out) {
  static const auto schemes = std::vector<std::string>{"PS256", "RS256"};
  out.rs256 = read.word("assertion", schemes) == "RS256";
  out.padded = read.flag("padded").value_or(false);
}

/// Gives back the secret or certificate that is configured at the start, if it is named.
auto read_plan(table_reader& top, scenario& out) -> first_proof {
  const auto* table = top.table("connector");
  if (table == nullptr) {
    if (top.raw("connector") == nullptr) {
      top.shared().complain(top.at(),
                            "the scenario has no [connector]",
                            R"([connector] with feeds = ["alerts", ...])");
    }
    return {};
  }
  auto read = table_reader(top.shared(), *table, "connector");
  read_feed_names(read, out);
  const auto period = read.span("poll");
  out.answer_limit = read.span("answer_limit");
  out.subscriptions = read.texts("subscriptions");
  auto first = first_proof{read.placed_text_of("secret"), read.placed_text_of("certificate")};
  read_assertion(read, out.assertion);
  read_feed_options(read, out);
  for (auto& plan : out.feeds) {
    plan.period = plan.period ? plan.period : period;
  }
  read.finish();
  return first;
}

} // namespace

void read_connector(table_reader& top, scenario& out) {
  const auto first = read_plan(top, out);
  read_app(top, out);
  read_credentials(top, first, out);
  read_clock_skews(top, out);
}

} // namespace scenarios::model
