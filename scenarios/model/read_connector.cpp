#include "core/feeds/feed_table.hpp"
#include "core/seams/choices.hpp"
#include "scenarios/model/readers.hpp"
#include "scenarios/model/spell.hpp"

#include <algorithm>

namespace scenarios::model {
namespace {

namespace tenant = mock_graph::tenant;

constexpr auto standing_seed = std::uint64_t{0x0ff7e4a47};

auto audience(std::string_view api) -> std::string {
  return api == "management" ? "https://manage.office.com" : "https://graph.microsoft.com";
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
    one.value = read.text("value").value_or(made_up_secret(one.name));
    one.id = seams::named_guid(standing_seed, "secret-id/" + one.name);
    one.from = read.moment("from").value_or(one.from);
    one.until = read.moment("until").value_or(one.until);
    read.finish();
    out.secrets.push_back(std::move(one));
  }
  if (out.secrets.empty()) {
    out.secrets.push_back(
        {"main", seams::named_guid(standing_seed, "secret-id/main"), made_up_secret("main")});
  }
}

void read_grants(table_reader& app, tenant::application& out) {
  static const auto apis = std::vector<std::string>{"graph", "management"};
  for (const auto* table : app.tables("grant")) {
    auto read = table_reader(app.shared(), *table, "app.grant");
    auto one = tenant::app_role_grant();
    one.role = read.text("role", need::required).value_or("");
    one.resource = audience(read.word("api", apis, need::required).value_or(""));
    one.from = read.moment("from").value_or(one.from);
    one.until = read.moment("until").value_or(one.until);
    read.finish();
    out.grants.push_back(std::move(one));
  }
}

void read_app(table_reader& top, scenario& out) {
  static const auto grant_words = std::vector<std::string>{"needed", "listed"};
  auto app = tenant::application();
  auto grants = std::string("needed");
  app.display_name = "Security connector";
  app.client_id = seams::named_guid(standing_seed, "app");
  app.service_principal_id = seams::named_guid(standing_seed, "service principal");
  const auto tables = top.tables("app");
  const auto nothing = node();
  auto read = table_reader(top.shared(), tables.empty() ? nothing : *tables.front(), "app");
  app.client_id = read.text("client_id").value_or(app.client_id);
  app.display_name = read.text("display_name").value_or(app.display_name);
  app.enabled = read.flag("enabled").value_or(true);
  app.has_service_principal = read.flag("service_principal").value_or(true);
  grants = read.word("grants", grant_words).value_or(grants);
  read_secrets(read, app);
  read_grants(read, app);
  read.finish();
  if (grants == "needed") {
    for (const auto& plan : out.feeds) {
      if (const auto* facts = core::feeds::find_feed(plan.name)) {
        app.grants.push_back({audience(facts->api), std::string(facts->permission)});
      }
    }
  }
  out.standing.applications.push_back(std::move(app));
}

void read_feed_options(table_reader& connector, scenario& out) {
  for (const auto* table : connector.tables("feed")) {
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

auto read_plan(table_reader& top, scenario& out) -> std::string {
  const auto tables = top.tables("connector");
  if (tables.empty()) {
    top.shared().complain(
        top.at(), "the scenario has no [connector]", R"(feeds = ["alerts", ...])");
    return {};
  }
  auto read = table_reader(top.shared(), *tables.front(), "connector");
  const auto known = feed_names();
  for (const auto& name : read.texts("feeds", need::required)) {
    if (std::ranges::find(known, name) == known.end()) {
      top.shared().complain(read.at("feeds"),
                            "unknown feed " + in_quotes(name),
                            "a feed such as alerts, incidents, safe_links, audit_general",
                            nearest(name, known));
    }
    out.feeds.push_back({name, {}, {}, {}});
  }
  const auto period = read.span("poll");
  out.answer_limit = read.span("answer_limit");
  auto secret = read.text("secret").value_or("");
  for (auto& plan : out.feeds) {
    plan.period = period;
  }
  auto options = std::vector<feed_plan>();
  read_feed_options(read, out);
  for (auto& plan : out.feeds) {
    plan.period = plan.period ? plan.period : period;
  }
  read.finish();
  return secret;
}

/// What a person pasted, by mistake or not.
auto pasted(table_reader& read, const tenant::application& app) -> std::optional<std::string> {
  const auto of = [&](const char* key) -> const tenant::client_secret* {
    const auto name = read.text(key);
    if (!name) {
      return nullptr;
    }
    const auto found = std::ranges::find(app.secrets, *name, &tenant::client_secret::name);
    if (found == app.secrets.end()) {
      read.shared().complain(read.at(key),
                             "there is no secret named " + in_quotes(*name),
                             "the name of an [[app.secret]]");
      return nullptr;
    }
    return &*found;
  };
  if (const auto* whole = of("secret")) {
    return whole->value;
  }
  if (const auto* id = of("secret_id_of")) {
    return id->id;
  }
  if (const auto* spaced = of("with_spaces")) {
    return " " + spaced->value + " ";
  }
  return read.text("text");
}

void read_credentials(table_reader& top, const std::string& first, scenario& out) {
  const auto& app = out.standing.applications.front();
  auto initial = app.secrets.front().value;
  const auto named = std::ranges::find(app.secrets, first, &tenant::client_secret::name);
  if (named != app.secrets.end()) {
    initial = named->value;
  } else if (!first.empty()) {
    top.shared().complain(top.at(), "[connector] names no known secret: " + in_quotes(first));
  }
  out.credentials.push_back({seams::instant::min(), initial});
  for (const auto* table : top.tables("credential")) {
    auto read = table_reader(top.shared(), *table, "credential");
    const auto at = read.moment("at", need::required);
    const auto secret = pasted(read, app);
    // Each key is known, whichever is used.
    for (const auto* key : {"secret", "secret_id_of", "with_spaces", "text"}) {
      (void)read.raw(key);
    }
    if (!secret) {
      top.shared().complain(
          read.at(), "[[credential]] says no secret", "secret, secret_id_of, with_spaces or text");
    }
    read.finish();
    out.credentials.push_back({at.value_or(top.shared().start), secret.value_or("")});
  }
  std::ranges::stable_sort(out.credentials, {}, &credential::at);
}

} // namespace

void read_connector(table_reader& top, scenario& out) {
  const auto secret = read_plan(top, out);
  read_app(top, out);
  read_credentials(top, secret, out);
}

} // namespace scenarios::model
