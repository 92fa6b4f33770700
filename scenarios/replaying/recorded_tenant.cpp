#include "scenarios/replaying/recorded_tenant.hpp"

#include "core/clouds.hpp"
#include "core/feeds/feed_table.hpp"
#include "core/seams/letters.hpp"
#include "mock_graph/login/jwt.hpp"
#include "mock_graph/server/routes.hpp"
#include "replay/text/dates.hpp"
#include "replay/text/encodings.hpp"
#include "scenarios/replaying/tape_feeds.hpp"
#include "scenarios/replaying/taped_login.hpp"

#include <algorithm>
#include <set>

namespace scenarios::replaying {
namespace {

using namespace std::chrono_literals;
namespace login = mock_graph::login;
namespace tenant = mock_graph::tenant;

constexpr auto tenant_otherwise = "3f2b9c41-7d5e-4a86-9b1c-5e0d8a7f6c21";
constexpr auto client_otherwise = "0b5e3a51-6f3e-4b6f-9a7d-2c9d6c2b8f10";
constexpr auto principal = "98a21841-796e-4968-8f8c-e0898e776d99";
constexpr auto secret_of_replays = "of~the~replay~and~of~no~use~elsewhere";
constexpr auto guid_length = std::size_t{36};
/// Polls further apart than this are polls of their own, and not steps of one.
constexpr auto step_most = std::chrono::milliseconds{20s};
constexpr auto gaps_least = std::size_t{3};
/// Two windows that end so close together were asked for by two feeds.
constexpr auto same_window = std::chrono::seconds{2};
/// Requests do not travel equally fast: what stands at the edge of a window must not fall out.
constexpr auto edge = seams::duration{1min};
constexpr auto hint_length = std::size_t{3};

auto host_of_root(const std::string& root) -> std::string {
  const auto from = root.find("://");
  return from == std::string::npos ? "" : root.substr(from + 3);
}

auto field(const std::vector<replay::request_field>& fields, std::string_view name) -> std::string {
  const auto found = std::ranges::find(fields, name, &replay::request_field::name);
  return found == fields.end() ? "" : found->value;
}

struct recorded_poll {
  std::chrono::milliseconds at{};
  std::optional<seams::instant> from; ///< where its window begins, if it names a time
};

/// One pass over the tape gathers all of this.
struct findings {
  std::map<std::string, std::size_t> hosts;
  std::string tenant;    ///< id or domain, as the login had it
  std::string tenant_id; ///< of the Management API
  std::string client_id;
  std::string secret_hint; ///< of the app's registration
  std::string cloud_apps_host;
  std::set<std::string> subscriptions;
  std::map<std::string, std::vector<recorded_poll>> polls; ///< by feed
  std::vector<seams::instant> general_windows; ///< ends of answered windows of Audit.General
  std::map<std::string, int> blobs;            ///< answered, by path and page
};

/// The first time behind `name` in a URL.
auto time_behind(const std::string& url, std::string_view name) -> std::optional<seams::instant> {
  auto plain = replay::text::percent_decoded(url);
  const auto at = plain.find(name);
  const auto from = at == std::string::npos ? at : plain.find("20", at + name.size());
  if (from == std::string::npos) {
    return std::nullopt;
  }
  auto time = plain.substr(from, plain.find_first_of("&' ", from) - from);
  return replay::text::from_rfc3339(time.ends_with('Z') ? time : time + "Z");
}

void look_at_login(const replay::request_shape& asked, findings& out) {
  if (!asked.path.empty() && out.tenant.empty() && asked.path.back() == "token") {
    out.tenant = asked.path.front();
  }
  const auto client = field(asked.body, "client_id");
  out.client_id = out.client_id.empty() ? client : out.client_id;
}

void look_at_management(const replay::exchange& one,
                        const replay::request_shape& asked,
                        findings& out) {
  if (asked.path.size() < 5 || asked.path[0] != "api" || asked.path[3] != "activity") {
    return;
  }
  out.tenant_id = asked.path[2];
  const auto answered = one.answered.status == 200;
  if (answered && asked.path.back() == "content" && content_type_of(asked) == "audit.general") {
    if (const auto end = time_behind(one.asked.url, "endTime=")) {
      out.general_windows.push_back(*end);
    }
  }
  if (answered && asked.path[asked.path.size() - 2] == "audit") {
    ++out.blobs[asked.path.back() + (asked.onward.empty() ? "" : asked.onward.front().value)];
  }
}

/// Registrations show how a secret begins, and connectors look for theirs by that.
auto hint_in(const seams::response& answer) -> std::string {
  constexpr auto name = std::string_view("\"hint\":\"");
  const auto at = answer.body.find(name);
  return at == std::string::npos ? "" : answer.body.substr(at + name.size(), hint_length);
}

auto is_registration(const replay::request_shape& asked) -> bool {
  return asked.path.size() > 1 && asked.path[1].starts_with("applications");
}

auto look_at(const replay::cassette& tape) -> findings {
  auto out = findings();
  for (const auto& one : tape.exchanges) {
    const auto asked = replay::shape_of(one.asked);
    ++out.hosts[asked.host];
    if (is_login(one.asked)) {
      look_at_login(asked, out);
      continue;
    }
    look_at_management(one, asked, out);
    if (asked.host.find("cloudappsecurity") != std::string::npos) {
      out.cloud_apps_host = asked.host;
    }
    const auto feed = std::string(feed_of(asked));
    if (!feed.empty()) {
      auto& times = out.polls[feed];
      if (is_listing(asked)) {
        times.push_back({one.at, time_behind(one.asked.url, "$filter=")});
      }
    }
    if (is_registration(asked) && out.secret_hint.empty()) {
      out.secret_hint = hint_in(one.answered);
    }
    if (feed == "azure_activity") {
      out.subscriptions.insert(subscription_of(asked));
    }
  }
  return out;
}

/// The cloud with most of the recorded hosts.
auto cloud_with(const std::map<std::string, std::size_t>& hosts) -> const core::cloud& {
  const auto* best = core::clouds().data();
  auto most = std::size_t{0};
  for (const auto& one : core::clouds()) {
    auto count = std::size_t{0};
    for (const auto& root : {one.login,
                             one.graph.root,
                             one.management.root,
                             one.exchange.root,
                             one.resource_manager.root}) {
      const auto found = hosts.find(host_of_root(root));
      count += found == hosts.end() ? 0 : found->second;
    }
    if (count > most) {
      most = count;
      best = &one;
    }
  }
  return *best;
}

/// Both audit_general and safe_links read the general audit content, each every blob once and each
/// window for itself.
auto is_read_twice(const findings& found) -> bool {
  if (!found.blobs.empty()) {
    return std::ranges::any_of(found.blobs, [](const auto& blob) { return blob.second > 1; });
  }
  const auto& ends = found.general_windows;
  return std::ranges::adjacent_find(ends, [](seams::instant one, seams::instant next) {
           return std::chrono::abs(next - one) <= same_window;
         }) != ends.end();
}

/// How far apart most polls were; nothing if there are too few to tell.
auto period_of(const std::vector<recorded_poll>& polls) -> std::optional<seams::duration> {
  auto gaps = std::map<std::chrono::seconds, std::size_t>();
  auto count = std::size_t{0};
  for (auto i = std::size_t{1}; i < polls.size(); ++i) {
    const auto gap = polls[i].at - polls[i - 1].at;
    if (gap > step_most) {
      ++gaps[std::chrono::round<std::chrono::seconds>(gap / 5) * 5];
      ++count;
    }
  }
  const auto usual = std::ranges::max_element(gaps, {}, [](const auto& one) { return one.second; });
  return count < gaps_least || usual->second * 2 < count
             ? std::nullopt
             : std::optional<seams::duration>(usual->first);
}

/// How far most polls reached back beyond the poll before.
auto overlap_of(const std::vector<recorded_poll>& polls, seams::instant base) -> seams::duration {
  auto reach = std::vector<seams::duration>();
  for (auto i = std::size_t{1}; i < polls.size(); ++i) {
    if (polls[i].from) {
      reach.push_back(base + polls[i - 1].at - *polls[i].from);
    }
  }
  std::ranges::sort(reach);
  return reach.size() < gaps_least ? seams::duration::zero() : reach[reach.size() / 2];
}

auto feeds_of(const findings& found, seams::instant base) -> std::vector<model::feed_plan> {
  auto out = std::vector<model::feed_plan>();
  const auto of_safe_links_alone = found.polls.contains("safe_links") && !is_read_twice(found);
  for (const auto& facts : core::feeds::feed_table()) {
    const auto polled = found.polls.find(std::string(facts.name));
    if (polled == found.polls.end() || (facts.name == "audit_general" && of_safe_links_alone)) {
      continue;
    }
    auto plan = model::feed_plan();
    plan.name = facts.name;
    plan.period = period_of(polled->second);
    if (facts.from == core::feeds::source::graph_collection ||
        facts.from == core::feeds::source::cloud_apps) {
      plan.overlap = std::max(facts.overlap, overlap_of(polled->second, base)) + edge;
    }
    out.push_back(std::move(plan));
  }
  return out;
}

/// Permissions from when a token carried them until one did not.
void grant_roles(const std::string& resource,
                 const std::vector<recorded_token>& tokens,
                 seams::instant base,
                 tenant::application& app) {
  auto open = std::map<std::string, std::size_t>();
  auto first = true;
  for (const auto& token : tokens) {
    const auto has = std::set<std::string>(token.roles.begin(), token.roles.end());
    std::erase_if(open, [&](const auto& one) {
      const auto ended = !has.contains(one.first);
      app.grants[one.second].until = ended ? base + token.at : app.grants[one.second].until;
      return ended;
    });
    for (const auto& role : has) {
      if (!open.contains(role)) {
        open[role] = app.grants.size();
        app.grants.push_back({resource, role, first ? seams::instant::min() : base + token.at});
      }
    }
    first = false;
  }
}

void grant_for_feeds(const std::vector<model::feed_plan>& feeds,
                     const core::cloud& cloud,
                     tenant::application& app) {
  for (const auto& plan : feeds) {
    const auto& facts = *core::feeds::find_feed(plan.name);
    for (const auto role : facts.permissions) {
      app.grants.push_back({cloud.of(facts.api).audience, std::string(role)});
    }
    for (const auto& other : facts.others) {
      for (const auto role : other.permissions) {
        app.grants.push_back({cloud.of(other.api).audience, std::string(role)});
      }
    }
  }
}

auto app_of(const std::string& client_id, const std::string& secret) -> tenant::application {
  auto out = tenant::application();
  out.client_id = client_id;
  out.display_name = "recorded";
  out.service_principal_id = principal;
  out.secrets.push_back({"replay", "1", secret});
  return out;
}

/// Where no API was ever reached, the feeds of those that tokens were asked for tell of the login.
auto feeds_of_login(const taped_login& tokens, const core::cloud& cloud)
    -> std::vector<model::feed_plan> {
  auto out = std::vector<model::feed_plan>();
  for (const auto* name : {"alerts", "audit_general", "safe_links_policies", "cloud_apps"}) {
    const auto& audience = cloud.of(core::feeds::find_feed(name)->api).audience;
    if (!audience.empty() && tokens.resources().contains(audience)) {
      out.emplace_back().name = name;
    }
  }
  return out;
}

auto text_or(std::string text, const char* otherwise) -> std::string {
  return text.empty() ? otherwise : std::move(text);
}

} // namespace

auto is_login(const seams::request& asked) -> bool {
  const auto target = mock_graph::odata::read_target(asked.url);
  const auto place = target ? mock_graph::server::place_of(*target) : std::nullopt;
  return place && place->is_login;
}

auto recorded_tenant(const replay::cassette& tape, const std::string& name) -> model::scenario {
  const auto found = look_at(tape);
  const auto& cloud = cloud_with(found.hosts);
  const auto tokens = taped_login(tape.exchanges);
  auto out = model::scenario();
  out.name = name;
  out.file = name;
  auto& state = out.standing;
  state.start = tape.head.base;
  state.cloud = cloud.name;
  const auto is_id = found.tenant.size() == guid_length;
  state.tenant_id = is_id ? found.tenant : text_or(found.tenant_id, tenant_otherwise);
  if (!is_id && found.tenant.find('.') != std::string::npos) {
    state.domain = found.tenant;
  }
  if (!found.cloud_apps_host.empty()) {
    state.cloud_apps_host = found.cloud_apps_host;
  }
  if (tokens.lifetime()) {
    state.token_lifetime = *tokens.lifetime();
  }
  out.feeds = feeds_of(found, tape.head.base);
  if (out.feeds.empty()) {
    out.feeds = feeds_of_login(tokens, cloud);
  }
  const auto secret = found.secret_hint + secret_of_replays;
  auto app = app_of(text_or(found.client_id, client_otherwise), secret);
  for (const auto& [resource, recorded] : tokens.resources()) {
    grant_roles(resource, recorded, tape.head.base, app);
  }
  if (app.grants.empty()) {
    grant_for_feeds(out.feeds, cloud, app);
  }
  out.subscriptions.assign(found.subscriptions.begin(), found.subscriptions.end());
  auto proof = model::credential();
  proof.at = state.start;
  proof.secret = secret;
  proof.cloud = cloud.name;
  proof.tenant_id = state.tenant_id;
  proof.client_id = app.client_id;
  out.credentials.push_back(std::move(proof));
  state.applications.push_back(std::move(app));
  return out;
}

} // namespace scenarios::replaying
